/**
 * Queries against the catalog of a deployed lake: does the engine take each, and does what they say of their columns hold?
 *
 * Each SELECT is run inside `SELECT * FROM (…) LIMIT 0`: the engine resolves every name and type and plans a scan of
 * nothing, and GetQueryResults tells the columns. EXPLAIN would do half of it: Athena binds no parameters to it
 * (https://docs.aws.amazon.com/athena/latest/ug/querying-with-prepared-statements.html), and its text is no API.
 */
import { green, red } from "picocolors";
import type { Query, QueryColumn } from "../datasets";
import { runQuery } from "./athena";
import { StepFailure } from "./errors";
import { plural } from "./format";
import { pose } from "./questions";
import type { LakeDataset, Session } from "./session";

export interface CheckedQuery {
    readonly dataset: string;
    readonly query: string;
    /** What is wrong, a line each; none where all is well. */
    readonly faults: readonly string[];
}

/** Queries that are checked at once. */
const atOnce = 4;

/** Checks queries of one dataset. */
export async function checkQueries(
    session: Session,
    lake: LakeDataset,
    queries: readonly Query[],
): Promise<CheckedQuery[]> {
    const dataset = lake.dataset.contract.name;
    const checked: CheckedQuery[] = [];
    const waiting = queries.entries();
    const work = async () => {
        for (const [index, query] of waiting)
            checked[index] = { dataset, query: query.name, faults: await faultsOf(session, lake, query) };
    };
    return session.progress.stage(
        `Check the queries of ${dataset}`,
        async () => {
            await Promise.all(Array.from({ length: atOnce }, work));
            return checked;
        },
        () => {
            const bad = checked.filter(({ faults }) => faults.length > 0).length;
            const outcome = bad === 0 ? "all as they say" : `${bad} not as they say`;
            return `${plural(checked.length, "query", "queries")}, ${outcome}`;
        },
    );
}

async function faultsOf(session: Session, lake: LakeDataset, query: Query): Promise<string[]> {
    const { parameters } = pose(query, withSamples(query));
    const target = { workgroup: lake.of.workgroup, database: lake.of.database };
    const sql = `SELECT * FROM (\n${query.select}\n) LIMIT 0`;
    try {
        const { columns } = await runQuery(lake.clients, target, { name: query.name, sql, parameters }, session.signal);
        return differences(
            query.columns,
            columns.map(({ title, fullType }) => ({ name: title, type: fullType })),
        );
    } catch (error) {
        if (!(error instanceof StepFailure)) throw error;
        return [error.details.reason ?? error.message];
    }
}

/** Any value of the type, where a parameter has no default: which one does not matter to names and types. */
function withSamples({ parameters }: Query): Record<string, string> {
    const samples = { integer: "1", decimal: "1", string: "", date: "2024-01-01", timestamp: "2024-01-01 00:00:00" };
    return Object.fromEntries(
        parameters.filter((one) => one.default === undefined).map(({ name, type }) => [name, samples[type]]),
    );
}

/** How the columns that come out differ from those expected, in words. */
export function differences(expected: readonly QueryColumn[], found: readonly QueryColumn[]): string[] {
    const names = (columns: readonly QueryColumn[]) => columns.map(({ name }) => name).join(", ");
    if (names(expected) !== names(found))
        return [`columns: the front matter has ${names(expected)}; the engine gives ${names(found)}.`];
    return expected.flatMap(({ name, type }, index) => {
        const actual = found[index]!.type;
        return type === actual ? [] : [`columns.${name}: the front matter has ${type}; the engine gives ${actual}.`];
    });
}

export function describeChecks(checked: readonly CheckedQuery[]): string {
    return checked
        .map(({ dataset, query, faults }) =>
            faults.length === 0
                ? green(`✔ ${dataset}/${query}`)
                : [red(`✖ ${dataset}/${query}`), ...faults.map((fault) => `    ${fault}`)].join("\n"),
        )
        .join("\n");
}
