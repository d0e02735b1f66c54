import { deepEqual } from "node:assert/strict";
import { jobsWriteDeclaredTables } from "../../../policies/wiring/jobs-write-declared-tables";
import { icebergTable, job, storage, table } from "../fixtures";
import { clean, excepted, judgeStack, type Subject, unknownString, type Verdict, violation } from "../harness";
import { bucket, etl, sales, view } from "./fixtures";

const judged = (...subjects: Subject[]): Promise<Verdict> => judgeStack(jobsWriteDeclaredTables, subjects);
const told = (args: Record<string, string>, madeFrom?: Subject["madeFrom"]): Subject => ({
    ...job({ defaultArguments: args }),
    madeFrom,
});

const nothing = violation(
    'etl: Job "sales-etl" writes to no declared table: it names no table of the stack in its arguments, and no table\'s ' +
        "location. Declare the table, and give the job its location (--target) or name (--table).",
);

describe("policy jobs-write-declared-tables", () => {
    it("passes a job that names the table's location, a folder of it, or the folder above", async () => {
        deepEqual(await judged(etl, sales), clean);
        for (const place of ["s3://silver/sales", "s3a://silver/sales/eu/", "s3n://silver/sales/"]) {
            deepEqual(await judged(told({ "--out": place }), sales), clean, place);
        }
        const inFolder = {
            ...table({ storageDescriptor: { ...storage, location: "s3://lake/silver/sales/" } }),
            name: "t",
        };
        deepEqual(await judged(told({ "--root": "s3://lake/silver/" }), inFolder), clean);
    });

    it("passes a job that names the table", async () => {
        for (const name of ["sales", "Sales", "lakeworks_dev_sales.sales"]) {
            deepEqual(await judged(told({ "--table": name }), sales), clean, name);
        }
        deepEqual(await judged(job({ nonOverridableArguments: { "--table": "sales" } }), sales), clean);
        deepEqual(await judged(etl, { ...icebergTable({ location: "s3://silver/sales/" }), name: "iceberg" }), clean);
    });

    it("refuses a job that writes elsewhere, naming where", async () => {
        deepEqual(
            await judged(told({ "--target": "s3://silver/orders/", "--errors": "s3://silver/errors/" }), sales),
            violation(
                'etl: Job "sales-etl" writes to no declared table: it names "s3://silver/orders/" and "s3://silver/errors/" in ' +
                    "its arguments, where no table of the stack is. Declare the table, and give the job its location " +
                    "(--target) or name (--table).",
            ),
        );
    });

    it("refuses a job that says nothing of what it writes: its input and Glue's own arguments don't", async () => {
        deepEqual(await judged(told({}), sales), nothing);
        deepEqual(await judged(job({ defaultArguments: undefined }), sales), nothing);
        const args = {
            "--source": "s3://silver/sales/",
            "--TempDir": "s3://silver/sales/",
            "--enable-metrics": "sales",
        };
        deepEqual(await judged(told(args), sales), nothing);
    });

    it("does not take a whole bucket for the table's folder, nor a view for a table", async () => {
        deepEqual((await judged(told({ "--target": "s3://silver/" }), sales)).violations.length, 1);
        deepEqual((await judged(told({ "--table": "daily" }), view)).violations.length, 1);
    });

    it("honours an exception", async () => {
        const config = excepted("sales-etl", "it sends mails");
        deepEqual(await judgeStack(jobsWriteDeclaredTables, [told({}), sales], config), clean);
    });

    describe("at preview", () => {
        const unknownTable = {
            ...table({ storageDescriptor: { ...storage, location: unknownString } }),
            name: "sales-table",
            madeFrom: { storageDescriptor: ["silver"] },
        };

        it("passes a job that is made from the table, or from the bucket of it", async () => {
            const target = { "--target": unknownString };
            deepEqual(
                await judged(told(target, { defaultArguments: ["sales-table"] }), unknownTable, bucket("silver")),
                clean,
            );
            deepEqual(
                await judged(told(target, { defaultArguments: ["silver"] }), unknownTable, bucket("silver")),
                clean,
            );
        });

        it("advises where nothing links them yet", async () => {
            deepEqual(await judged(told({ "--target": unknownString }), sales), {
                violations: [],
                advice: [
                    'etl: What job "sales-etl" writes is not known before the update. Give it the table\'s name in an ' +
                        "argument, for example --table, to have it checked in the preview.",
                ],
            });
        });

        it("refuses a job in a stack without tables, whatever is not known", async () => {
            deepEqual(await judged(told({ "--target": unknownString })), nothing);
        });
    });
});
