import { deepEqual, equal } from "node:assert/strict";
import { queryCutoff } from "../../../policies/cost/query-cutoff";
import { clean, excepted, judge, type Subject, unknownString, violation } from "../harness";
import { workgroup } from "./fixtures";

const judged = (subject: Subject, config?: object) => judge(queryCutoff, subject, config);
const cutoff = (bytesScannedCutoffPerQuery: unknown) => workgroup({ bytesScannedCutoffPerQuery });

describe("policy query-cutoff", () => {
    it("passes a limit up to 1 TiB", async () => {
        equal(queryCutoff.enforcementLevel, "mandatory");
        deepEqual(await judged(cutoff(10 * 1024 ** 3)), clean);
        deepEqual(await judged(cutoff(1024 ** 4)), clean);
    });

    it("refuses no limit, which is Athena's default", async () => {
        const refused = violation(
            'Workgroup "sales-queries" has no limit on the bytes that a query scans, which are what Athena charges for: ' +
                "one query without a filter may read the whole lake. Set configuration.bytesScannedCutoffPerQuery to " +
                "1099511627776 or less.",
        );
        deepEqual(await judged(workgroup()), refused);
        deepEqual(await judged(workgroup({})), refused);
        deepEqual(await judged(cutoff(0)), refused);
    });

    it("refuses a limit above the configured one", async () => {
        deepEqual(
            await judged(cutoff(1.5 * 1024 ** 4)),
            violation(
                'Workgroup "sales-queries" lets a query scan 1.5 TiB, more than 1 TiB. Set ' +
                    "configuration.bytesScannedCutoffPerQuery to 1099511627776 or less.",
            ),
        );
        const config = { maxBytes: 1024 ** 3 };
        equal((await judged(cutoff(1024 ** 3), config)).violations.length, 0);
        equal((await judged(cutoff(1024 ** 3 + 1), config)).violations.length, 1);
    });

    it("does not apply to Spark, an exception, and other resources", async () => {
        equal(
            (await judged(workgroup({ engineVersion: { selectedEngineVersion: "PySpark engine version 3" } })))
                .notApplicable,
            '"sales-queries" runs Spark, which is paid for by the DPU-hour and scans no bytes',
        );
        equal(
            (await judged(workgroup(), excepted("sales-queries", "a backfill"))).notApplicable,
            '"sales-queries" is an exception until 9999-12-31: a backfill',
        );
        equal(
            (await judged({ type: "aws:glue/job:Job", props: {} })).notApplicable,
            "the rule is for athena.Workgroup",
        );
    });

    it("waits for a limit that is not known yet", async () => {
        const { notKnownYet } = await judged(cutoff(unknownString));
        equal(notKnownYet?.includes("bytesScannedCutoffPerQuery can't be known"), true);
    });
});
