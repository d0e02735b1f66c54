/** The statements by which Trino does an UNLOAD: into a table of a catalog that only the engine has, dropped afterwards. */
import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { writtenRows } from "../results/columns";
import { parseS3 } from "../results/location";
import type { UnloadStatement } from "../statements/types";
import type { UnloadPlan } from "../statements/unload";
import type { TrinoPage, TrinoRequest } from "../trino/client";
import { unloadCatalog } from "../trino/settings";
import { QueryFault } from "./faults";
import type { ObjectFinder } from "./objects";
import { withParameters } from "./prepared";
import type { Publisher } from "./publisher";
import type { Execution } from "./record";
import { filesOfQuery } from "./writtenFiles";

const schema = `${unloadCatalog}.tables`;

interface UnloadSteps {
    readonly prepare: string;
    /** The last one writes. */
    readonly run: readonly {
        readonly sql: string;
        /** Does it have the query's parameters? */
        readonly query: boolean;
    }[];
    readonly cleanUp: readonly string[];
}

export interface UnloadQuery {
    /** Blanks in front keep its columns true. */
    readonly sql: string;
    /** How many lines later it begins in the steps that have it than in the source. */
    readonly linesLater: number;
}

export function queryOf(source: string, { query: { start, end } }: UnloadStatement): UnloadQuery {
    const before = source.slice(0, start).split("\n");
    const blanks = " ".repeat(before.at(-1)?.length ?? 0);
    return { sql: `${blanks}${source.slice(start, end)}`, linesLater: 2 - before.length };
}

/** What an UNLOAD is given to run by. */
export interface UnloadTools {
    readonly s3: S3Client;
    readonly finder: ObjectFinder;
    readonly publisher: Publisher;
    /** Runs a part of the query. @returns its last page; undefined when cancelled */
    readonly step: (request: Pick<TrinoRequest, "sql" | "session" | "prepared">) => Promise<TrinoPage | undefined>;
    readonly aside: (sql: string) => Promise<void>;
}

/** @throws QueryFault */
export async function unload(tools: UnloadTools, execution: Execution, plan: UnloadPlan, query: UnloadQuery) {
    await checkDestination(tools.s3, plan, execution.resultConfiguration.OutputLocation ?? "");
    const { prepare, run, cleanUp } = unloadSteps(plan, query.sql, execution.id);
    const session: Record<string, string> = plan.codec ? { [`${unloadCatalog}.compression_codec`]: plan.codec } : {};
    try {
        await tools.aside(prepare);
        let last: TrinoPage | undefined;
        for (const step of run) {
            const planned = step.query ? withParameters(execution, step.sql) : { sql: step.sql };
            last = await tools.step({ ...planned, session }).catch((error: unknown) => {
                throw error instanceof QueryFault ? error.linesEarlier(query.linesLater) : error;
            });
            if (!last) return;
        }
        execution.columns = [writtenRows];
        const files = await filesOfQuery(tools.finder, plan.location, last?.id ?? "");
        await tools.publisher.manifest(execution, files.sort());
        await tools.publisher.metadata(execution);
    } finally {
        // What is left nevertheless, nobody but the engine sees; it goes with the engine.
        for (const sql of cleanUp) await tools.aside(sql).catch(() => undefined);
    }
}

/** @param id of the execution */
function unloadSteps({ location, properties, partitioned }: UnloadPlan, query: string, id: string): UnloadSteps {
    const [target, shape] = [`${schema}."${id}"`, `${schema}."${id} shape"`];
    const external = [...properties, `external_location = '${location.replaceAll("'", "''")}'`].join(", ");
    const cleanUp = [target, shape].map((table) => `DROP TABLE IF EXISTS ${table}`);
    const prepare = `CREATE SCHEMA IF NOT EXISTS ${schema}`;
    if (!partitioned) {
        const sql = `CREATE TABLE ${target} WITH (${external}) AS\n${query}`;
        return { prepare, run: [{ sql, query: true }], cleanUp };
    }
    // Trino makes tables of a query in empty folders only; into a table it inserts whatever lies there.
    const run = [
        { sql: `CREATE TABLE ${shape} WITH (${properties.join(", ")}) AS\n${query} WITH NO DATA`, query: true },
        { sql: `CREATE TABLE ${target} (LIKE ${shape}) WITH (${external})`, query: false },
        { sql: `INSERT INTO ${target}\n${query}`, query: true },
    ];
    return { prepare, run, cleanUp };
}

/** Partitions get files added; anything else goes to an empty place. @throws QueryFault */
async function checkDestination(s3: S3Client, { location, partitioned }: UnloadPlan, result: string) {
    const { bucket, key } = parseS3(location) ?? { bucket: "", key: "" };
    const found = await s3
        .send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key, MaxKeys: 2 }))
        .catch((error: Error) => {
            throw QueryFault.ofUser(`PERMISSION_DENIED: Unable to list ${location}: ${error.name}: ${error.message}`);
        });
    // The folder's own mark, as consoles make it, is no data.
    if (partitioned || (found.Contents ?? []).every(({ Key }) => Key === key)) return;
    throw QueryFault.ofData(
        `HIVE_PATH_ALREADY_EXISTS: Target directory already exists: ${location}. You may need to manually clean the data at ` +
            `location '${result}' before retrying. Athena will not delete data in your account.`,
    );
}
