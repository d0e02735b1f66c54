import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { readSettings } from "../../stacks/settings";
import { configOf, declaredDefaults } from "./config";

function settingsOf(stack: string, config: Record<string, string>) {
    pulumi.runtime.setAllConfig(config);
    return readSettings(stack);
}

describe("settings", () => {
    it("have the defaults that Pulumi.yaml declares", () => {
        const declared = declaredDefaults();
        assert.deepEqual(settingsOf("dev", declared), settingsOf("dev", {}));
        const read = Object.keys(settingsOf("dev", {})).filter((key) => key !== "stack");
        assert.deepEqual(Object.keys(declared).sort(), read.map((key) => `lakeworks:${key}`).sort());
    });

    it("come from the stack's file", () => {
        const prod = settingsOf("prod", configOf("prod"));
        assert.equal(prod.environment, "prod");
        assert.equal(prod.encryption, "SSE_KMS");
        assert.equal(prod.etlSchedule, "cron(0 2 * * ? *)");
        assert.equal(prod.numberOfWorkers, 10);
        assert.equal(settingsOf("dev", configOf("dev")).forceDestroy, true);
    });

    it("let a stack of any name be like an environment", () => {
        assert.equal(settingsOf("alice", { "lakeworks:environment": "dev" }).environment, "dev");
        assert.throws(
            () => settingsOf("alice", {}),
            /Stack "alice" is none of local, dev, prod.*lakeworks:environment dev/s,
        );
    });

    it("refuse what would have no effect", () => {
        const idle = {
            "lakeworks:alarmEmails": '["team@example.com"]',
            "lakeworks:monthlyBudgetUsd": "100",
            "lakeworks:lakeReaders": '["arn:aws:iam::123456789012:role/analyst"]',
            "lakeworks:kmsKeyArn": "arn:aws:kms:eu-central-1:123456789012:key/1",
            "lakeworks:network": "existing",
        };
        const faults = [
            /alarmEmails has no effect/,
            /monthlyBudgetUsd has/,
            /lakeReaders has/,
            /kmsKeyArn is/,
            /vpcId is missing/,
        ];
        for (const fault of faults) {
            assert.throws(() => settingsOf("dev", idle), fault);
        }
        const useful = { ...idle, "lakeworks:monitoring": "true", "lakeworks:lakeFormation": "true" };
        assert.throws(
            () => settingsOf("dev", useful),
            (error: Error) => !/has no effect/.test(error.message),
        );
    });

    it("report every fault at once", () => {
        const wrong = {
            "lakeworks:environment": "test",
            "lakeworks:encryption": "KMS",
            "lakeworks:forceDestroy": "yes",
            "lakeworks:numberOfWorkers": "many",
            "lakeworks:timeoutMinutes": "1.5",
        };
        assert.throws(
            () => settingsOf("Dev_Stack", wrong),
            (error: Error) => {
                assert.ok(pulumi.RunError.isInstance(error));
                const faults = error.message.split("\n").slice(1);
                assert.equal(faults.length, 6);
                for (const named of [...Object.keys(wrong), "Dev_Stack"]) {
                    assert.equal(faults.filter((fault) => fault.includes(named)).length, 1, named);
                }
                return true;
            },
        );
    });
});
