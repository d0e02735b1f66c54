/**
 * The findings that stay, and why: audit/explanations.yaml, in the form of Prowler's mutelist. Prowler itself would
 * mute passed checks as well, so that here it is applied to what failed.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";

export const explanationsFile = path.join(__dirname, "explanations.yaml");

export interface Explanation {
    /** Name of a check, or a regular expression for several. */
    readonly check: string;
    /** Regular expressions of what the resources are called in Prowler; `*` for every one. */
    readonly resources: readonly string[];
    readonly reason: string;
}

export function explanations(text = fs.readFileSync(explanationsFile, "utf8")): Explanation[] {
    const { Mutelist } = parse(text) as {
        Mutelist: { Accounts: { "*": { Checks: Record<string, { Resources: string[]; Description: string }> } } };
    };
    return Object.entries(Mutelist.Accounts["*"].Checks).map(([check, { Resources, Description }]) => ({
        check,
        resources: Resources,
        reason: Description,
    }));
}

/** As Prowler reads it: an expression is looked for anywhere in the name. */
export function explains({ check, resources }: Explanation, finding: { check: string; name: string }): boolean {
    return (
        new RegExp(check).test(finding.check) &&
        resources.some((pattern) => pattern === "*" || new RegExp(pattern).test(finding.name))
    );
}
