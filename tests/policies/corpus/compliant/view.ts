// A view stores nothing.
import * as aws from "@pulumi/aws";
import { columns } from "../kit";

new aws.glue.CatalogTable("daily", {
    name: "daily",
    databaseName: "lake",
    tableType: "VIRTUAL_VIEW",
    parameters: { presto_view: "true", comment: "Presto View" },
    viewOriginalText: "/* Presto View: e30= */",
    viewExpandedText: "/* Presto View */",
    storageDescriptor: { columns },
});
