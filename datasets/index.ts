/** The datasets of this lake, found by reading the folders: adding a dataset is adding a folder. */
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { DatasetContract, GoldTable, Query } from "./contract";
import type { SampleGenerator } from "./generator";
import { validateContract } from "./validate";

export * from "./contract";
export * from "./generator";
export { ContractError, type Fault } from "./faults";
export { validateContract } from "./validate";

export interface LoadedDataset {
    readonly contract: DatasetContract;
    /** The contract's queries, each with the text of its `queries/<name>.sql`, without the final semicolon and newline. */
    readonly queries: readonly (Query & { readonly sql: string })[];
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
    validateContract(contract, folder);
    const queries = contract.queries.map((query) => ({ ...query, sql: readSql(folder, "queries", query.name) }));
    const gold = (contract.gold ?? []).map((table) => ({ ...table, sql: readSql(folder, "gold", table.name) }));
    const script = path.join(folder, "job.py");
    return { contract, queries, gold, folder, generate, ...(fs.existsSync(script) ? { jobScript: script } : {}) };
}

function readSql(folder: string, kind: "queries" | "gold", name: string): string {
    return fs
        .readFileSync(path.join(folder, kind, `${name}.sql`), "utf8")
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
