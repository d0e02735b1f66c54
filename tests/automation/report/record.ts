/** A run to report on, with text that would break a careless page. */
import type { RunRecord } from "../../../automation/report";
import type { QueryAnswer } from "../../../automation/questions";
import type { RunReport } from "../../../automation/runReport";
import { dataset } from "../../../datasets";

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
    stages: [
        { name: "stage", seconds: 4.2 },
        { name: "publish", seconds: 0.4 },
    ],
};

function select(
    name: string,
    title: string,
    answer: Pick<QueryAnswer, "columns" | "rows" | "bytesScanned">,
): QueryAnswer {
    return {
        query: { name, title, kind: "select", sql: "SELECT 1" },
        queryId: "0f0f0f0f-0000-4000-8000-000000000000",
        seconds: 1.25,
        bytesCharged: 10_485_760,
        cost: 0.0000477,
        ...answer,
    };
}

export const answers: readonly QueryAnswer[] = [
    select("revenue-by-category", "Revenue by category", {
        columns: [
            { title: "category", type: "varchar", numeric: false },
            { title: "revenue", type: "decimal", numeric: true },
        ],
        rows: [
            ["electronics", "1641596.62"],
            [hostile, "0.05"],
            [null, null],
        ],
        bytesScanned: 231_543,
    }),
    select("daily-trend", "Daily trend", {
        columns: [
            { title: "sale_date", type: "date", numeric: false },
            { title: "transactions", type: "bigint", numeric: true },
            { title: "revenue", type: "decimal", numeric: true },
            { title: "a_long_name_for_a_column_of_the_answer", type: "varchar", numeric: false },
        ],
        rows: days.map((day, index) => [
            day.toISOString().slice(0, 10),
            String(100 + index),
            `${1000 + 37 * index}.50`,
            "north-by-north-west-of-the-river-and-the-mill",
        ]),
        bytesScanned: 528_558,
    }),
    {
        ...select("monthly-summary", "CTAS monthly_summary", { columns: [], rows: [], bytesScanned: 900_000 }),
        query: {
            name: "monthly-summary",
            title: "CTAS monthly_summary",
            kind: "ctas",
            creates: "monthly_summary",
            sql: "",
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
    },
    startedAt: new Date("2024-03-01T02:00:00Z"),
    seeded: {
        shape: { rows: 1000, days: 60, start: "2024-01-01", seed: 1, badRate: 0, duplicateRate: 0, lateRate: 0 },
        counts: { lines: 1200, bytes: 3_000_000, clean: 1000, late: 0, bad: 60, duplicates: 30, badByReason: {} },
        objects: 60,
        uploaded: { objects: 60, bytes: 3_000_000 },
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
