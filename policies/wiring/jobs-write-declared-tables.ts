import { outputsOf, writes } from "../lib/jobs";
import { list } from "../lib/list";
import { stackRule } from "../lib/stackRule";
import { tablesOf } from "../lib/tables";

export const jobsWriteDeclaredTables = stackRule(
    {
        name: "jobs-write-declared-tables",
        displayName: "Jobs write declared tables",
        description: "Each job writes a table that the stack declares, so that format and partitions are reviewed.",
        severity: "high",
        tags: ["cost", "governance"],
        url: "https://docs.aws.amazon.com/glue/latest/dg/tables-described.html",
        remediationSteps:
            "Declare the table that the job writes (LakeTable), and give the job its location or its name in an argument, " +
            "for example --target and --table. For a job that writes no table, make an exception with its reason.",
    },
    (stack) => {
        const tables = tablesOf(stack);
        for (const job of stack.of("aws:glue/job:Job")) {
            const outputs = outputsOf(job);
            if (tables.some((table) => writes(outputs, table) !== "no")) {
                continue;
            }
            const { values, unknowns } = outputs;
            if (unknowns && tables.length > 0) {
                stack.advise(
                    job,
                    `What job "${job.name}" writes is not known before the update. Give it the table's name in an argument, ` +
                        "for example --table, to have it checked in the preview.",
                );
                continue;
            }
            const places = values.filter((value) => /^s3[an]?:/.test(value)).map((value) => `"${value}"`);
            const found =
                places.length > 0
                    ? `names ${list(places)} in its arguments, where no table of the stack is`
                    : "names no table of the stack in its arguments, and no table's location";
            stack.report(
                job,
                `Job "${job.name}" writes to no declared table: it ${found}. Declare the table, and give the job its ` +
                    "location (--target) or name (--table).",
            );
        }
    },
);
