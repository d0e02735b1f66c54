import { bytes, count, dollars, ratio, seconds } from "../../format";
import { scanChart } from "../charts";
import { columnsOf, type Section } from "../document";
import type { RunRecord } from "../record";

/** What each question read and cost, and what the raw text would have. */
export function scans({ answers, raw }: RunRecord): Section {
    const reading = answers.filter((answer) => answer.bytesCharged > 0);
    const whole = `any of them on raw ${raw.format}`;
    const rows = answers.map((answer) => [
        answer.query.name,
        seconds(answer.seconds),
        count(answer.bytesScanned),
        answer.bytesCharged > 0 ? bytes(answer.bytesCharged) : "nothing",
        dollars(answer.cost),
        answer.bytesCharged > 0 ? ratio(raw.bytes, answer.bytesScanned) : "–",
    ]);
    const how = raw.how === "measured" ? "as measured by counting its lines" : "the size of its objects";
    return {
        title: "Scan and cost",
        blocks: [
            scanChart([
                ...reading.map((answer) => ({ name: answer.query.name, bytes: answer.bytesScanned })),
                { name: whole, bytes: raw.bytes },
            ]),
            {
                kind: "table",
                caption: "Statements with what they scanned and cost",
                columns: columnsOf(
                    "statement",
                    "#time",
                    "#bytes scanned",
                    "#charged for",
                    "#cost",
                    `#raw ${raw.format} reads`,
                ),
                rows,
            },
            {
                kind: "text",
                quiet: true,
                text:
                    `On the raw ${raw.format} each question reads ${count(raw.bytes)} bytes, ${how}. ` +
                    "Athena charges $5 per TB scanned, at least 10 MB a query; DDL is free.",
            },
        ],
    };
}
