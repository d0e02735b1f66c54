/** Rules by which the local AWS fails requests on purpose, as a client that wants to see itself cope gives them. */

/**
 * - `unavailable`: the service's own error of status 500 or 503
 * - `throttled`: S3's SlowDown, the others' ThrottlingException
 * - `expired`: as for credentials that have expired
 * - `dropped`: the connection ends without an answer
 * - `slow`: the answer comes late
 * - `truncated`: S3's answer ends in its middle, and the connection with it
 */
export const faultKinds = ["unavailable", "throttled", "expired", "dropped", "slow", "truncated"] as const;

export type FaultKind = (typeof faultKinds)[number];

export interface FaultRule {
    readonly kind: FaultKind;
    /** Signing name, e.g. `s3`. @default every service */
    readonly service?: string;
    /** Of JSON services, e.g. `GetPartitions`. @default every one */
    readonly operation?: string;
    /** HTTP method, e.g. `PUT`. @default every one */
    readonly method?: string;
    /** A text that the request's path contains, e.g. `/my-bucket/sales/`. @default none */
    readonly path?: string;
    /** Requests that it fits and spares first. @default 0 */
    readonly after?: number;
    /** Of the others each n-th. @default 1, every one */
    readonly every?: number;
    /** How often at most. @default without end */
    readonly times?: number;
    /** Of `slow`: how late, in milliseconds. @default 1000 */
    readonly delayMs?: number;
}

const texts = ["service", "operation", "method", "path"] as const;
/** With the least value that each may have. */
const numbers = { after: 0, every: 1, times: 1, delayMs: 1 } as const;

/** @throws with what is wrong and what may stand there */
export function checkRules(given: unknown): FaultRule[] {
    if (!Array.isArray(given)) throw new Error("The rules are a JSON array; an empty one ends all faults.");
    return given.map((rule: unknown, index) => {
        try {
            return checkRule(rule);
        } catch (error) {
            throw new Error(`Rule ${index + 1}: ${(error as Error).message}`);
        }
    });
}

function checkRule(given: unknown): FaultRule {
    if (typeof given !== "object" || given === null) throw new Error("it is no object.");
    const rule = given as Record<string, unknown>;
    const known = ["kind", ...texts, ...Object.keys(numbers)];
    const unknown = Object.keys(rule).find((key) => !known.includes(key));
    if (unknown !== undefined) throw new Error(`there is no member "${unknown}"; there are ${known.join(", ")}.`);
    if (!faultKinds.includes(rule.kind as FaultKind)) throw new Error(`kind is one of ${faultKinds.join(", ")}.`);
    for (const name of texts) {
        if (rule[name] !== undefined && typeof rule[name] !== "string") throw new Error(`${name} is a text.`);
    }
    for (const [name, least] of Object.entries(numbers)) {
        const value = rule[name];
        if (value === undefined || (Number.isSafeInteger(value) && (value as number) >= least)) continue;
        throw new Error(`${name} is a whole number, at least ${least}.`);
    }
    if (rule.kind === "truncated" && rule.service !== "s3")
        throw new Error("only answers of service s3 are truncated.");
    return rule as unknown as FaultRule;
}
