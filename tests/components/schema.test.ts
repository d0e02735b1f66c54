/** Other languages use the components through the schema that Pulumi infers from their types. */
import assert from "node:assert/strict";
import * as path from "node:path";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import * as components from "../../components";
import { ComponentResource } from "@pulumi/pulumi";

describe("the component schema", () => {
    it("can be inferred for every component, with every argument described", function () {
        // The analyzer type-checks the components with all of @pulumi/aws.
        this.timeout(180_000);
        const names = Object.entries(components)
            .filter(([, exported]) => typeof exported === "function" && exported.prototype instanceof ComponentResource)
            .map(([name]) => name);
        assert.equal(names.length, 13);
        const folder = path.resolve(__dirname, "../../components");
        const schema = new Analyzer(folder, "lakeworks", { name: "lakeworks" }, new Set(names)).analyze();
        assert.deepEqual(Object.keys(schema.components).sort(), names.sort());
        for (const [name, { inputs, outputs }] of Object.entries(schema.components)) {
            for (const [property, { description }] of Object.entries({ ...inputs, ...outputs })) {
                assert.ok((description ?? "").length > 0, `${name}.${property} has no description`);
            }
        }
    });
});
