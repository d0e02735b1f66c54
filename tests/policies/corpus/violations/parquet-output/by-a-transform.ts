// A transform of the whole stack makes it text.
import * as pulumi from "@pulumi/pulumi";
import { columns, csv, location, table } from "../../kit";

pulumi.runtime.registerResourceTransform(({ props, opts }) =>
    props["storageDescriptor"]
        ? { props: { ...props, storageDescriptor: { ...csv, columns, location } }, opts }
        : undefined,
);
table("by-a-transform");
