/** IAM policy documents as rules read them: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
import { type Preview, unknown } from "./preview";

type Look = Preview["look"];
type Known<T> = T | typeof unknown;

/** Each part as far as it is known: in a preview, a document given as an object may have values that are not known yet. */
export interface PolicyStatement {
    readonly effect: Known<string | undefined>;
    /** `*`, or the ARNs, services and accounts. */
    readonly principals: Known<readonly string[]>;
    readonly actions: Known<readonly string[]>;
    /** Everything but these is meant. */
    readonly notActions: Known<readonly string[]>;
    readonly resources: Known<readonly string[]>;
    /** Operator → key → values; keys in lower case, as IAM does not mind their case. */
    readonly condition: Known<Conditions | undefined>;
}

export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/**
 * The statements of a document, given as JSON or as an object.
 * @returns none where it is no JSON, which AWS refuses
 */
export function statementsOf(look: Look, read: () => unknown): readonly PolicyStatement[] | typeof unknown {
    const document = look(() => parsed(read()));
    if (document === unknown) {
        return unknown;
    }
    const statements = look(() => listOf(document?.["Statement"]).map((statement) => statement as Fields));
    return statements === unknown ? unknown : statements.map((statement) => readStatement(look, statement));
}

type Fields = Readonly<Record<string, unknown>>;

function parsed(document: unknown): Fields | undefined {
    if (typeof document !== "string") {
        return document as Fields | undefined;
    }
    try {
        return JSON.parse(document) as Fields;
    } catch {
        return undefined;
    }
}

function readStatement(look: Look, statement: Fields): PolicyStatement {
    return {
        effect: look(() => statement["Effect"] as string | undefined),
        principals: look(() => principalsOf(statement["Principal"])),
        actions: look(() => textsOf(statement["Action"])),
        notActions: look(() => textsOf(statement["NotAction"])),
        resources: look(() => textsOf(statement["Resource"])),
        condition: look(() => conditionsOf(statement["Condition"])),
    };
}

function principalsOf(principal: unknown): readonly string[] {
    return typeof principal === "object" && principal !== null
        ? Object.values(principal).flatMap(textsOf)
        : textsOf(principal);
}

function conditionsOf(condition: unknown): Conditions | undefined {
    if (typeof condition !== "object" || condition === null || Object.keys(condition).length === 0) {
        return undefined;
    }
    const entries = Object.entries(condition as Record<string, Record<string, unknown>>).map(([operator, keys]) => [
        operator,
        Object.fromEntries(Object.entries(keys).map(([key, values]) => [key.toLowerCase(), textsOf(values)])),
    ]);
    return Object.fromEntries(entries) as Conditions;
}

function textsOf(value: unknown): readonly string[] {
    return listOf(value).map(String);
}

function listOf(value: unknown): readonly unknown[] {
    if (value === undefined || value === null) {
        return [];
    }
    return Array.isArray(value) ? value.map((each: unknown) => each) : [value];
}
