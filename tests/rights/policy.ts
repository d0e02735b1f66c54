/** Whether an IAM policy allows a call: as much of IAM's logic as the policies of this repository use, and no more. */
import type { Call } from "../../local/calls";

export interface PolicyStatement {
    readonly Sid?: string;
    readonly Effect: string;
    readonly Action: string | readonly string[];
    readonly Resource: string | readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export function listOf(value: string | readonly string[]): readonly string[] {
    return typeof value === "string" ? [value] : value;
}

/**
 * A call is allowed when each of its resources is, by one statement or by several. A call is not allowed just because
 * no statement denies it: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @throws where a statement has something whose meaning is not known here
 */
export function allows(statements: readonly PolicyStatement[], call: Omit<Call, "count">): boolean {
    const fitting = statements.filter(({ Effect, Action, Condition = {} }) => {
        if (Effect !== "Allow") throw new Error(`A statement with the effect ${Effect} is not known here`);
        return listOf(Action).some((pattern) => matches(pattern, call.action, true)) && holds(Condition, call.context);
    });
    return call.resources.every((resource) =>
        fitting.some(({ Resource }) => listOf(Resource).some((pattern) => matches(pattern, resource))),
    );
}

function holds(conditions: NonNullable<PolicyStatement["Condition"]>, context: Readonly<Record<string, string>>) {
    return Object.entries(conditions).every(([operator, keys]) =>
        Object.entries(keys).every(([key, wanted]) => {
            const value = context[key];
            if (operator !== "StringEquals" && operator !== "StringLike") {
                throw new Error(`The condition operator ${operator} is not known here`);
            }
            // A key that the request does not have fits no value.
            if (value === undefined) return false;
            return listOf(wanted).some((each) => (operator === "StringEquals" ? each === value : matches(each, value)));
        }),
    );
}

/** `*` is any text, `?` any character. */
function matches(pattern: string, text: string, ignoreCase = false): boolean {
    const source = pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", "[^]*")
        .replaceAll("?", "[^]");
    return new RegExp(`^${source}$`, ignoreCase ? "i" : "").test(text);
}
