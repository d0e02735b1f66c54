// The whole storage descriptor comes from an apply.
import * as pulumi from "@pulumi/pulumi";
import { columns, json, location, parquet, table } from "../../kit";

const format = pulumi.output("json");
table("formats-by-apply", {
    storageDescriptor: format.apply((name) => ({ ...(name === "json" ? json : parquet), columns, location })),
});
