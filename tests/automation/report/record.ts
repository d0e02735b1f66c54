/** A run to report on, with text that would break a careless page. */
import type { RunRecord } from "../../../automation/report";
import type { ResultColumn } from "../../../automation/athena";
import type { QueryAnswer } from "../../../automation/questions";
import type { RunReport } from "../../../automation/runReport";
import { dataset, type QueryChart } from "../../../datasets";

export const hostile = `<img src=x onerror="alert(1)"> | *b* & "q"`;

const { contract } = dataset("sales");
const days = Array.from({ length: 60 }, (_, index) => new Date(Date.UTC(2024, 0, 1 + index)));

const run: RunReport = {
    runId: "jr_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    dataset: "sales",
    mode: "run",
    status: "succeeded",
    rows: { input: 1200, output: 1100, quarantined: 60, duplicates: 30, alreadyPublished: 10, replaced: 4 },
    quarantineReasons: { malformed_json: 35, quantity_missing: 25 },
    objects: 60,
    schemaChanges: { newFields: { [hostile]: 3 }, missingFields: ["a.csv: region"] },
    partitions: days.map((day) => `year=2024/month=${day.getUTCMonth() + 1}/day=${day.getUTCDate()}`),
    files: 60,
    bytesRead: 3_000_000,
    bytesScanned: 0,
    bytesWritten: 200_000,
    gold: [{ table: "daily_sales", partitions: ["year=2024/month=1", "year=2024/month=2"] }],
    quality: [
        { rule: "RowCount > 0", outcome: "Passed" },
        {
            rule: `IsUnique "${hostile}"`,
            outcome: "Failed",
            reason: "Value: 0.98 does not meet the constraint requirement!",
        },
    ],
    peakMemoryMiB: 512,
    stages: [
        { name: "stage", seconds: 4.2 },
        { name: "publish", seconds: 0.4 },
    ],
};

const sql = { sql: "SELECT 1", select: "SELECT 1", parameters: [], placeholders: [], columns: [] };

function select(
    name: string,
    title: string,
    answer: Pick<QueryAnswer, "columns" | "rows" | "bytesScanned">,
    chart?: QueryChart,
): QueryAnswer {
    return {
        query: { name, title, question: `What is asked? ${hostile}`, kind: "select", chart, ...sql },
        queryId: "0f0f0f0f-0000-4000-8000-000000000000",
        seconds: 1.25,
        reused: false,
        bytesCharged: 10_485_760,
        cost: 0.0000477,
        parameters: [],
        ...answer,
    };
}

const column = (title: string, type: string): ResultColumn => ({
    title,
    type,
    fullType: type,
    numeric: ["bigint", "decimal"].includes(type),
});

export const answers: readonly QueryAnswer[] = [
    select(
        "revenue-by-category",
        "Revenue by category",
        {
            columns: [column("category", "varchar"), column("revenue", "decimal")],
            rows: [
                ["electronics", "1641596.62"],
                [hostile, "0.05"],
                [null, null],
            ],
            bytesScanned: 231_543,
        },
        { kind: "bar", x: "category", y: "revenue" },
    ),
    select(
        "daily-trend",
        "Daily trend",
        {
            columns: [
                column("sale_date", "date"),
                column("transactions", "bigint"),
                column("revenue", "decimal"),
                column("a_long_name_for_a_column_of_the_answer", "varchar"),
            ],
            rows: days.map((day, index) => [
                day.toISOString().slice(0, 10),
                String(100 + index),
                `${1000 + 37 * index}.50`,
                "north-by-north-west-of-the-river-and-the-mill",
            ]),
            bytesScanned: 528_558,
        },
        { kind: "area", x: "sale_date", y: "revenue" },
    ),
    select(
        "regions",
        "Regions by month",
        {
            columns: [column("month", "varchar"), column("region", "varchar"), column("sales", "bigint")],
            rows: ["2024-01", "2024-02", "2024-03"].flatMap((month, index) => [
                [month, "north", String(10 + index)],
                [month, "south", String(20 - index)],
            ]),
            bytesScanned: 55_550,
        },
        { kind: "line", x: "month", y: "sales", series: "region" },
    ),
    {
        ...select("monthly-summary", "CTAS monthly_summary", { columns: [], rows: [], bytesScanned: 900_000 }),
        query: {
            name: "monthly-summary",
            title: "CTAS monthly_summary",
            question: "What was sold each month?",
            kind: "ctas",
            creates: "monthly_summary",
            ...sql,
        },
        rowsWritten: 84,
    },
];

export const record: RunRecord = {
    stack: "local",
    contract: { ...contract, description: `${contract.description} ${hostile}` },
    of: {
        database: "lakeworks_local_sales",
        rawTable: "raw_sales",
        table: "sales",
        rawCrawler: "raw",
        processedCrawler: "processed",
        job: "lakeworks-local-sales-etl",
        workgroup: "lakeworks-local-sales-queries",
        rawLocation: "s3://lakeworks-local-bronze-0123456/sales/",
        silverLocation: "s3://lakeworks-local-silver-0123456/sales/",
        quarantineLocation: "s3://lakeworks-local-silver-0123456/_quarantine/sales/",
        reportsLocation: "s3://lakeworks-local-silver-0123456/_reports/sales/",
        namedQueries: {},
        preparedStatements: [],
    },
    startedAt: new Date("2024-03-01T02:00:00Z"),
    seeded: {
        shape: { rows: 1000, days: 60, start: "2024-01-01", seed: 1, badRate: 0, duplicateRate: 0, lateRate: 0 },
        counts: { lines: 1200, bytes: 3_000_000, clean: 1000, late: 0, bad: 60, duplicates: 30, badByReason: {} },
        objects: 60,
        uploaded: { objects: 60, bytes: 3_000_000 },
        finished: false,
    },
    etl: run,
    runs: [run],
    raw: { bytes: 27_014_744, format: "JSON", how: "measured" },
    answers,
    stages: [
        { title: "pulumi up, stack local", seconds: 77.6 },
        { title: "Seed sales", seconds: 2.6 },
    ],
};
