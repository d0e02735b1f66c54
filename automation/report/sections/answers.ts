import { plural } from "../../format";
import type { QueryAnswer } from "../../questions";
import { answerChart } from "../charts";
import type { Section } from "../document";
import type { RunRecord } from "../record";

/** A section for each question; what a view or a CTAS made is told in one line. */
export function answers({ answers: all }: RunRecord): Section[] {
    return all.map(answer);
}

function answer(given: QueryAnswer): Section {
    const { query, columns, rows, rowsWritten = 0 } = given;
    if (query.kind !== "select") {
        const made = query.kind === "view" ? "The view" : `The table, ${plural(rowsWritten, "row")},`;
        return { title: query.title, blocks: [{ kind: "text", text: `${made} ${query.creates} is ready in Athena.` }] };
    }
    const chart = answerChart(given);
    return {
        title: query.title,
        blocks: [
            { kind: "text", text: query.question },
            ...(chart === undefined ? [] : [chart]),
            { kind: "table", caption: query.title, columns, rows },
        ],
    };
}
