/** GetQueryResults: reads the pages back from the result's object in S3, as long as it is there. */
import { GetObjectCommand, NoSuchKey, S3ServiceException, type S3Client } from "@aws-sdk/client-s3";
import type { GetQueryResultsInput, GetQueryResultsOutput, Row } from "@aws-sdk/client-athena";
import type { Readable } from "node:stream";
import { invalid, pageSize } from "../errors";
import { manifestColumn } from "../results/columns";
import { csvLines, textLines, type Cells } from "../results/csv";
import { parseS3 } from "../results/location";
import type { Execution } from "./record";

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html */
const largestPage = 1000;

/** @throws as AWS where the query has not succeeded or its result is gone */
export async function readResults(
    s3: S3Client,
    execution: Execution,
    input: GetQueryResultsInput,
): Promise<GetQueryResultsOutput> {
    const { state, columns = [], result, updateCount } = execution;
    if (state === "QUEUED" || state === "RUNNING") throw invalid(`Query has not yet finished. Current state: ${state}`);
    if (state !== "SUCCEEDED") throw invalid(`Query did not finish successfully. Final query state: ${state}`);
    const manifest = input.QueryResultType === "DATA_MANIFEST" ? manifestOf(execution) : undefined;
    const size = pageSize(input.MaxResults, largestPage);
    const offset = Number(input.NextToken ?? "0");
    if (!Number.isInteger(offset) || offset < 0) throw invalid("The NextToken is not valid.");
    const source = manifest ?? (result === "none" ? undefined : execution.resultConfiguration.OutputLocation);
    const read = manifest === undefined && result === "csv" ? csvLines : textLines;
    const { rows, next } = source === undefined ? { rows: [] } : await readPage(s3, source, read, offset, size);
    return {
        UpdateCount: updateCount ?? 0,
        ResultSet: {
            Rows: rows,
            ResultSetMetadata: { ColumnInfo: manifest === undefined ? columns : [manifestColumn] },
        },
        NextToken: next === undefined ? undefined : String(next),
    };
}

/** Only of statements that write files. @throws as AWS for others */
function manifestOf({ manifest }: Execution): string {
    if (manifest === undefined) throw invalid("The query has no data manifest; CTAS, INSERT and UNLOAD have one.");
    return manifest;
}

/** The token is the byte at which the next page begins: a page costs what it holds, however long the result. */
async function readPage(
    s3: S3Client,
    location: string,
    read: typeof csvLines,
    offset: number,
    size: number,
): Promise<{ rows: Row[]; next?: number }> {
    const address = parseS3(location) ?? { bucket: "", key: "" };
    const rows: Row[] = [];
    let next: number | undefined;
    const { body, total } = await open(s3, address.bucket, address.key, offset);
    if (!body) return { rows };
    for await (const { cells, end } of read(body, offset)) {
        rows.push(describeRow(cells));
        if (rows.length < size) continue;
        next = end < total ? end : undefined;
        break;
    }
    body.destroy();
    return { rows, next };
}

async function open(
    s3: S3Client,
    bucket: string,
    key: string,
    offset: number,
): Promise<{ body?: Readable; total: number }> {
    try {
        const range = offset > 0 ? { Range: `bytes=${offset}-` } : {};
        const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...range }));
        return { body: object.Body as Readable | undefined, total: offset + (object.ContentLength ?? 0) };
    } catch (error) {
        if (error instanceof NoSuchKey) throw invalid(`Could not find results: s3://${bucket}/${key} does not exist.`);
        if (error instanceof S3ServiceException && error.name === "InvalidRange")
            throw invalid("The NextToken is not valid.");
        if (error instanceof S3ServiceException)
            throw invalid(`Could not read results: ${error.name}: ${error.message}`);
        throw error;
    }
}

function describeRow(cells: Cells): Row {
    return { Data: cells.map((cell) => (cell === undefined ? {} : { VarCharValue: cell })) };
}
