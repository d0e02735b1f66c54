/** Runs one policy as the SDK does in a preview: through the proxy that throws at unknown values. */
import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import * as pulumiProxy from "@pulumi/policy/proxy";

/** The SDK marks these as internal and leaves them out of its types. */
const { unknownCheckingProxy, unknownStringValue, unknownArrayValue, unknownObjectValue } = pulumiProxy as unknown as {
    readonly unknownCheckingProxy: <T>(props: T) => T;
    readonly unknownStringValue: string;
    readonly unknownArrayValue: string;
    readonly unknownObjectValue: string;
};

/** Stand in a fixture for a value of that shape that is not known at preview. */
export const unknownString = unknownStringValue;
export const unknownArray = unknownArrayValue as unknown as [];
export const unknownObject = unknownObjectValue as unknown as object;

export interface Verdict {
    /** Messages that stop the deployment. */
    readonly violations: readonly string[];
    readonly advice: readonly string[];
    /** Why the rule does not apply to the resource. */
    readonly notApplicable?: string;
    /** The SDK reports the rule as advisory: this value is not known yet. */
    readonly notKnownYet?: string;
}

class NotApplicable extends Error {}

export interface Subject {
    readonly type: string;
    /** Of the Pulumi resource. @default resource-name */
    readonly name?: string;
    readonly props: object;
    /** @default false */
    readonly protect?: boolean;
    /** Of a stack's resource: the names of the resources that each property is made from. */
    readonly madeFrom?: Readonly<Record<string, readonly string[]>>;
}

/** @param stack the name of the resource's stack */
export function judge(policy: object, subject: Subject, config: object = {}, stack = "test"): Promise<Verdict> {
    const validate = (policy as ResourceValidationPolicy).validateResource;
    if (typeof validate !== "function") {
        throw new Error(`Policy ${(policy as ResourceValidationPolicy).name} does not validate single resources.`);
    }
    return verdictOf((report, notApplicable) =>
        validate(
            {
                ...resourceOf(subject, stack),
                stackTags: new Map(),
                getConfig: <T extends object>() => config as T,
                notApplicable,
            },
            report,
        ),
    );
}

/** A stack rule's verdict; each message comes with the name of the resource it is about: `sales: Table …`. */
export function judgeStack(
    policy: object,
    subjects: readonly Subject[],
    config: object = {},
    stack = "test",
): Promise<Verdict> {
    const { validateStack } = policy as StackValidationPolicy;
    const resources = subjects.map((subject) => ({
        ...resourceOf(subject, stack),
        dependencies: [] as never[],
        propertyDependencies: noSources(),
    }));
    const named = new Map(resources.map((resource) => [resource.name, resource]));
    for (const { name, madeFrom = {} } of subjects) {
        const resource = named.get(name ?? defaultName)!;
        for (const [property, sources] of Object.entries(madeFrom)) {
            resource.propertyDependencies[property] = sources.map((source) => named.get(source)! as never);
        }
    }
    return verdictOf((report, notApplicable) =>
        Promise.resolve(
            validateStack(
                {
                    resources,
                    stackTags: new Map(),
                    getConfig: <T extends object>() => config as T,
                    notApplicable,
                },
                report,
            ),
        ),
    );
}

const defaultName = "resource-name";

function noSources(): Record<string, never[]> {
    return {};
}

function resourceOf({ type, name = defaultName, props, protect = false }: Subject, stack: string) {
    return {
        type,
        name,
        urn: `urn:pulumi:${stack}::test::${type}::${name}`,
        props: unknownCheckingProxy(props),
        opts: {
            protect,
            ignoreChanges: [],
            aliases: [],
            additionalSecretOutputs: [],
            customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
        },
        isType: () => false,
        asType: () => undefined,
    };
}

type Report = (message: string, urn?: string) => void;
type Violation = string | { readonly message: string; readonly enforcementLevel: string; readonly urn?: string };

async function verdictOf(
    run: (report: Report, notApplicable: (reason?: string) => never) => Promise<void> | void,
): Promise<Verdict> {
    const violations: string[] = [];
    const advice: string[] = [];
    const report = (violation: Violation, urn?: string): void => {
        const { message, enforcementLevel, ...at } =
            typeof violation === "string" ? { message: violation, enforcementLevel: "mandatory", urn } : violation;
        const where = at.urn === undefined ? "" : `${at.urn.split("::").at(-1)}: `;
        (enforcementLevel === "advisory" ? advice : violations).push(where + message);
    };
    try {
        await run(report, (reason) => {
            throw new NotApplicable(reason);
        });
    } catch (error) {
        if (error instanceof NotApplicable) {
            return { violations, advice, notApplicable: error.message };
        }
        if (error instanceof Error && error.message.endsWith("can't be known during preview")) {
            return { violations, advice, notKnownYet: error.message };
        }
        throw error;
    }
    return { violations, advice };
}

export const clean: Verdict = { violations: [], advice: [] };

/** Just the one violation. */
export function violation(message: string): Verdict {
    return { violations: [message], advice: [] };
}

/** The configuration of an exception that is in force. */
export function excepted(name: string, reason: string): object {
    return { exceptions: [{ name, reason, until: "9999-12-31" }] };
}
