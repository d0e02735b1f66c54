/** Exceptions to a rule: each names what it is for and why, and shows as "not applicable" with that reason. */
import type { PolicyConfigSchema, ResourceValidationArgs } from "@pulumi/policy";

export interface Exception {
    /** Name of the table or named query in AWS, or of the resource in the Pulumi program. */
    readonly name: string;
    readonly reason: string;
}

export const exceptionsSchema: PolicyConfigSchema = {
    properties: {
        exceptions: {
            type: "array",
            description: "Tables and named queries that the rule leaves alone, each with the reason.",
            items: {
                type: "object",
                required: ["name", "reason"],
                properties: {
                    name: { type: "string", minLength: 1 },
                    reason: { type: "string", minLength: 1 },
                },
                additionalProperties: false,
            },
            default: [],
        },
    },
};

/** Ends the rule for the resource when the configuration makes an exception of it. */
export function honourExceptions(args: ResourceValidationArgs, name: string): void {
    const { exceptions } = args.getConfig<{ exceptions: readonly Exception[] }>();
    const exception = exceptions.find((each) => each.name === name || each.name === args.name);
    if (exception !== undefined) {
        args.notApplicable(`"${name}" is an exception: ${exception.reason}`);
    }
}
