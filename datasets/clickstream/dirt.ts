/** Lines that must not reach the silver table, each with the reason that the job is to give. */
import type { Random } from "../random";
import type { BadLine } from "../sampleFiles";
import { pick } from "../values";

/** An event's fields by column, in the order of the header; empty where there is no value. */
export type RawEvent = Readonly<Record<string, string>>;

/** A line of CSV: a field is quoted where its text needs it. */
export function csvLine(fields: Iterable<string>): string {
    return [...fields].map((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(",");
}

type Spoil = (event: RawEvent, random: Random) => BadLine;

const lineOf = (event: RawEvent): string => csvLine(Object.values(event));
const malformed = (line: string): BadLine => ({ line, reason: "malformed_csv" });
const replaced = (event: RawEvent, column: string, text: string, reason: string): BadLine => ({
    line: lineOf({ ...event, [column]: text }),
    reason,
});
const requiredColumns = ["event_id", "event_time", "session_id", "event_type", "page_url", "duration_ms"] as const;

const spoils: readonly Spoil[] = [
    /** In the middle of a field, or of a quoted one, but not right after its opening quote: that would close an earlier one. */
    function truncated(event, random) {
        const line = lineOf(event);
        const cut = line.slice(0, 1 + random.below(line.lastIndexOf(",") - 1));
        return malformed(cut.endsWith('"') ? cut.replace(/"+$/, "") : cut);
    },
    function followedByGarbage(event, random) {
        return malformed(lineOf(event) + pick([",", ",null", ",a,b", `,${lineOf(event)}`], random));
    },
    function notCsv(_event, random) {
        return malformed(pick(["ERROR upstream timed out", "<html>502</html>", "{}", "--", ",,,"], random));
    },
    function bareQuote(event, random) {
        const address = pick(['https://shop.example/?q=5"pot', 'https://shop.example/?q="hi"', '"pot" sale'], random);
        const fields = Object.entries(event).map(([name, text]) => (name === "page_url" ? address : csvLine([text])));
        return malformed(fields.join(","));
    },
    function fieldMissing(event, random) {
        const column = pick(requiredColumns, random);
        return replaced(event, column, pick(["", "  "], random), `${column}_missing`);
    },
    function badTime(event, random) {
        const text = pick(["01/02/2024 10:00", "2024-02-30T10:00:00Z", "1704103200", "soon"], random);
        return replaced(event, "event_time", text, "event_time_invalid");
    },
    function badDuration(event, random) {
        const text = pick(["1.5", "fast", "1,200", "99999999999"], random);
        return replaced(event, "duration_ms", text, "duration_ms_invalid");
    },
    function badRevenue(event, random) {
        return replaced(event, "revenue", pick(["12,50", "free", "9.999", "$5"], random), "revenue_invalid");
    },
    function negativeDuration(event, random) {
        return replaced(event, "duration_ms", String(-1 - random.below(9000)), "duration_negative");
    },
    function unknownEvent(event, random) {
        const text = pick(["hover", "PAGE_VIEW", "page view", "7"], random);
        return replaced(event, "event_type", text, "event_type_unknown");
    },
    function receivedTooEarly(event) {
        return replaced(event, "received_at", "2001-01-01T00:00:00.000Z", "received_before_event");
    },
    function strayRevenue(event) {
        const revenue = event.event_type === "purchase" ? "" : "5.00";
        return replaced(event, "revenue", revenue, "revenue_not_of_purchase");
    },
];

/** Spoils a good event in one of the ways that raw files go wrong. */
export function spoil(event: RawEvent, random: Random): BadLine {
    return pick(spoils, random)(event, random);
}
