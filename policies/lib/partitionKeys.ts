/** What a partition key's name and type tell of how queries prune by it. */

/** Keys that queries compare with numbers. */
const numericKeys = new Set(["year", "quarter", "month", "week", "day", "hour"]);

/** Types that Athena takes for partition keys and compares as queries write them. */
const comparable = /^(tinyint|smallint|int|integer|bigint|date|string|char|varchar)\b/i;

/** Types with about as many values as there are rows. */
const continuous = /^(timestamp|float|double|decimal|real)\b/i;

/** Names of which nearly every row has another value. */
const identifying =
    /(^|_)(id|ids|uuid|guid|hash|email|phone|ip|ip_address|url|session|token|timestamp|ts|epoch|minute|second|millisecond)$|(customer|user|order|transaction|session|device|event|request|message|visitor|invoice|payment)_?id$/i;

/** Why a key of that type does not prune as it should; undefined where it does. */
export function unprunable(key: string, type: string | undefined): string | undefined {
    if (numericKeys.has(key.toLowerCase()) && isText(type)) {
        return (
            `of type ${type ?? "(not set)"}: comparing it with a number ` +
            `(${key} = 7) fails in Athena with TYPE_MISMATCH, and ranges of it sort as text, "10" before ` +
            `"9", so that the wrong partitions are read. Give "${key}" the type int.`
        );
    }
    if (type !== undefined && !comparable.test(type) && !continuous.test(type)) {
        return `of type ${type}, which no query can prune by. Give "${key}" the type int, date or string.`;
    }
    return undefined;
}

/** Why a key has too many values to partition by; undefined where its name and type do not tell so. */
export function manyValues(key: string, type?: string): string | undefined {
    if (type !== undefined && continuous.test(type)) {
        return `has a partition for each ${type}`;
    }
    return identifying.test(key) ? "has a partition for nearly every row" : undefined;
}

/** `string`, `char(n)`, `varchar(n)`, and no type at all, which engines take for text. */
function isText(type: string | undefined): boolean {
    return type === undefined || /^(string|char|varchar)\b/i.test(type);
}
