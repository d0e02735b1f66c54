import assert from "node:assert/strict";
import { estimate } from "../../../automation/cost/estimate";
import prices from "../../../automation/cost/prices.json";
import { job, resource, unknown, volumes } from "./resources";

describe("an estimate", () => {
    it("lists what has no price, by type and reason, and never as nothing", () => {
        const { lines, notPriced, monthlyUsd } = estimate(
            [
                resource("aws:lambda/function:Function", "one"),
                resource("aws:lambda/function:Function", "two"),
                resource("snowflake:index/warehouse:Warehouse", "three"),
                job({ workerType: "R.1X" }),
                { ...job({ numberOfWorkers: unknown }), urn: "other" },
            ],
            volumes(),
        );
        assert.deepEqual([lines, monthlyUsd], [[], 0]);
        assert.deepEqual(notPriced, [
            { type: "aws:lambda/function:Function", count: 2, why: "no price of this type" },
            { type: "snowflake:index/warehouse:Warehouse", count: 1, why: "no price of this type" },
            { type: "aws:glue/job:Job", count: 1, why: "no price by workerType R.1X and numberOfWorkers 2" },
            { type: "aws:glue/job:Job", count: 1, why: "no price by workerType G.1X and numberOfWorkers not known" },
        ]);
    });

    it("leaves out components, providers and what is free", () => {
        const component = resource("acme:index:Thing", "thing");
        const { lines, notPriced } = estimate(
            [
                component,
                { ...resource("aws:iam/role:Role", "role"), parent: component.urn },
                resource("pulumi:providers:aws", "default"),
                resource("lakeworks:index:LakeTable", "table"),
            ],
            volumes(),
        );
        assert.deepEqual([lines, notPriced], [[], []]);
    });

    it("takes a secret for a value that is not known", () => {
        const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:…" };
        const { lines, notPriced } = estimate([job({ numberOfWorkers: secret })], volumes());
        assert.deepEqual([lines.length, notPriced.length], [0, 1]);
        const { what } = estimate([job({ executionClass: secret, tags: secret, timeout: secret })], volumes())
            .lines[0]!;
        assert.match(what, /^2 × G\.1X workers/);
    });

    it("finds a job's dataset by its tag or its pipeline", () => {
        const stated = { ...volumes(), datasets: { sales: { ...volumes().everyDataset, minutesPerRun: 42 } } };
        const pipeline = resource("lakeworks:index:DataPipeline", "pipeline", { dataset: "sales" });
        const part = { ...resource("lakeworks:index:EtlJob", "part"), parent: pipeline.urn };
        for (const resources of [
            [job({ tags: { "lakeworks:dataset": "sales" } })],
            [pipeline, part, { ...job({ tags: unknown }), parent: part.urn }],
        ]) {
            assert.match(estimate(resources, stated).lines[0]!.what, /runs of 42 min/);
        }
    });

    it("has a unit and a page of AWS for every price", () => {
        for (const [name, { value, unit, source }] of Object.entries(prices.prices)) {
            assert.ok(value >= 0 && unit !== "", name);
            assert.match(source, /^https:\/\/(docs\.)?aws\.amazon\.com\//, name);
        }
    });
});
