/** Values of properties as a reviewer sees them: short, on one line, and never a secret. */

const secretText = "[secret]";
const unknownText = "(known in the update)";

/** Characters that a value may take. */
const limit = 60;
/** Characters that stay at most before the first difference of two long values. */
const context = 24;

/** Marks of the engine's special values: sdk/go/common/resource/sig. */
const mark = "4dabf18193072939515e22adb298388d";
const marks = {
    secret: "1b47061264138c4ac30d75fd1eb44270",
    asset: "c44067f5952c0a294b673a41bacd8c17",
    archive: "0def7320c3a5731c473e5ecbe6d01bc7",
    output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
} as const;

/** What the engine writes for values that it learns only in the update: sdk/go/common/resource/plugin/rpc.go, one for each type. */
const unknowns = new Set([
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Names of properties that are hidden even where the program did not mark them as secret. */
const secretNames = /pass(word|phrase)|secret(string|binary|key|value)?$|token$|private_?key|credentials?$/i;

/** `defaultArguments["--a.b"].c[0]` → ["defaultArguments", "--a.b", "c", "0"]. */
function pathParts(path: string): string[] {
    return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
        ([, quoted, index, name]) => quoted?.replace(/\\(.)/g, "$1") ?? index ?? name!,
    );
}

/** The value at a path; the secret text where it, or anything that holds it, is a secret. */
export function valueAt(properties: unknown, path: string): unknown {
    const parts = pathParts(path);
    if (parts.some((part) => secretNames.test(part))) return secretText;
    let value = properties;
    for (const part of parts) {
        if (isSecret(value)) return secretText;
        if (isUnknown(value)) return value;
        if (typeof value !== "object" || value === null) return undefined;
        value = (value as Record<string, unknown>)[part];
    }
    return value;
}

/** Both sides of a change; long texts from shortly before their first difference on, so that the difference is seen. */
export function shortPair(before: unknown, after: unknown): { old?: string; new?: string } {
    const [from, to] = [textOf(before), textOf(after)];
    const long = Math.max(from?.length ?? 0, to?.length ?? 0) > limit;
    const start = long && from !== undefined && to !== undefined ? startOf(from, firstDifference(from, to)) : 0;
    return { old: cut(from, start), new: cut(to, start) };
}

function textOf(value: unknown): string | undefined {
    if (value === undefined) return undefined;
    const plain = plainOf(value);
    return (typeof plain === "string" ? plain : JSON.stringify(plain)).replace(/\s+/g, " ");
}

/** The value with the engine's marks in words. */
function plainOf(value: unknown): unknown {
    if (isSecret(value)) return secretText;
    if (isUnknown(value)) return unknownText;
    if (Array.isArray(value)) return value.map(plainOf);
    if (typeof value !== "object" || value === null) return value;
    const fields = value as Record<string, unknown>;
    if (fields[mark] === marks.output) return plainOf(fields["value"]);
    if (fields[mark] === marks.asset || fields[mark] === marks.archive) {
        return `file with hash ${(fields["hash"] as string | undefined)?.slice(0, 8) ?? "(none)"}`;
    }
    return Object.fromEntries(
        Object.entries(fields)
            .filter(([name]) => name !== "__defaults")
            .map(([name, field]) => [name, secretNames.test(name) ? secretText : plainOf(field)]),
    );
}

function isSecret(value: unknown): boolean {
    if (value === secretText) return true;
    if (typeof value !== "object" || value === null) return false;
    const fields = value as Record<string, unknown>;
    return fields[mark] === marks.secret || (fields[mark] === marks.output && fields["secret"] === true);
}

function isUnknown(value: unknown): boolean {
    if (typeof value === "string") return unknowns.has(value);
    if (typeof value !== "object" || value === null) return false;
    const fields = value as Record<string, unknown>;
    return fields[mark] === marks.output && !("value" in fields);
}

function firstDifference(a: string, b: string): number {
    let index = 0;
    while (index < a.length && a[index] === b[index]) index += 1;
    return index;
}

/** Where to start so that the word with the difference is whole, if it is short enough. */
function startOf(text: string, difference: number): number {
    const word = Math.max(...[...'.,/:;" '].map((separator) => text.lastIndexOf(separator, difference - 1) + 1));
    return Math.max(word, difference - context);
}

function cut(text: string | undefined, start: number): string | undefined {
    if (text === undefined) return undefined;
    const from = start > 1 ? `…${text.slice(start)}` : text;
    return from.length > limit ? `${from.slice(0, limit - 1)}…` : from;
}
