/** The datasets of this lake, found by reading the folders: adding a dataset is adding a folder. */
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { DatasetContract, GoldTable } from "./contract";
import type { SampleGenerator } from "./generator";
import type { Query } from "./query";
import { readQueries } from "./readQueries";
import { validateContract } from "./validate";

export * from "./contract";
export * from "./generator";
export * from "./parameters";
export * from "./query";
export { ContractError, type Fault } from "./faults";
export { validateContract } from "./validate";

export interface LoadedDataset {
    readonly contract: DatasetContract;
    /** Those of `queries/`: views, tables, then questions, each by name. */
    readonly queries: readonly Query[];
    /** The contract's gold tables, each with the text of its `gold/<name>.sql`. */
    readonly gold: readonly (GoldTable & { readonly sql: string })[];
    /** Absolute path of the dataset's folder. */
    readonly folder: string;
    /** Absolute path of the folder's own Glue job script, `job.py`. @default undefined: glue-scripts/etl.py does the work */
    readonly jobScript?: string;
    /** Streams sample raw files. */
    readonly generate: SampleGenerator;
}

/** Folders are found when the program runs, which an import statement can't name. */
const load = createRequire(__filename);

/**
 * Loads one dataset's folder: `contract.ts` exports `contract`, `generator.ts` exports `generate`, `queries/` holds the SQL,
 * and `job.py` replaces the common Glue job script where there is one.
 * @throws ContractError with every fault of the contract, each naming its path.
 */
export function loadDataset(folder: string): LoadedDataset {
    const { contract } = load(path.join(folder, "contract")) as { contract: DatasetContract };
    const { generate } = load(path.join(folder, "generator")) as { generate: SampleGenerator };
    const read = readQueries(path.join(folder, "queries"), contract.name);
    validateContract(contract, folder, read);
    const { queries } = read;
    const gold = (contract.gold ?? []).map((table) => ({ ...table, sql: readGold(folder, table.name) }));
    const script = path.join(folder, "job.py");
    return { contract, queries, gold, folder, generate, ...(fs.existsSync(script) ? { jobScript: script } : {}) };
}

function readGold(folder: string, name: string): string {
    return fs
        .readFileSync(path.join(folder, "gold", `${name}.sql`), "utf8")
        .trimEnd()
        .replace(/;$/, "");
}

/** Every folder beside this file that holds a contract, by name. */
export const datasets: readonly LoadedDataset[] = fs
    .readdirSync(__dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && fs.existsSync(path.join(__dirname, entry.name, "contract.ts")))
    .map((entry) => entry.name)
    .sort()
    .map((name) => loadDataset(path.join(__dirname, name)));

/** @throws when there is no such dataset, naming those there are. */
export function dataset(name: string): LoadedDataset {
    const found = datasets.find((candidate) => candidate.contract.name === name);
    if (found === undefined) {
        const names = datasets.map((candidate) => candidate.contract.name).join(", ");
        throw new Error(
            `There is no dataset "${name}". Datasets: ${names}. Each is a folder under datasets/ with a contract.ts.`,
        );
    }
    return found;
}
