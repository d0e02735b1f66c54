import { keeps, targetsOf } from "../lib/crawlers";
import { outputsOf, writes } from "../lib/jobs";
import { keptQueries } from "../lib/keptQueries";
import { stackRule } from "../lib/stackRule";
import { isNamed, tablesOf } from "../lib/tables";

export const tablesAreFed = stackRule(
    {
        name: "tables-are-fed",
        displayName: "Tables are fed",
        description: "Each silver and gold table is written by a job or a query of the stack, or kept by a crawler.",
        severity: "medium",
        tags: ["governance"],
        url: "https://docs.aws.amazon.com/glue/latest/dg/tables-described.html",
        remediationSteps:
            "Name the table in the arguments of the job that writes it, or as the catalog target of a crawler. Remove a " +
            "table that nothing feeds; for one that is fed from elsewhere, make an exception with its reason.",
    },
    async (stack) => {
        const jobs = stack.every("aws:glue/job:Job").map(outputsOf);
        const crawlers = stack.every("aws:glue/crawler:Crawler").map(targetsOf);
        const queries = (await keptQueries(stack)).filter(({ statements }) => statements.length > 0);
        if (jobs.length + crawlers.length + queries.length === 0) {
            stack.notApplicable(
                "the stack has no job, no crawler and no query that writes: its tables are fed from elsewhere",
            );
        }
        for (const table of tablesOf(stack, "of").filter(({ refined }) => refined)) {
            const fed =
                jobs.some((job) => writes(job, table) !== "no") ||
                crawlers.some((crawler) => keeps(crawler, table)) ||
                queries.some(({ statements, database }) =>
                    statements.some((each) => "table" in each && isNamed(table, each.table, database)),
                );
            if (!fed) {
                stack.report(
                    table.member,
                    `Table "${table.name}" is fed by nothing: no job names it or its location in an argument, no crawler ` +
                        "has it as a target, no query of the stack inserts into it. Name it in the arguments of the job that " +
                        "writes it, or remove it.",
                );
            }
        }
    },
);
