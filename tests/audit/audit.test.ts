/** What is made of the auditor's findings; `npm run audit:cloud` itself takes an environment of 2.3 GB and deploys two stacks. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import { explanations, explains, type Explanation } from "../../audit/explanations";
import { securityPage, securitySections } from "../../audit/page";
import { findingsOf, refusedIn, type Finding } from "../../audit/prowler";
import { faultsOf, judge, openFindings, summary } from "../../audit/report";
import { withSections } from "../../tools/docs/sections";

const finding = (check: string, status: Finding["status"], name = "lakeworks-prod-gold-1"): Finding => ({
    check,
    severity: "high",
    resource: `arn:aws:s3:::${name}`,
    name,
    status,
    detail: "",
});
const lock: Explanation = { check: "object_(lock|hold)", resources: ["^lakeworks-"], reason: "it has to expire" };

describe("the audit of the cloud", () => {
    it("reads findings from Prowler's events", () => {
        const event = {
            metadata: { event_code: "s3_bucket_object_lock" },
            severity: "High",
            status_code: "FAIL",
            status_detail: "no lock",
            resources: [{ uid: "arn:aws:s3:::lakeworks-prod-gold-1", name: "lakeworks-prod-gold-1" }],
        };
        assert.deepEqual(findingsOf(JSON.stringify([event])), [
            { ...finding("s3_bucket_object_lock", "FAIL"), detail: "no lock" },
        ]);
    });

    it("explains failed checks alone, by check and by name", () => {
        const judged = judge(
            [
                finding("s3_bucket_object_lock", "FAIL"),
                finding("s3_bucket_object_lock", "PASS"),
                finding("s3_bucket_object_lock", "FAIL", "another-lakeworks-bucket"),
                finding("s3_bucket_public_access", "FAIL"),
            ],
            [lock],
        );
        assert.deepEqual(
            judged.map(({ status }) => status),
            ["EXPLAINED", "PASS", "FAIL", "FAIL"],
        );
        assert.match(summary("prod", judged), /^prod: 2 checks, 4 findings: 1 passed, 1 explained, 2 failed, 0 to be/);
        assert.match(openFindings(judged), /FAIL[^]*EXPLAINED/);
    });

    it("fails for what is not explained, for what is explained in vain, and where nothing was seen", () => {
        const good = judge([finding("s3_bucket_object_lock", "FAIL"), finding("other", "PASS")], [lock]);
        assert.deepEqual(faultsOf(new Map([["prod", good]]), [lock]), []);
        const bad = judge([finding("other", "FAIL")], [lock]);
        assert.deepEqual(
            faultsOf(new Map([["prod", bad]]), [lock]).map((fault) => fault.split(/[:,]/)[0]),
            ["prod", "audit/explanations.yaml explains object_(lock|hold)", "prod"],
        );
    });

    it("tells which operations were refused, each once", () => {
        const line = (operation: string, why: string) =>
            `{"message": "us-east-1 -- ClientError[1]: An error occurred (X) when calling the ${operation} operation: ${why}"}`;
        const log = [line("GetB", "not done"), line("GetA", ""), line("GetB", "not done"), "else"].join("\n");
        assert.deepEqual(refusedIn(log), ["GetA", "GetB: not done"]);
    });

    it("shows the explanations in docs/security.md: else run `npm run docs`", async () => {
        const page = fs.readFileSync(securityPage, "utf8");
        assert.equal(await withSections(securityPage, securitySections()), page);
    });

    it("takes explanations that give a reason and name their resources", () => {
        const all = explanations();
        assert.ok(all.length > 0);
        for (const { check, resources, reason } of all) {
            assert.doesNotThrow(() =>
                [check, ...resources.filter((each) => each !== "*")].map((each) => new RegExp(each)),
            );
            assert.ok(reason.length > 40, `${check}: ${reason}`);
            // What concerns the lake's own resources is never explained for whatever there is.
            const ofLake = /^(s3|glue|kms_cmk|sns|sqs|cloudwatch_alarm|iam_(role|inline))_/.test(check);
            assert.ok(!ofLake || resources.every((each) => each.includes("lakeworks-")), check);
            assert.ok(!explains({ check, resources, reason }, { check: "s3_bucket_public_access", name: "x" }), check);
        }
    });
});
