// The formats come as outputs whose values are known.
import * as pulumi from "@pulumi/pulumi";
import { columns, json, location, table } from "../../kit";

table("formats-as-outputs", {
    storageDescriptor: {
        inputFormat: pulumi.output(json.inputFormat),
        outputFormat: pulumi.output(Promise.resolve(json.outputFormat)),
        serDeInfo: pulumi.output(json.serDeInfo),
        columns,
        location,
    },
});
