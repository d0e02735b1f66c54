// Inside somebody's component.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { columns, csv, keys, location } from "../../kit";

class Mart extends pulumi.ComponentResource {
    constructor(name: string) {
        super("acme:index:Mart", name);
        new aws.glue.CatalogTable(
            `${name}-table`,
            {
                name: "sales",
                databaseName: "mart",
                parameters: { classification: "avro" },
                storageDescriptor: { ...csv, columns, location },
                partitionKeys: keys,
            },
            { parent: this },
        );
        this.registerOutputs();
    }
}
new Mart("in-a-component");
