/** The half of a remediating rule that puts things right. */
import type { ResourceRemediation, ResourceValidationArgs } from "@pulumi/policy";
import { Exceptions } from "./exceptions";
import { Preview } from "./preview";
import { only } from "./only";
import { configOf, type RuleText } from "./ruleText";

/**
 * @param fix changes the properties in place, as a copy would have to read those that are not known yet; it says whether
 * it did. The rule's exceptions are left as they are.
 */
export function remediation<C extends object>(
    text: RuleText,
    types: readonly string[],
    fix: (args: ResourceValidationArgs, config: C) => boolean,
): ResourceRemediation {
    const remediate: ResourceRemediation = (args) => {
        if (!types.includes(args.type)) {
            return undefined;
        }
        const config = configOf<C>(text, args.getConfig());
        const name = new Preview().look(() => (args.props as { name?: unknown }).name);
        const names = typeof name === "string" ? [name, args.name] : [args.name];
        if (new Exceptions(config.exceptions).inForce(...names) !== undefined) {
            return undefined;
        }
        return fix(args, config) ? args.props : undefined;
    };
    return only(types, remediate);
}
