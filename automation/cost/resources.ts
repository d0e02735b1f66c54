/** A declared resource as the estimate takes it, and how its inputs are read where some are not known yet. */

export interface DeclaredResource {
    readonly urn: string;
    /** Pulumi's type token, `aws:glue/job:Job`. */
    readonly type: string;
    readonly name: string;
    /** URN of the parent. */
    readonly parent?: string;
    /** Pulumi inputs, as in engine events or a state file. */
    readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * What stands for a value that is not known before deployment, one for each kind of value.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go
 */
const unknownValues: readonly unknown[] = [
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    // As engine events write a secret.
    "[secret]",
];
/** Key of Pulumi's marked objects: secrets, assets, output values. */
const signature = "4dabf18193072939515e22adb298388d";

/** The value at that path; undefined where there is none, and where it is unknown or a secret. */
export function valueAt(resource: DeclaredResource, ...path: string[]): unknown {
    const value = walk(resource.inputs, path);
    return isHidden(value) ? undefined : (value ?? undefined);
}

export function textAt(resource: DeclaredResource, ...path: string[]): string | undefined {
    const value = valueAt(resource, ...path);
    return typeof value === "string" ? value : undefined;
}

export function numberAt(resource: DeclaredResource, ...path: string[]): number | undefined {
    const value = valueAt(resource, ...path);
    return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** The list's elements that are objects; undefined where there is no list or it is unknown. */
export function objectsAt(resource: DeclaredResource, ...path: string[]): DeclaredResource["inputs"][] | undefined {
    const value = valueAt(resource, ...path);
    return Array.isArray(value) ? value.filter(isObject) : undefined;
}

/** Is there a value at that path, or above it, that is not known or secret? */
export function isUnknownAt(resource: DeclaredResource, ...path: string[]): boolean {
    return isHidden(walk(resource.inputs, path));
}

/** May the value be the one given? It may where it is unknown. */
export function mayBe(value: unknown, expected: string): boolean {
    return value === expected || isHidden(value);
}

export function isObject(value: unknown): value is DeclaredResource["inputs"] {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Stops at what hides all that lies in it. */
function walk(inputs: unknown, path: readonly string[]): unknown {
    let value = inputs;
    for (const key of path) {
        if (isHidden(value) || !isObject(value)) {
            return isHidden(value) ? value : undefined;
        }
        value = value[key];
    }
    return value;
}

function isHidden(value: unknown): boolean {
    return unknownValues.includes(value) || (isObject(value) && signature in value);
}
