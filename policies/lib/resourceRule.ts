/** The form of a rule that judges resources one by one. */
import type {
    ResourceRemediation,
    ResourceValidation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
} from "@pulumi/policy";
import { advise } from "./advise";
import { Exceptions, type ExceptionsConfig } from "./exceptions";
import { only } from "./only";
import { Preview } from "./preview";
import type { Props, ResourceType } from "./resourceTypes";
import { configOf, policyOf, type RuleText } from "./ruleText";

/** One resource in front of a rule. `C` is the rule's own configuration. */
export interface Judged<T extends ResourceType, C extends object = object> {
    readonly props: Props<T>;
    /** Its name in AWS; the Pulumi resource's where AWS's is not known yet. */
    readonly name: string;
    readonly urn: string;
    readonly opts: ResourceValidationArgs["opts"];
    readonly provider: ResourceValidationArgs["provider"];
    readonly config: C;
    /** Reads a value that may not be known at preview. */
    readonly look: Preview["look"];
    /** A violation, at the rule's level. */
    readonly report: (message: string) => void;
    /** Something to know that stops nothing. */
    readonly advise: (message: string) => void;
    /** Ends the rule for this resource. */
    readonly notApplicable: (reason: string) => never;
}

export type Checks<C extends object> = {
    readonly [T in ResourceType]?: (judged: Judged<T, C>) => void | Promise<void>;
};

type AnyCheck<C extends object> = (judged: Judged<ResourceType, C>) => void | Promise<void>;

/** @param checks one per type of resource; to all others the rule does not apply */
export function resourceRule<C extends object = object>(
    text: RuleText,
    checks: Checks<C>,
    remediateResource?: ResourceRemediation,
): ResourceValidationPolicy {
    const types = Object.keys(checks);
    const others = `the rule is for ${types.map(shortType).join(", ")}`;
    const run = async (check: AnyCheck<C>, args: ResourceValidationArgs, report: Report): Promise<void> => {
        const preview = new Preview();
        await check(judge(args, report, preview, configOf<C>(text, args.getConfig())));
        preview.settle();
    };
    const validateResource: ResourceValidation = (args, report) => {
        const check = checks[args.type as ResourceType] as AnyCheck<C> | undefined;
        return check === undefined ? leave(args, others) : run(check, args, report);
    };
    return {
        ...policyOf(text),
        ...(remediateResource && { remediateResource }),
        validateResource: only(types, validateResource),
    };
}

type Report = Parameters<ResourceValidation>[1];

/** Says that a rule does not apply. It does so for most resources of each preview: a stack trace would take longer than the rules. */
function leave(args: ResourceValidationArgs, reason: string): never {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
        return args.notApplicable(reason);
    } finally {
        Error.stackTraceLimit = stackTraceLimit;
    }
}

function judge<C extends object>(
    args: ResourceValidationArgs,
    report: Report,
    preview: Preview,
    config: C & ExceptionsConfig,
): Judged<ResourceType, C> {
    const exceptions = new Exceptions(config.exceptions);
    const known = preview.peek(() => (args.props as { name?: unknown }).name);
    const name = typeof known === "string" && known !== "" ? known : args.name;
    const exception = exceptions.inForce(name, args.name);
    if (exception !== undefined) {
        args.notApplicable(`"${name}" is an exception until ${exception.until}: ${exception.reason}`);
    }
    return {
        props: args.props as Props<ResourceType>,
        name,
        urn: args.urn,
        opts: args.opts,
        provider: args.provider,
        config,
        look: (read) => preview.look(read),
        report: (message) => report(message + exceptions.expiry(name, args.name)),
        advise: (message) => advise(report, message),
        notApplicable: (reason) => args.notApplicable(reason),
    };
}

/** `aws:glue/job:Job` → `glue.Job` */
export function shortType(type: string): string {
    const [, module = "", name = ""] = /^aws:(\w+)\/\w+:(\w+)$/.exec(type) ?? [];
    return `${module}.${name}`;
}
