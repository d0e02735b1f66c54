/** Lines that must not reach the silver table, each with the reason that the job is to give. */
import type { Random } from "../random";
import type { BadLine } from "../sampleFiles";
import { pick } from "../values";

/** A raw record as JSON texts by field name. */
export type RawRecord = Readonly<Record<string, string>>;

export function jsonLine(record: RawRecord): string {
    return `{${Object.entries(record)
        .map(([name, text]) => `"${name}":${text}`)
        .join(",")}}`;
}

type Spoil = (record: RawRecord, random: Random) => BadLine;

const malformed = (line: string): BadLine => ({ line, reason: "malformed_json" });
const replaced = (record: RawRecord, field: string, text: string, reason: string): BadLine => ({
    line: jsonLine({ ...record, [field]: text }),
    reason,
});
const requiredFields = ["transaction_id", "customer_id", "product", "quantity", "unit_price", "store_id"] as const;

const spoils: readonly Spoil[] = [
    function truncated(record, random) {
        const line = jsonLine(record);
        return malformed(line.slice(0, 1 + random.below(line.length - 1)));
    },
    function followedByGarbage(record, random) {
        return malformed(
            jsonLine(record) + pick([" ]", "]}", " trailing text", '{"transaction_id":', ",null", "\\n"], random),
        );
    },
    function notJson(_record, random) {
        return malformed(
            pick(["ERROR upstream timed out", "<html>502</html>", "null", "[]", "{'transaction_id':1}"], random),
        );
    },
    function twoRecords(record) {
        return malformed(`${jsonLine(record)},${jsonLine(record)}`);
    },
    function fieldMissing(record, random) {
        const field = pick(requiredFields, random);
        const rest = Object.fromEntries(Object.entries(record).filter(([name]) => name !== field));
        return { line: jsonLine(rest), reason: `${field}_missing` };
    },
    function fieldNull(record, random) {
        const field = pick(requiredFields, random);
        return replaced(record, field, pick(["null", '""'], random), `${field}_missing`);
    },
    function badTime(record, random) {
        const text = pick(['"01/02/2024 10:00"', '"2024-02-30T10:00:00Z"', "1704103200", '"soon"'], random);
        return replaced(record, "timestamp", text, "event_time_invalid");
    },
    function badQuantity(record, random) {
        return replaced(
            record,
            "quantity",
            pick(["1.5", '"many"', '{"value":2}', "[3]", "99999999999"], random),
            "quantity_invalid",
        );
    },
    function badPrice(record, random) {
        return replaced(
            record,
            "unit_price",
            pick(['"N/A"', '"12,50"', "1e308", "9.999", "true"], random),
            "unit_price_invalid",
        );
    },
    function negativeQuantity(record, random) {
        return replaced(record, "quantity", String(-random.below(4)), "quantity_not_positive");
    },
    function negativePrice(record, random) {
        return replaced(record, "unit_price", `-${1 + random.below(90)}.25`, "unit_price_negative");
    },
    function unknownPayment(record, random) {
        return replaced(record, "payment_method", pick(['"barter"', '"CARD?"', "7"], random), "payment_method_unknown");
    },
];

/** Spoils a good record in one of the ways that raw files go wrong. */
export function spoil(record: RawRecord, random: Random): BadLine {
    return pick(spoils, random)(record, random);
}
