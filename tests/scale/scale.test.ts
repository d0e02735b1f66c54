/** What docs/scale.md calculates: from the program's own numbers, and shown as they are. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import { scalePage, scaleSections } from "../../bench/scale/page";
import { byFirstMet, datasetsWithin, quotas } from "../../bench/scale/quotas";
import { alarmsPerDataset, rolesPerDataset } from "../../bench/scale/shape";
import { day, listCalls, partitions } from "../../bench/scale/volume";
import { withSections } from "../../tools/docs/sections";
import type { Built } from "../components/mocks";
import { atEndpoint, runProgram } from "../stacks/program";

describe("the lake at scale", function () {
    this.timeout(60_000);
    let prod: Built<unknown>;
    before(async () => {
        prod = await atEndpoint("http://127.0.0.1:1", () => runProgram("prod"));
    });

    /** Resources of a type that prod has for one dataset. */
    const ofSales = (type: string) =>
        prod.resources.filter((resource) => resource.type === type && /-sales-/.test(`${resource.name}-`)).length;

    it("takes of each quota what the program makes for a dataset", () => {
        assert.equal(ofSales("aws:iam/role:Role"), rolesPerDataset);
        assert.equal(ofSales("aws:cloudwatch/metricAlarm:MetricAlarm"), alarmsPerDataset);
        assert.equal(ofSales("aws:glue/crawler:Crawler"), 2);
        for (const type of [
            "aws:glue/securityConfiguration:SecurityConfiguration",
            "aws:glue/job:Job",
            "aws:athena/workgroup:Workgroup",
            "aws:glue/catalogDatabase:CatalogDatabase",
        ]) {
            assert.equal(ofSales(type), 1, type);
        }
        const values = prod.resources.find(({ name }) => name === "lakeworks-prod-permissions-tag-dataset")!.inputs;
        assert.deepEqual(values.values, ["clickstream", "sales"]);
        // One rule of each kind for up to seven pipelines.
        const rules = prod.resources.filter(({ type }) => type === "aws:cloudwatch/eventRule:EventRule").length;
        const ofRules = quotas.find(({ what }) => what.startsWith("rules"))!;
        assert.equal(rules, Math.ceil(ofRules.perDataset * 7));
    });

    it("has room in the policy of the largest role for longer names and more gold tables", async () => {
        // In its VPC, as on AWS.
        const { resources } = await atEndpoint(undefined, () => runProgram("prod"));
        const policies = resources.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
        const longest = Math.max(...policies.map(({ inputs }) => (inputs.policy as string).length));
        const [, told = ""] = /takes about ([\d,]+)\./.exec(fs.readFileSync(scalePage, "utf8")) ?? [];
        assert.ok(
            Math.abs(Number(told.replaceAll(",", "")) - longest) < 300,
            `docs/scale.md tells ${told}: ${longest}`,
        );
        // Nine tenths of what IAM takes.
        assert.ok(longest < 9216, String(longest));
    });

    it("meets the dashboard first, then security configurations, roles and crawlers", () => {
        assert.deepEqual(
            byFirstMet()
                .slice(0, 4)
                .map((quota) => datasetsWithin(quota)),
            [120, 250, 333, 500],
        );
    });

    it("needs in a day what the measured rates say", () => {
        const ten = day(10e12, 128, 4);
        assert.equal(ten.objects, 74_506);
        assert.equal(ten.dpus, 6);
        assert.ok(ten.dpuHours > 23 && ten.dpuHours < 23.5);
        assert.ok(Math.abs(ten.silverBytes - 365e9) < 1e9);
        assert.equal(day(10e12, 1024, 4).objects, 9314);
        assert.equal(listCalls(ten.objects, 365), 27_195);
    });

    it("tells which tables one query may read whole", () => {
        assert.deepEqual(
            [1e6, 1e6 + 1, 1e7].map((count) => partitions(count).scannable),
            [true, false, false],
        );
        assert.deepEqual(partitions(1e7), { createCalls: 100_000, pages: 10_000, catalogCost: 90, scannable: false });
    });

    it("is in docs/scale.md as it is here: else run `npm run docs`", async () => {
        assert.equal(await withSections(scalePage, scaleSections()), fs.readFileSync(scalePage, "utf8"));
    });
});
