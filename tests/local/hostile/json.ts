/** Requests to Glue, Athena and Lake Formation, made from their models: nearly right, and wrong in every way. */
import fc from "fast-check";
import { loadModel, shapeOf, type ServiceModel, type Shape } from "../../../local/protocol/api/model";
import type { Sent } from "./besieged";

export type JsonService = "glue" | "athena" | "lakeformation";

/** Names that are there, so that many requests get past the first look-up. */
export const seeded = { database: "canary", table: "rows", workGroup: "canary", tag: "canary", bucket: "canary" };

const nastyTexts = [
    "",
    " ",
    "\u0000",
    "a\u0000b",
    "\ud800",
    "\u202Egnp.exe",
    "../../../../etc/passwd",
    "..%2f..%2f%2e%2e",
    "/etc/passwd",
    "C:\\windows",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "${jndi:ldap://x}",
    "'; DROP TABLE rows; --",
    "%n%s%x",
    "<script>alert(1)</script>",
    "arn:aws:glue:eu-west-1:999999999999:database/other",
    "arn:aws:iam::999999999999:role/other",
    "s3://canary/../../x",
    "9".repeat(400),
    "x".repeat(300),
    "é".repeat(5000),
    "(a+)+$",
    "cron(* * * * * *)",
    "bGFrZXdvcmtzOjk5OTk5OTk5OTk5OTk",
] as const;

const goodTexts = [...Object.values(seeded), "s3://canary/a/", "arn:aws:iam::000000000000:role/r", "SELECT 1", "2024"];

const nestedLists = Array.from({ length: 2000 }).reduce<unknown>((inner) => [inner], null);

/** Any JSON value, of any type but the one that is wanted. */
const nasty: fc.Arbitrary<unknown> = fc.oneof(
    fc.constantFrom<unknown>(null, true, {}, [], [[]], [null], { a: { b: 1 } }, nestedLists),
    fc.constantFrom<unknown>(0, -1, 0.5, 1e308, -(2 ** 63), 2 ** 31, 99_999_999_999_999),
    fc.constantFrom<unknown>(...nastyTexts),
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.jsonValue({ maxDepth: 2 }),
);

function fitting(model: ServiceModel, shape: Shape, depth: number): fc.Arbitrary<unknown> {
    const inner = (name: string) => (depth > 3 ? fc.constant(null) : valueOf(model, name, depth + 1));
    switch (shape.type) {
        case "structure": {
            const required = new Set(shape.required);
            const members = Object.entries(shape.members).map(([member, of]) => {
                const present = fc.option(inner(of), { nil: undefined, freq: required.has(member) ? 12 : 1 });
                return [member, present] as const;
            });
            return fc.record(Object.fromEntries(members));
        }
        case "list":
            return fc.array(inner(shape.member), { maxLength: 3 });
        case "map":
            return fc.dictionary(fc.constantFrom("a", "b", ...nastyTexts.slice(0, 12)), inner(shape.value), {
                maxKeys: 3,
            });
        case "boolean":
            return fc.boolean();
        case "integer":
        case "long":
        case "double":
        case "float":
        case "timestamp":
            return fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(shape.min ?? 1, shape.max ?? 1000));
        default:
            return shape.enum === undefined
                ? fc.oneof(fc.constantFrom(...goodTexts), fc.constantFrom(...nastyTexts))
                : fc.constantFrom(...shape.enum);
    }
}

function valueOf(model: ServiceModel, name: string, depth = 0): fc.Arbitrary<unknown> {
    const good = fitting(model, shapeOf(model, name), depth);
    return fc.oneof({ weight: 14, arbitrary: good }, { weight: 1, arbitrary: nasty });
}

/** JSON texts that JSON.stringify does not write. */
function broken(text: string): fc.Arbitrary<string> {
    return fc.oneof(
        { weight: 40, arbitrary: fc.constant(text) },
        { weight: 1, arbitrary: fc.nat(text.length).map((end) => text.slice(0, end)) },
        {
            weight: 1,
            arbitrary: fc
                .constantFrom("NaN", "1e999", "Infinity", "01", "'a'")
                .map((raw) => text.replace(/\d+|"[^"]*"(?=[,}])/, raw)),
        },
        {
            weight: 1,
            arbitrary: fc.constant(text.replace(/^\{/, '{"__proto__":{"polluted":true},"Name":1,"Name":"twice",')),
        },
        {
            weight: 1,
            arbitrary: fc.constantFrom(
                "",
                "null",
                "[]",
                "[".repeat(100_000),
                '{"a":'.repeat(100_000),
                "\ufeff{}",
                "\u0000",
            ),
        },
    );
}

/** Requests of the operations that the service's model has. @param done those that the local AWS does: they get most of the requests */
export function jsonRequests(service: JsonService, done: readonly string[]): fc.Arbitrary<Sent> {
    const model = loadModel(service);
    const operations = Object.keys(model.operations);
    const prefix = model.targetPrefix;
    const body = (operation: string) => {
        const shape = model.operations[operation];
        const input = shape ? valueOf(model, shape) : nasty;
        return input.chain((value) => broken(JSON.stringify(value)));
    };
    const wrongNames = fc.constantFrom(
        "",
        "toString",
        "__proto__",
        "getdatabase",
        "Get Database",
        "..",
        "x".repeat(2000),
    );
    const headers = fc.oneof(
        { weight: 20, arbitrary: fc.constant({}) },
        {
            weight: 1,
            arbitrary: fc.constantFrom<Record<string, string>>(
                { "content-type": "text/html" },
                { "content-encoding": "gzip" },
                { "x-filler": "f".repeat(9000) },
                { origin: "http://evil.example" },
            ),
        },
    );
    const method = fc.constantFrom(
        ...Array<string>(30).fill("POST"),
        "GET",
        "PUT",
        "DELETE",
        "PATCH",
        "HEAD",
        "OPTIONS",
    );
    return fc
        .tuple(
            fc.oneof(
                { weight: 20, arbitrary: fc.constantFrom(...done) },
                { weight: 2, arbitrary: fc.constantFrom(...operations) },
                { weight: 1, arbitrary: wrongNames },
            ),
            headers,
            method,
        )
        .chain(([operation, more, verb]) =>
            (Object.hasOwn(model.operations, operation) ? body(operation) : fc.constant("{}")).map((text) => ({
                service,
                method: verb,
                path: prefix === null ? `/${encodeURIComponent(operation)}` : "/",
                headers: {
                    "content-type": prefix === null ? "application/json" : "application/x-amz-json-1.1",
                    ...(prefix === null ? {} : { "x-amz-target": `${prefix}.${operation}` }),
                    ...more,
                },
                body: Buffer.from(text),
            })),
        );
}
