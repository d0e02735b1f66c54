/** What a query would do, before it does it: its plan, what it would read, and what that costs. */
import { tokenize } from "../../sql/lexer";
import { runQuery } from "../athena";
import { chargedBytes, queryCost } from "../cost/athena";
import type { LakeDataset, Session } from "../session";
import { scanOf, type TableScan } from "./files";
import { readIoPlan } from "./ioPlan";
import { warningsOf, type Warning } from "./warnings";

export interface Explanation {
    readonly dataset: string;
    readonly name: string;
    /** With the literals of its parameters. */
    readonly sql: string;
    readonly scans: readonly TableScan[];
    /** The most that it can read; undefined where the files of a table are not known. */
    readonly bytes?: number;
    readonly bytesCharged?: number;
    /** Dollars, at most. */
    readonly cost?: number;
    readonly warnings: readonly Warning[];
    /** The engine's text. */
    readonly plan: string;
}

export interface Explained {
    readonly name: string;
    /** A SELECT, with `?` for each parameter. */
    readonly sql: string;
    /** Literals of Athena's SQL, as bindParameters makes them. */
    readonly parameters: readonly string[];
}

/** Asks Athena twice for a plan, which is free of charge: it reads no data. */
export async function explain(session: Session, lake: LakeDataset, asked: Explained): Promise<Explanation> {
    const sql = withLiterals(asked.sql, asked.parameters);
    const target = { workgroup: lake.of.workgroup, database: lake.of.database };
    const rowsOf = async (options: string) => {
        const statement = { name: asked.name, sql: `EXPLAIN ${options}${sql}` };
        const { rows } = await runQuery(lake.clients, target, statement, session.signal);
        return rows.map(([line]) => line ?? "").join("\n");
    };
    return session.progress.stage(`Explain ${asked.name}`, async () => {
        const plan = await rowsOf("");
        const tables = readIoPlan(await rowsOf("(TYPE IO, FORMAT JSON) "));
        const scans = await Promise.all(tables.map((table) => scanOf(lake.clients, table)));
        const known = scans.every(({ unknown }) => !unknown);
        const bytes = scans.reduce((sum, scan) => sum + scan.bytes, 0);
        return {
            dataset: lake.dataset.contract.name,
            name: asked.name,
            sql,
            scans,
            ...(known ? { bytes, bytesCharged: chargedBytes(bytes, "DML"), cost: queryCost(bytes, "DML") } : {}),
            warnings: warningsOf(sql, plan, scans, lake.dataset.contract),
            plan,
        };
    });
}

/** Athena binds no parameters to EXPLAIN; what takes the place of each `?` is a literal that bindParameters has made. */
export function withLiterals(sql: string, literals: readonly string[]): string {
    const places = tokenize(sql, false).filter(({ kind, value }) => kind === "symbol" && value === "?");
    let text = "";
    let end = 0;
    for (const [index, place] of places.entries()) {
        text += sql.slice(end, place.start) + (literals[index] ?? "?");
        end = place.end;
    }
    return text + sql.slice(end);
}
