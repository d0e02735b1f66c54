import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { datasetRules, lakeRules } from "../../../automation/cost/volumeNames";
import { loadVolumes, volumesOf } from "../../../automation/cost/volumes";
import { StepFailure } from "../../../automation/errors";
import { datasets } from "../../../datasets";

function faultsOf(document: unknown): string[] {
    try {
        volumesOf(document, "dev", ["sales", "visits"]);
    } catch (error) {
        assert.ok(error instanceof StepFailure);
        return error.details.reason!.split("\n").map((fault) => fault.trim());
    }
    return [];
}

describe("the stated volumes", () => {
    it("are the defaults where nothing is stated", () => {
        const { lake, everyDataset, datasets: own } = volumesOf({}, "dev", []);
        assert.equal(lake.ageDays, 365);
        assert.equal(everyDataset.rawGiBPerDay, 1);
        assert.deepEqual(own, {});
    });

    it("are of the stack before the file's, and of the dataset before all", () => {
        const document = {
            everyDataset: { rawGiBPerDay: 2, minutesPerRun: 5 },
            datasets: { sales: { rawGiBPerDay: 3 } },
            lake: { ageDays: 100, goldGiB: 7 },
            stacks: {
                prod: {
                    everyDataset: { rawGiBPerDay: 20 },
                    datasets: { visits: { rawGiBPerDay: 40 } },
                    lake: { ageDays: 1000 },
                },
            },
        };
        const prod = volumesOf(document, "prod", ["sales", "visits"]);
        assert.deepEqual([prod.lake.ageDays, prod.lake.goldGiB], [1000, 7]);
        assert.deepEqual([prod.everyDataset.rawGiBPerDay, prod.everyDataset.minutesPerRun], [20, 5]);
        assert.deepEqual(
            [
                prod.datasets.sales?.rawGiBPerDay,
                prod.datasets.visits?.rawGiBPerDay,
                prod.datasets.visits?.minutesPerRun,
            ],
            [3, 40, 5],
        );
        const other = volumesOf(document, "other", ["sales", "visits"]);
        assert.deepEqual([other.everyDataset.rawGiBPerDay, other.lake.ageDays], [2, 100]);
    });

    it("take 0", () => {
        assert.equal(volumesOf({ everyDataset: { queriesPerDay: 0 } }, "dev", []).everyDataset.queriesPerDay, 0);
    });

    it("tell every fault at once, with its path and what to write", () => {
        const document = {
            everyDataset: { rawGibPerDay: 1, partitionShare: 3, queriesPerDay: "50" },
            lake: { ageDays: 0 },
            dataset: {},
            datasets: { sale: {} },
            stacks: { dev: { datasets: { sales: { minutesPerRun: -1 } }, lake: [] }, prod: null },
        };
        assert.deepEqual(faultsOf(document).sort(), [
            "dataset is not known: did you mean datasets?",
            "datasets.sale is not known: did you mean sales?",
            "everyDataset.partitionShare is 3: write a number from 0 to 1 (share of a partitioned table that a query reads, 0.1 for a tenth of the days)",
            'everyDataset.queriesPerDay is "50": write a number of at least 0 (queries in a day in the dataset\'s workgroup)',
            "everyDataset.rawGibPerDay is not known: did you mean rawGiBPerDay?",
            "lake.ageDays is 0: write a number of at least 1 (age of the lake in days: the estimate is of a month in which it holds that much)",
            "stacks.dev.datasets.sales.minutesPerRun is -1: write a number of at least 0 (minutes that a run lasts)",
            "stacks.dev.lake is []: write an object, {}",
            "stacks.prod is null: write an object, {}",
        ]);
        assert.deepEqual(faultsOf([]), ["the document is []: write an object, {}"]);
        assert.deepEqual(faultsOf({ stacks: { dev: { stacks: {} } } }), [
            "stacks.dev.stacks is not known: write one of everyDataset, datasets, lake",
        ]);
    });

    it("of the repository are right for its datasets", () => {
        const names = datasets.map(({ contract }) => contract.name);
        for (const stack of ["dev", "prod"]) {
            assert.ok(loadVolumes(stack, names).everyDataset.rawGiBPerDay > 0);
        }
    });

    it("stand in the docs with their defaults", () => {
        const docs = fs.readFileSync(path.resolve(__dirname, "../../../docs/cost.md"), "utf8");
        for (const [name, { fallback }] of Object.entries({ ...datasetRules, ...lakeRules })) {
            assert.match(docs, new RegExp(`\\| \`${name}\` +\\| +${fallback} \\|`), name);
        }
    });

    it("are told where the file is missing or no JSON", () => {
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), "volumes-"));
        try {
            const file = path.join(folder, "volumes.json");
            assert.throws(() => loadVolumes("dev", [], file), /cannot be read/);
            fs.writeFileSync(file, "{");
            assert.throws(() => loadVolumes("dev", [], file), /cannot be read/);
        } finally {
            fs.rmSync(folder, { recursive: true });
        }
    });
});
