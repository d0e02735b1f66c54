/**
 * The paths of JSON classifiers: `$`, `.name`, `['name']`, `[0]`, `[*]` and `.*`.
 * @see https://docs.aws.amazon.com/glue/latest/dg/custom-classifier.html#custom-classifier-json
 */
export class JsonPathError extends Error {}

export type JsonStep =
    | { readonly kind: "child"; readonly name: string }
    | { readonly kind: "index"; readonly index: number }
    | { readonly kind: "all" };

const step =
    /\.(?<dotted>[^.[\]'"*\s]+)|\[(?<quote>['"])(?<quoted>.+?)\k<quote>\]|\[(?<index>\d+)\]|(?<all>\.\*|\[\*\])/y;

/** @throws JsonPathError */
export function parseJsonPath(text: string): JsonStep[] {
    if (!text.startsWith("$")) throw new JsonPathError(`The JsonPath ${text} does not begin with $, the root.`);
    const steps: JsonStep[] = [];
    for (let position = 1; position < text.length; position = step.lastIndex) {
        step.lastIndex = position;
        const found = step.exec(text)?.groups;
        if (found === undefined) {
            throw new JsonPathError(
                `The JsonPath ${text} is not understood from "${text.slice(position)}" on. ` +
                    "It takes .name, ['name'], [0], [*] and .* after the root $.",
            );
        }
        if (found["all"] !== undefined) steps.push({ kind: "all" });
        else if (found["index"] !== undefined) steps.push({ kind: "index", index: Number(found["index"]) });
        else steps.push({ kind: "child", name: (found["dotted"] ?? found["quoted"]) as string });
    }
    return steps;
}

/** The values at the path, in the order of the document. */
export function valuesAt(document: unknown, steps: readonly JsonStep[]): unknown[] {
    return steps.reduce<unknown[]>((values, each) => values.flatMap((value) => inside(value, each)), [document]);
}

function inside(value: unknown, each: JsonStep): unknown[] {
    if (typeof value !== "object" || value === null) return [];
    if (each.kind === "all") return Object.values(value);
    const key = each.kind === "index" ? String(each.index) : each.name;
    if (Array.isArray(value) !== (each.kind === "index") || !Object.hasOwn(value, key)) return [];
    return [(value as Record<string, unknown>)[key]];
}
