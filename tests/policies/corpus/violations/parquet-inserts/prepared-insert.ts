// A prepared statement that does, with the database's name in quotes.
import * as aws from "@pulumi/aws";
import { columns, csv, table } from "../../kit";

table("raw", {
    name: "raw_sales",
    parameters: { classification: "csv", "lakeworks:zone": "bronze" },
    storageDescriptor: { ...csv, columns, location: "s3://lake-bronze/sales/" },
});
new aws.athena.PreparedStatement("add", {
    name: "add_sales",
    workgroup: "analysts",
    queryStatement: 'INSERT INTO "lake"."raw_sales" SELECT * FROM sales WHERE year = ?',
});
