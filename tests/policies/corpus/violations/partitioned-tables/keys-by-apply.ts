// A list of keys that an apply empties.
import * as pulumi from "@pulumi/pulumi";
import { keys, table } from "../../kit";

table("keys-by-apply", {
    partitionKeys: pulumi.output(keys).apply((all) => all.filter(({ name }) => name === "region")),
});
