// A link to another account's table.
import * as aws from "@pulumi/aws";

new aws.glue.CatalogTable("shared", {
    name: "shared",
    databaseName: "lake",
    targetTable: { catalogId: "123456789012", databaseName: "partner", name: "sales" },
});
