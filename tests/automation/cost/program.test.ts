/** The estimate of this repository's own stacks, built under mocks with the configuration of their files. */
import assert from "node:assert/strict";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { estimate, type CostEstimate } from "../../../automation/cost/estimate";
import { loadVolumes } from "../../../automation/cost/volumes";
import { datasets } from "../../../datasets";
import { build } from "../../components/mocks";
import { configOf } from "../../stacks/config";
import { declared } from "./resources";

const folder = path.resolve(__dirname, "../../../stacks");

async function estimateOf(stack: string, config: Record<string, string> = {}): Promise<CostEstimate> {
    const { resources } = await build(() => {
        pulumi.runtime.setAllConfig({ ...configOf(stack), ...config });
        for (const file of Object.keys(require.cache).filter((loaded) => loaded.startsWith(folder))) {
            delete require.cache[file];
        }
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would run the program only once
        return require(path.join(folder, "index")) as unknown;
    }, stack);
    const names = datasets.map(({ contract }) => contract.name);
    return estimate(declared(resources, stack), loadVolumes(stack, names));
}

const of = ({ lines }: CostEstimate, service: string, name = /./) =>
    lines.filter((line) => line.service === service && name.test(line.name));
const total = (lines: readonly { monthlyUsd: number }[]) => lines.reduce((all, line) => all + line.monthlyUsd, 0);

describe("the estimate of the stacks", function () {
    this.timeout(60_000);
    const endpoint = process.env.AWS_ENDPOINT_URL;
    let dev: CostEstimate;
    let prod: CostEstimate;
    before(async () => {
        // With an endpoint the program leaves out its network.
        delete process.env.AWS_ENDPOINT_URL;
        dev = await estimateOf("dev");
        prod = await estimateOf("prod");
    });
    after(() => {
        if (endpoint !== undefined) process.env.AWS_ENDPOINT_URL = endpoint;
    });

    it("prices or lists as free every type", () => {
        assert.deepEqual([dev.notPriced, prod.notPriced], [[], []]);
    });

    it("is the sum of its lines, none of them negative, each with a reason", () => {
        for (const { lines, monthlyUsd, region, asOf } of [dev, prod]) {
            assert.equal(monthlyUsd, total(lines));
            assert.ok(monthlyUsd > 0);
            for (const line of lines) {
                assert.ok(Number.isFinite(line.monthlyUsd) && line.monthlyUsd >= 0, line.name);
                assert.match(line.why, /\.$/, line.name);
                assert.doesNotMatch(`${line.what} ${line.why}`, /NaN|undefined|Infinity|\[object/, line.name);
            }
            assert.equal(region, "us-east-1");
            assert.match(asOf, /^\d{4}-\d\d-\d\d$/);
        }
    });

    it("of prod has ten workers by night, six endpoints, a key for the lake and one for its topic, alarms and a trail", () => {
        const sales = of(prod, "Glue", /sales-etl-job$/)[0]!;
        assert.equal(sales.what, "10 × G.1X workers, 30.42 runs of 10 min");
        assert.match(sales.why, /runs by cron\(0 2 \* \* \? \*\).*auto scaling/);
        assert.ok(Math.abs(sales.monthlyUsd - 10 * (365 / 72) * 0.44) < 1e-9);
        assert.equal(of(prod, "VPC").filter(({ monthlyUsd }) => monthlyUsd > 0).length, 6);
        assert.equal(of(prod, "KMS").filter(({ what }) => what === "1 key").length, 2);
        // Per dataset: three metrics of scans, duration, freshness.
        assert.ok(Math.abs(total(of(prod, "CloudWatch", /-(scan|duration|freshness)$/)) - 2 * 0.5) < 1e-9);
        assert.equal(of(prod, "CloudTrail").length, 1);
    });

    it("of dev has none of these", () => {
        for (const service of ["VPC", "KMS", "CloudTrail", "SNS"]) {
            assert.deepEqual(of(dev, service), [], service);
        }
        assert.equal(of(dev, "CloudWatch").length, 2 * datasets.length);
    });

    it("moves prod's raw files to cheaper classes", () => {
        assert.match(of(prod, "S3", /-bronze$/)[0]!.what, /STANDARD, .* STANDARD_IA, .* GLACIER/);
    });

    it("follows the settings: twice the workers by the hour", async () => {
        const jobs = (estimated: CostEstimate) => total(of(estimated, "Glue", /-etl-job$/));
        const more = { "lakeworks:numberOfWorkers": "20", "lakeworks:etlSchedule": "cron(0 * * * ? *)" };
        assert.ok(Math.abs(jobs(await estimateOf("prod", more)) - 2 * 24 * jobs(prod)) < 1e-6);
    });
});
