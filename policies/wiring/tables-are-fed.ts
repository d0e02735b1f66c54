import { catalogTargetsOf, looksAt, placesOf } from "../lib/crawlers";
import { writes } from "../lib/jobs";
import { keptQueries } from "../lib/keptQueries";
import { overlap, placeOf } from "../lib/location";
import { type JudgedStack, stackRule } from "../lib/stackRule";
import { type DeclaredTable, isNamed, tablesOf } from "../lib/tables";

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
        const feeders = [...stack.every("aws:glue/job:Job"), ...stack.every("aws:glue/crawler:Crawler")];
        const queries = await keptQueries(stack);
        if (feeders.length === 0 && queries.every(({ statements }) => statements.length === 0)) {
            stack.notApplicable(
                "the stack has no job, no crawler and no query that writes: its tables are fed from elsewhere",
            );
        }
        for (const table of tablesOf(stack, "of").filter(({ refined }) => refined)) {
            const written = queries.some(({ statements, database }) =>
                statements.some((each) => "table" in each && isNamed(table, each.table, database)),
            );
            if (!written && !isFed(stack, table)) {
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

function isFed(stack: JudgedStack, table: DeclaredTable): boolean {
    const place = table.location === undefined ? undefined : placeOf(table.location);
    const name = `${table.database ?? ""}.${table.name}`.toLowerCase();
    return (
        stack.every("aws:glue/job:Job").some((job) => writes(job, table) !== "no") ||
        stack
            .every("aws:glue/crawler:Crawler")
            .some(
                (crawler) =>
                    looksAt(crawler, table.member.urn) ||
                    catalogTargetsOf(crawler).includes(name) ||
                    placesOf(crawler).some((each) => overlap(each, place)),
            )
    );
}
