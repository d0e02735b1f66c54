/** The form of a rule that judges a whole stack: how its resources fit together. */
import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { advise } from "./advise";
import { Exceptions } from "./exceptions";
import { Preview, unknown } from "./preview";
import { configOf, policyOf, type RuleText } from "./ruleText";
import type { Props, ResourceType } from "./resourceTypes";

/** A resource of the stack, with the properties that it has or, in a preview, is going to have. */
export interface Member<T extends ResourceType = ResourceType> {
    readonly props: Props<T>;
    /** Its name in AWS; the Pulumi resource's where AWS's is not known yet. */
    readonly name: string;
    readonly urn: string;
    readonly resource: PolicyResource;
}

export interface JudgedStack<C extends object = object> {
    readonly config: C;
    /** The stack's resources of a type, but for the rule's exceptions. */
    readonly of: <T extends ResourceType>(type: T) => readonly Member<T>[];
    /** As `of`, with the exceptions: for what others are compared with. */
    readonly every: <T extends ResourceType>(type: T) => readonly Member<T>[];
    readonly report: (member: Member, message: string) => void;
    /** Something to know that stops nothing. */
    readonly advise: (member: Member, message: string) => void;
    /** Ends the rule. */
    readonly notApplicable: (reason: string) => never;
}

export function stackRule<C extends object = object>(
    text: RuleText,
    check: (stack: JudgedStack<C>) => void | Promise<void>,
): StackValidationPolicy {
    return {
        ...policyOf(text),
        validateStack: (args, report) => {
            const config = configOf<C>(text, args.getConfig());
            const exceptions = new Exceptions(config.exceptions);
            const every = <T extends ResourceType>(type: T) => members(args.resources, type);
            return check({
                config,
                every,
                of: (type) => every(type).filter(({ name, resource }) => !exceptions.inForce(name, resource.name)),
                report: ({ name, resource, urn }, message) =>
                    report(message + exceptions.expiry(name, resource.name), urn),
                advise: ({ urn }, message) => advise(report, message, urn),
                notApplicable: (reason) => args.notApplicable(reason),
            });
        },
    };
}

function members<T extends ResourceType>(resources: readonly PolicyResource[], type: T): Member<T>[] {
    return resources
        .filter((resource) => resource.type === type)
        .map((resource) => {
            const name = look(() => (resource.props as { name?: unknown }).name);
            return {
                props: resource.props as Props<T>,
                name: typeof name === "string" && name !== "" ? name : resource.name,
                urn: resource.urn,
                resource,
            };
        });
}

/** Reads a value that may not be known at preview. */
export function look<T>(read: () => T): T | typeof unknown {
    return new Preview().look(read);
}

/** What of it is known: `undefined` stands for a value that is not there and for one that is not known yet. */
export function known<T>(read: () => T): T | undefined {
    const value = look(read);
    return value === unknown ? undefined : value;
}

/** The resources that a property is made from; with a preview's unknown values all that is known of it. */
export function sources(member: Member, property: string): readonly PolicyResource[] {
    return member.resource.propertyDependencies[property] ?? [];
}
