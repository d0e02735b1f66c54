/** The whole program of each environment under mocks, with the configuration that its stack file gives it. */
import assert from "node:assert/strict";
import { datasets } from "../../datasets";
import { ofType, one, valueOf, type Built } from "../components/mocks";
import { configOf } from "./config";
import { atEndpoint, runProgram, type Program } from "./program";

/** Nothing listens there. */
const local = "http://127.0.0.1:1";

function triggers(built: Built<Program>) {
    return ofType(built, "aws:glue/trigger:Trigger").map(({ inputs }) => inputs.schedule);
}

describe("the program", function () {
    this.timeout(60_000);
    const programs = new Map<string, Built<Program>>();
    before(() =>
        atEndpoint(local, async () => {
            for (const stack of ["local", "dev", "prod"]) {
                programs.set(stack, await runProgram(stack));
            }
        }),
    );

    for (const stack of ["local", "dev", "prod"]) {
        describe(stack, () => {
            it("makes the buckets and one pipeline per dataset, and at the top nothing else but what prod watches with", () => {
                const top = programs.get(stack)!.resources.filter((resource) => resource.parent === "");
                assert.deepEqual(
                    top.map((resource) => resource.name).sort(),
                    [
                        `lakeworks-${stack}`,
                        ...datasets.map(({ contract }) => `lakeworks-${stack}-${contract.name.replaceAll("_", "-")}`),
                        ...(stack === "prod" ? ["audit", "monitoring", "permissions"] : []).map(
                            (part) => `lakeworks-${stack}-${part}`,
                        ),
                    ].sort(),
                );
            });

            it("gives the outputs that automation relies on", async () => {
                const outputs = await valueOf(programs.get(stack)!.value.lake);
                assert.equal(outputs.version, 1);
                assert.equal(outputs.buckets.athenaResults, `lakeworks-${stack}-athena-results-0a1b2c3`);
                assert.deepEqual(
                    Object.keys(outputs.datasets),
                    datasets.map(({ contract }) => contract.name),
                );
                const { namedQueries, preparedStatements, ...sales } = outputs.datasets.sales!;
                assert.deepEqual(sales, {
                    database: `lakeworks_${stack}_sales`,
                    rawTable: "raw_sales",
                    table: "sales",
                    rawCrawler: `lakeworks-${stack}-sales-crawl-raw`,
                    processedCrawler: `lakeworks-${stack}-sales-crawl-processed`,
                    job: `lakeworks-${stack}-sales-etl`,
                    workgroup: `lakeworks-${stack}-sales-queries`,
                    rawLocation: `s3://lakeworks-${stack}-bronze-0a1b2c3/sales/`,
                    silverLocation: `s3://lakeworks-${stack}-silver-0a1b2c3/sales/`,
                    quarantineLocation: `s3://lakeworks-${stack}-silver-0a1b2c3/_quarantine/sales/`,
                    reportsLocation: `s3://lakeworks-${stack}-silver-0a1b2c3/_reports/sales/`,
                });
                const expected = datasets.find(({ contract }) => contract.name === "sales")!.queries;
                const namesOf = (some: typeof expected) => some.map((query) => query.name).sort();
                const plain = expected.filter((query) => query.parameters.length === 0);
                const prepared = expected.filter((query) => query.parameters.length > 0);
                assert.deepEqual(Object.keys(namedQueries).sort(), namesOf(plain));
                assert.deepEqual(
                    [...preparedStatements].sort(),
                    namesOf(prepared).map((name) => name.replaceAll("-", "_")),
                );
            });

            it("declares the silver table as the contract says", () => {
                const { contract } = datasets.find((dataset) => dataset.contract.name === "sales")!;
                const { inputs } = one(
                    programs.get(stack)!,
                    "aws:glue/catalogTable:CatalogTable",
                    `lakeworks-${stack}-sales-silver-table`,
                );
                const typed = (columns: readonly { name: string; type: string }[]) =>
                    columns.map(({ name, type }) => [name, type]);
                const technical = [["source_object", "string"]];
                assert.deepEqual(typed(inputs.storageDescriptor.columns), [...typed(contract.columns), ...technical]);
                assert.deepEqual(typed(inputs.partitionKeys), typed(contract.partitions));
            });

            it("tags everything that takes tags", () => {
                const { resources } = programs.get(stack)!;
                const taggable =
                    /:(Bucket|Key|Role|CatalogDatabase|Crawler|Job|Trigger|Workgroup|LogGroup|Topic|Queue|Trail|MetricAlarm|EventRule|DataQualityRuleset)$/;
                const tagged = resources.filter((resource) => taggable.test(resource.type));
                assert.ok(tagged.length >= 14);
                for (const { name, inputs } of tagged) {
                    assert.equal(inputs.tags?.["lakeworks:stack"], stack, name);
                    assert.equal(inputs.tags["lakeworks:environment"], stack, name);
                    assert.equal(inputs.tags["lakeworks:owner"], "data-platform", name);
                    const dataset = /^lakeworks-\w+-(sales|clickstream)/.exec(name)?.[1];
                    assert.equal(inputs.tags["lakeworks:dataset"], dataset, name);
                }
            });
        });
    }

    it("dev and local are deleted with their data, and run on demand", () => {
        for (const stack of ["dev", "local"]) {
            const built = programs.get(stack)!;
            for (const { inputs, protect } of ofType(built, "aws:s3/bucket:Bucket")) {
                assert.deepEqual([inputs.forceDestroy, protect], [true, false]);
            }
            for (const { inputs } of ofType(built, "aws:athena/workgroup:Workgroup")) {
                assert.equal(inputs.forceDestroy, true);
            }
            assert.deepEqual(triggers(built), []);
            assert.equal(ofType(built, "aws:kms/key:Key").length, 0);
        }
    });

    it("prod has a key, runs each night, and keeps its data", () => {
        const built = programs.get("prod")!;
        // The lake's, and that of the topic by which failures are told.
        assert.deepEqual(
            ofType(built, "aws:kms/key:Key").map(({ name }) => name),
            ["lakeworks-prod-key", "lakeworks-prod-monitoring-topic-key"],
        );
        assert.deepEqual(
            triggers(built),
            datasets.map(() => "cron(0 2 * * ? *)"),
        );
        const kept = /^aws:(s3\/bucket[^:]*:Bucket(?!Objectv2)|kms|cloudtrail|glue\/catalog)/;
        for (const { name, type, protect, retainOnDelete, inputs } of built.resources) {
            // Its key encrypts messages on their way: nothing is lost with it.
            const data = kept.test(type) && !name.startsWith("lakeworks-prod-monitoring-topic-key");
            assert.equal(protect && retainOnDelete, data, name);
            assert.ok(!inputs.forceDestroy, name);
        }
    });

    it("prod's readers see gold and the outcomes of quality rules, and quarantined records stay with writers", () => {
        const tags = ofType(programs.get("prod")!, "aws:lakeformation/resourceLfTags:ResourceLfTags");
        const zones = tags
            .filter(({ inputs }) => inputs.table?.databaseName === "lakeworks_prod_sales")
            .map(({ inputs }) => [inputs.table.name, inputs.lfTags[0].value]);
        assert.deepEqual(zones, [
            ["sales", "silver"],
            ["sales_quality", "silver"],
            ["daily_sales", "gold"],
            ["monthly_sales", "gold"],
            ["monthly_products", "gold"],
        ]);
    });

    it("prod's jobs run in a network of the lake's own, but not at a custom endpoint", async () => {
        const connections = (built: Built<Program>) =>
            ofType(built, "aws:glue/job:Job").map(({ inputs }) => inputs.connections);
        assert.deepEqual(
            connections(programs.get("prod")!),
            datasets.map(() => undefined),
        );
        const built = await atEndpoint(undefined, () => runProgram("prod"));
        assert.equal(one(built, "awsx:ec2:Vpc").inputs.cidrBlock, "10.42.0.0/16");
        assert.deepEqual(
            connections(built),
            datasets.map(() => ["lakeworks-prod-network"]),
        );
        // That network reaches no PyPI.
        for (const { inputs } of ofType(built, "aws:glue/job:Job")) {
            const modules: string = inputs.defaultArguments["--additional-python-modules"];
            assert.match(modules, /^(?:s3:\/\/lakeworks-prod-scripts-\w+\/lib\/\S+\.whl(?:,|$)){3}/);
        }
    });

    describe("prod's two keys", () => {
        const withKeys = (keys: Record<string, string>) =>
            atEndpoint(local, () => runProgram("prod", { ...configOf("prod"), ...keys }));

        it("together let the data go", async () => {
            const built = await withKeys({ "lakeworks:forceDestroy": "true", "lakeworks:destroyConfirmation": "prod" });
            for (const { inputs, protect, retainOnDelete } of ofType(built, "aws:s3/bucket:Bucket")) {
                assert.deepEqual([inputs.forceDestroy, protect, retainOnDelete], [true, false, false]);
            }
        });

        it("are refused one without the other", async () => {
            const alone: Record<string, string>[] = [
                { "lakeworks:forceDestroy": "true" },
                { "lakeworks:destroyConfirmation": "prod" },
                { "lakeworks:forceDestroy": "true", "lakeworks:destroyConfirmation": "dev" },
            ];
            for (const keys of alone) {
                await assert.rejects(() => withKeys(keys), /two keys: set lakeworks:forceDestroy to true and/);
            }
        });
    });

    it("local is refused without an endpoint", async () => {
        await assert.rejects(() => atEndpoint(undefined, () => runProgram("local")), /AWS_ENDPOINT_URL is not set/);
    });
});
