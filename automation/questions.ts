/** The dataset's queries, asked in Athena, with what each cost and what it would have cost on the raw data. */
import { dim, bold } from "picocolors";
import { GetTableCommand, EntityNotFoundException } from "@aws-sdk/client-glue";
import { bindParameters, ParameterError, type LoadedDataset, type Query } from "../datasets";
import { runQuery, type Answer, type AthenaTarget, type Statement } from "./athena";
import { StepFailure } from "./errors";
import { bytes, count, dollars, plural, ratio, seconds, table } from "./format";
import { bucketStore, parseLocation } from "./objects";
import type { LakeDataset, Session } from "./session";

export interface QueryAnswer extends Answer {
    readonly query: Query;
    /** The literals that its `?` had. */
    readonly parameters: readonly string[];
}

/** What any of the questions reads when asked of the raw text: all of it, since a line has no columns to skip. */
export interface RawScan {
    readonly bytes: number;
    /** As it is written, "JSON". */
    readonly format: string;
    /** `measured`: scanned by a count(*) over the crawled table. `listed`: size of the objects, where the table was not crawled, or is columnar. */
    readonly how: "measured" | "listed";
}

/** Those that can be asked without values from outside. */
export function askable(queries: readonly Query[]): Query[] {
    return queries.filter(({ parameters }) => parameters.every((parameter) => parameter.default !== undefined));
}

/**
 * The queries to ask, by dataset: those of a name, or all that need no value from outside.
 * @throws StepFailure when no dataset has such a query, naming those there are
 */
export function chooseQueries(all: readonly LoadedDataset[], name?: string): ChosenQueries[] {
    const chosen = all
        .map((dataset) => ({
            dataset,
            queries:
                name === undefined ? askable(dataset.queries) : dataset.queries.filter((query) => query.name === name),
        }))
        .filter(({ queries }) => queries.length > 0);
    if (chosen.length > 0 || name === undefined) return chosen;
    const names = all.map(
        ({ contract, queries }) => `${contract.name}: ${queries.map((query) => query.name).join(", ")}`,
    );
    throw new StepFailure(`There is no query "${name}".`, { next: `Queries of ${names.join("; of ")}.` });
}

export interface ChosenQueries {
    readonly dataset: LoadedDataset;
    readonly queries: readonly Query[];
}

/** A query with the literals of its `?`. */
export type Question = Pick<QueryAnswer, "query" | "parameters">;

/**
 * @param given values of parameters as the user wrote them; the others have their defaults
 * @throws StepFailure with every unknown, missing or wrong value
 */
export function pose(query: Query, given: Readonly<Record<string, string>> = {}): Question {
    try {
        return { query, parameters: bindParameters(query, given) };
    } catch (error) {
        if (!(error instanceof ParameterError)) throw error;
        const form = query.parameters.map(({ name, type }) => `--param ${name}=<${type}>`).join(" ");
        const next = form === "" ? `lakeworks query ${query.name}` : `lakeworks query ${query.name} ${form}`;
        throw new StepFailure(`The parameters of ${query.name} are not right.`, {
            reason: error.message.replaceAll("\n", "\n    "),
            next,
        });
    }
}

/**
 * Asks one question. What a CTAS creates is dropped first, so that it can be made anew.
 * @param reuseMinutes age up to which an earlier answer will do @default it is asked anew
 */
export async function ask(
    session: Session,
    lake: LakeDataset,
    question: Question,
    reuseMinutes?: number,
): Promise<QueryAnswer> {
    const { query, parameters } = question;
    const target: AthenaTarget = { workgroup: lake.of.workgroup, database: lake.of.database };
    const run = (statement: Statement) => runQuery(lake.clients, target, statement, session.signal);
    return session.progress.stage(
        query.title,
        async () => {
            if (query.kind === "ctas") await run({ name: query.name, sql: `DROP TABLE IF EXISTS ${query.creates}` });
            return { ...question, ...(await run({ ...query, parameters, reuseMinutes })) };
        },
        (answer) => outcome(answer),
    );
}

export async function scanRaw(session: Session, lake: LakeDataset): Promise<RawScan> {
    const format = lake.dataset.contract.raw.format.toUpperCase();
    const crawled = await lake.clients.glue
        .send(new GetTableCommand({ DatabaseName: lake.of.database, Name: lake.of.rawTable }))
        .then(() => true)
        .catch((error: unknown) => {
            if (error instanceof EntityNotFoundException) return false;
            throw error;
        });
    // Rows of Parquet are counted from the files' ends alone, which says nothing of what a question reads.
    if (!crawled || lake.dataset.contract.raw.format === "parquet") {
        const { bucket, prefix } = parseLocation(lake.of.rawLocation);
        const sizes = await bucketStore(lake.clients.s3, bucket).list(prefix);
        return { bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0), format, how: "listed" };
    }
    return session.progress.stage(
        `Raw ${format}, for comparison`,
        async () => {
            const target = { workgroup: lake.of.workgroup, database: lake.of.database };
            const sql = `SELECT count(*) AS lines FROM ${lake.of.rawTable}`;
            const answer = await runQuery(lake.clients, target, { name: "raw-scan", sql }, session.signal);
            return { bytes: answer.bytesScanned, format, how: "measured" } as const;
        },
        (scan) => `a count of the lines of ${lake.of.rawTable} scans ${bytes(scan.bytes)}`,
    );
}

function outcome(answer: QueryAnswer): string {
    if (answer.query.kind === "view") return `${answer.query.creates} is ready`;
    if (answer.query.kind === "ctas") return `${answer.query.creates} has ${plural(answer.rowsWritten ?? 0, "row")}`;
    return plural(answer.rows.length, "row");
}

/** The answer as a table, with its scan and cost underneath. */
export function describeAnswer(answer: QueryAnswer, raw: RawScan): string {
    const shown = answer.columns.length > 0 && answer.rows.length > 0 ? [table(answer.columns, answer.rows)] : [];
    return ["", bold(answer.query.title), ...shown, dim(describeScan(answer, raw))].join("\n");
}

/** "12 rows in 0.84 s; scanned 1.20 MB, $0.0000477 (10 MB minimum); raw JSON 30.1 MB, 25×". */
export function describeScan(answer: QueryAnswer, raw: RawScan): string {
    const parts = [`${outcome(answer)} in ${seconds(answer.seconds)}`];
    if (answer.reused) return [...parts, "taken from an earlier query, nothing scanned, free"].join("; ");
    if (answer.bytesCharged === 0) return [...parts, "no data scanned, free"].join("; ");
    const minimum = answer.bytesCharged > answer.bytesScanned ? ` (charged for ${bytes(answer.bytesCharged)})` : "";
    parts.push(`scanned ${count(answer.bytesScanned)} bytes, ${dollars(answer.cost)}${minimum}`);
    parts.push(`on raw ${raw.format} ${bytes(raw.bytes)} ${raw.how}, ${ratio(raw.bytes, answer.bytesScanned)}`);
    return parts.join("; ");
}
