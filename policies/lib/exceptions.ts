/** Exceptions to a rule: each names what it is for, why, and until when. Until then the rule is "not applicable" with that reason. */
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";

export interface Exception {
    /** Name in AWS, or of the resource in the Pulumi program. */
    readonly name: string;
    readonly reason: string;
    /** Last day on which it holds, `YYYY-MM-DD`, in UTC. */
    readonly until: string;
}

/** Configuration that every rule has. */
export interface ExceptionsConfig {
    readonly exceptions: readonly Exception[];
}

export const exceptionsSchema: PolicyConfigJSONSchema = {
    type: "array",
    description: "What the rule leaves alone, each with the reason and the last day on which it does.",
    items: {
        type: "object",
        required: ["name", "reason", "until"],
        properties: {
            name: { type: "string", minLength: 1 },
            reason: { type: "string", minLength: 1 },
            until: { type: "string", pattern: "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$" },
        },
        additionalProperties: false,
    },
    default: [],
};

export class Exceptions {
    constructor(
        private readonly all: readonly Exception[],
        private readonly today = new Date().toISOString().slice(0, 10),
    ) {}

    /** The exception in force for something that goes by any of these names. */
    inForce(...names: readonly string[]): Exception | undefined {
        return this.of(names).find(({ until }) => until >= this.today);
    }

    /** What to add to a violation whose exception is over; empty where there was none. */
    expiry(...names: readonly string[]): string {
        const [expired] = this.of(names).filter(({ until }) => until < this.today);
        return expired === undefined ? "" : ` Its exception ("${expired.reason}") ended on ${expired.until}.`;
    }

    private of(names: readonly string[]): readonly Exception[] {
        return this.all.filter(({ name }) => names.includes(name));
    }
}
