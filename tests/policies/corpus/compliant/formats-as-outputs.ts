// Formats and keys as outputs whose values are known.
import * as pulumi from "@pulumi/pulumi";
import { columns, keys, location, parquet, table } from "../kit";

table("sales", {
    storageDescriptor: pulumi.output(Promise.resolve({ ...parquet, columns, location })),
    partitionKeys: pulumi.output(keys).apply((all) => all.slice(0, 1)),
});
