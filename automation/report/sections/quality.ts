import { columnsOf, type Section } from "../document";
import type { RunRecord } from "../record";

/** The outcome of each rule over the rows of the run. */
export function quality({ etl, contract }: RunRecord): Section {
    const title = "Data quality";
    if (etl.quality.length === 0) {
        return { title, blocks: [{ kind: "text", text: "Nothing new arrived, so there was nothing to check." }] };
    }
    const failing = contract.quality.onFailure === "fail" ? "fails the run before it publishes" : "is only told";
    return {
        title,
        blocks: [
            {
                kind: "table",
                caption: "Quality rules with their outcome",
                columns: columnsOf("rule", "outcome", "reason"),
                rows: etl.quality.map((rule) => [rule.rule, rule.outcome, rule.reason ?? ""]),
                marks: etl.quality.map((rule) => (rule.outcome === "Passed" ? "good" : "bad")),
            },
            {
                kind: "text",
                quiet: true,
                text: `The rules are DQDL, evaluated by Deequ over the rows of the run; one that does not pass ${failing}.`,
            },
        ],
    };
}
