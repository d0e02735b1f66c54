import assert from "node:assert/strict";
import { CommandError } from "@pulumi/pulumi/automation";
import { EngineFollower } from "../../automation/engineEvents";
import { StepFailure } from "../../automation/errors";
import { follow, succeeded, type Operation } from "../../automation/operation";
import { parquet, violation } from "./review/support";

const silent = new AbortController().signal;
const operation: Operation = {
    name: "up",
    target: { stack: "prod", pulumiEnv: {}, warm: async () => {} },
    cancellation: { signal: silent, forwarded: silent },
    stage: { update: () => {} },
    dropStaleLock: async () => false,
};

/** The Automation API has no public way to make one. */
function commandError(message: string): CommandError {
    return Object.assign(Object.create(CommandError.prototype) as CommandError, { message });
}

function failed(...events: Parameters<EngineFollower["onEvent"]>[0][]): string {
    const follower = new EngineFollower();
    for (const event of events) follower.onEvent(event);
    try {
        succeeded(operation, { follower, failure: commandError("code: 1\nerror: update failed") });
    } catch (error) {
        assert.ok(error instanceof StepFailure);
        return error.describe();
    }
    return assert.fail("succeeded");
}

function diagnostic(message: string) {
    return { sequence: 0, timestamp: 0, diagnosticEvent: { message, severity: "error" as const, color: "never" } };
}

describe("an operation of the engine", () => {
    it("fails with every mandatory violation and every error", () => {
        const text = failed(
            violation(parquet, "Table sales is CSV."),
            violation(parquet, "Perhaps.", undefined, "advisory"),
            diagnostic("access denied"),
            diagnostic("update failed"),
        );
        assert.match(text, /pulumi up of the stack prod is stopped by policy:\n {2}Mandatory policy parquet-output/);
        assert.match(text, /pulumi up of the stack prod failed:\n {2}access denied$/);
        assert.doesNotMatch(text, /Perhaps/);
    });

    it("fails with the CLI's own word where the engine told nothing", () => {
        assert.equal(failed(), "pulumi up of the stack prod failed.\n  reason: update failed");
    });

    it("hands over Pulumi's failure with what it told, and nothing else's", async () => {
        const error = commandError("error: denied");
        const followed = await follow(operation, async ({ onEvent }) => {
            onEvent(diagnostic("denied"));
            throw error;
        });
        assert.deepEqual([followed.failure, followed.follower.errors], [error, ["denied"]]);
        await assert.rejects(
            follow(operation, async () => assert.fail("a fault of ours")),
            /a fault of ours/,
        );
    });
});
