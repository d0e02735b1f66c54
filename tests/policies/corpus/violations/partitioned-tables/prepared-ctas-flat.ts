// A prepared statement that creates a table without partitions.
import * as aws from "@pulumi/aws";

new aws.athena.PreparedStatement("prepared-ctas-flat", {
    name: "summary",
    workgroup: "analysts",
    queryStatement: "CREATE TABLE summary AS SELECT * FROM sales WHERE year = ?",
});
