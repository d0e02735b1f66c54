/** Reuse of earlier results: https://docs.aws.amazon.com/athena/latest/ug/reusing-query-results.html */
import { isDeepStrictEqual } from "node:util";
import type { ResultReuseConfiguration } from "@aws-sdk/client-athena";
import { HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { tokenize } from "../../../sql/lexer";
import { parseS3 } from "../results/location";
import type { TrinoQueryInfo } from "../trino/client";
import { hiveCatalog } from "../trino/settings";
import type { Execution, ExecutionLog } from "./record";

/** What AWS takes where the age is not given. */
const defaultMinutes = 60;

/** Functions and words whose value changes from one run to the next. */
const changing = new Set(
    (
        "RAND RANDOM SHUFFLE UUID NOW CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP LOCALTIME LOCALTIMESTAMP " +
        "TABLESAMPLE"
    ).split(" "),
);

/** @returns the age in minutes up to which a result may be reused; undefined where none is asked for */
export function reuseMinutes(given: ResultReuseConfiguration | undefined): number | undefined {
    const { Enabled, MaxAgeInMinutes } = given?.ResultReuseByAgeConfiguration ?? {};
    return Enabled === true ? (MaxAgeInMinutes ?? defaultMinutes) : undefined;
}

/** The same question would have the same answer as long as the data are the same; of Iceberg tables AWS reuses nothing. */
export function isReusable({ subtype, query }: Execution, { inputs }: TrinoQueryInfo): boolean {
    return (
        subtype === "SELECT" && isDeterministic(query) && inputs.every(({ catalogName }) => catalogName === hiveCatalog)
    );
}

/** @returns the latest execution whose result answers this one, and is still there */
export async function findReusable(
    s3: S3Client,
    executions: ExecutionLog,
    asked: Execution,
): Promise<Execution | undefined> {
    if (asked.reuseMinutes === undefined) return undefined;
    const since = Date.now() - asked.reuseMinutes * 60_000;
    for (const earlier of executions.list(asked.workGroup)) {
        const fresh = earlier.state === "SUCCEEDED" && (earlier.completed ?? 0) >= since;
        if (fresh && earlier.reusable === true && isSame(earlier, asked) && (await isThere(s3, earlier)))
            return earlier;
    }
    return undefined;
}

/** A LIMIT needs an ORDER BY between the same parentheses. */
function isDeterministic(text: string): boolean {
    const ordered = [false];
    for (const { kind, value } of tokenize(text, false)) {
        const word = value.toUpperCase();
        if (kind === "symbol" && value === "(") ordered.push(false);
        else if (kind === "symbol" && value === ")") ordered.pop();
        else if (kind !== "word") continue;
        else if (word === "ORDER") ordered[ordered.length - 1] = true;
        else if (changing.has(word)) return false;
        else if ((word === "LIMIT" || word === "FETCH" || word === "OFFSET") && ordered.at(-1) !== true) return false;
    }
    return true;
}

function isSame(one: Execution, other: Execution): boolean {
    return isDeepStrictEqual(question(one), question(other));
}

function question({ query, database, catalog, parameters, resultConfiguration }: Execution) {
    const { OutputLocation = "", ...settings } = resultConfiguration;
    const folder = OutputLocation.slice(0, OutputLocation.lastIndexOf("/"));
    // As the store has it after a restart: without members that are undefined.
    return JSON.parse(JSON.stringify({ query, database, catalog, parameters, folder, settings })) as unknown;
}

async function isThere(s3: S3Client, { resultConfiguration }: Execution): Promise<boolean> {
    const { bucket, key } = parseS3(resultConfiguration.OutputLocation ?? "") ?? { bucket: "", key: "" };
    return s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).then(
        () => true,
        () => false,
    );
}
