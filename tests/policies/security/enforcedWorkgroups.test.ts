import { deepEqual, equal } from "node:assert/strict";
import { enforcedWorkgroups } from "../../../policies/security/enforced-workgroups";
import { clean, excepted, judge, type Subject, unknownObject, unknownString, violation } from "../harness";
import { workgroup } from "./fixtures";

const judged = (subject: Subject, config?: object) => judge(enforcedWorkgroups, subject, config);

describe("policy enforced-workgroups", () => {
    it("passes one that enforces, be it by default, and one with managed results", async () => {
        equal(enforcedWorkgroups.enforcementLevel, "mandatory");
        equal(enforcedWorkgroups.framework?.reference, "Athena.4");
        deepEqual(await judged(workgroup()), clean);
        const byDefault = { enforceWorkgroupConfiguration: undefined, publishCloudwatchMetricsEnabled: undefined };
        deepEqual(await judged(workgroup(byDefault)), clean);
        const managed = { managedQueryResultsConfiguration: { enabled: true }, resultConfiguration: undefined };
        deepEqual(await judged(workgroup(managed)), clean);
    });

    it("refuses one that lets clients choose, or is not measured", async () => {
        deepEqual(
            await judged(workgroup({ enforceWorkgroupConfiguration: false, publishCloudwatchMetricsEnabled: false })),
            {
                violations: [
                    'Workgroup "sales-queries" lets each client choose where results go and how they are encrypted. ' +
                        "Set configuration.enforceWorkgroupConfiguration to true.",
                    'Workgroup "sales-queries" publishes no metrics, so that nobody sees what its queries scan. ' +
                        "Set configuration.publishCloudwatchMetricsEnabled to true.",
                ],
                advice: [],
            },
        );
    });

    it("refuses one without a place for results", async () => {
        const message = violation(
            'Workgroup "sales-queries" has no place for results, so that each client brings its own or its queries fail. ' +
                'Set configuration.resultConfiguration.outputLocation to "s3://<bucket>/<folder>/", or ' +
                "configuration.managedQueryResultsConfiguration.enabled to true.",
        );
        deepEqual(await judged(workgroup({ resultConfiguration: {} })), message);
        deepEqual(await judged({ ...workgroup(), props: { name: "sales-queries" } }), message);
    });

    it("leaves an exception and other resources alone", async () => {
        const lax = workgroup({ enforceWorkgroupConfiguration: false });
        equal(
            (await judged(lax, excepted("sales-queries", "a test"))).notApplicable,
            '"sales-queries" is an exception until 9999-12-31: a test',
        );
        const { notApplicable } = await judged({ type: "aws:glue/job:Job", props: {} });
        equal(notApplicable, "the rule is for athena.Workgroup");
    });

    it("takes a location that is not known yet for one, and waits for the rest", async () => {
        deepEqual(await judged(workgroup({ resultConfiguration: { outputLocation: unknownString } })), clean);
        const { notKnownYet } = await judged({ ...workgroup(), props: { configuration: unknownObject } });
        equal(notKnownYet, "Object value at .configuration can't be known during preview");
    });
});
