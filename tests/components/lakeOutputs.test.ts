/** What a stack that relies on a lake gets from it, and what it is told when it gets nothing. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { lakeOutputsOf, outputsVersion } from "../../components";

/** Reads the outputs of a stack that has these. */
async function read(outputs: Record<string, unknown>): Promise<unknown> {
    await pulumi.runtime.setMocks({
        call: ({ inputs }) => inputs,
        newResource: ({ name, inputs }) => ({ id: name, state: { ...inputs, outputs } }),
    });
    const reference = new pulumi.StackReference("organization/lakeworks/prod");
    const lake = lakeOutputsOf(reference) as unknown as { promise(): Promise<unknown> };
    return lake.promise();
}

const lake = { version: outputsVersion, region: "eu-central-1", buckets: { gold: "gold" }, datasets: {} };

describe("the outputs of a lake", () => {
    it("are handed over as they are", async () => assert.deepEqual(await read({ lake }), lake));

    it("say to deploy the lake where there is none", async () => {
        await assert.rejects(read({}), (error: unknown) => {
            assert.ok(pulumi.RunError.isInstance(error));
            assert.match(error.message, /stack organization\/lakeworks\/prod has no output "lake": .*deploy it/);
            return true;
        });
    });

    it("say which side to bring up to date where the versions differ", async () => {
        const older = { ...lake, version: outputsVersion - 1 };
        await assert.rejects(
            read({ lake: older }),
            /an older Lakeworks.* version 0, .* version 1\. .*deploy the lake anew/,
        );
        const newer = { ...lake, version: outputsVersion + 1 };
        await assert.rejects(read({ lake: newer }), /a newer Lakeworks.*update the lakeworks package/);
        await assert.rejects(read({ lake: {} }), /version none/);
    });
});
