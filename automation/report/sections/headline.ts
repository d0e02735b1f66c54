import { count, dollars, plural, ratio } from "../../format";
import type { Section } from "../document";
import { totals, type RunRecord } from "../record";

/** The numbers that are read first. */
export function headline({ etl, runs, raw, answers }: RunRecord): Section {
    const { rows } = totals(runs);
    const asked = answers.filter((answer) => answer.query.kind === "select");
    const scanned = asked.reduce((sum, answer) => sum + answer.bytesScanned, 0);
    const cost = answers.reduce((sum, answer) => sum + answer.cost, 0);
    const passed = etl.quality.filter((rule) => rule.outcome === "Passed").length;
    const quality =
        etl.quality.length === 0 ? [] : [{ value: `${passed} of ${etl.quality.length}`, name: "quality rules passed" }];
    return {
        title: "At a glance",
        blocks: [
            {
                kind: "figures",
                figures: [
                    {
                        value: count(rows.output - rows.replaced),
                        name: `rows in silver after ${plural(runs.length, "run")}`,
                    },
                    { value: count(rows.quarantined), name: "rows quarantined" },
                    ...quality,
                    {
                        value: ratio(raw.bytes * asked.length, scanned),
                        name: `fewer bytes than the same questions read on raw ${raw.format}`,
                    },
                    { value: dollars(cost), name: `for ${plural(answers.length, "statement")} on Athena` },
                ],
            },
        ],
    };
}
