import assert from "node:assert/strict";
import * as fc from "fast-check";
import { hiveTypeFault, parseHiveType } from "../../components/hiveType";

const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
const { type } = fc.letrec<{ type: string; primitive: string }>((tie) => ({
    primitive: fc.oneof(
        fc.constantFrom("tinyint", "int", "bigint", "double", "boolean", "string", "binary", "date", "timestamp"),
        fc.integer({ min: 1, max: 38 }).map((precision) => `decimal(${precision},${Math.floor(precision / 2)})`),
        fc.integer({ min: 1, max: 255 }).map((length) => `varchar(${length})`),
    ),
    type: fc.oneof(
        { maxDepth: 4 },
        tie("primitive"),
        tie("type").map((element) => `array<${element}>`),
        fc.tuple(tie("primitive"), tie("type")).map(([key, value]) => `map<${key},${value}>`),
        fc
            .uniqueArray(fc.tuple(name, tie("type")), { minLength: 1, maxLength: 4, selector: ([field]) => field })
            .map((fields) => `struct<${fields.map(([field, inner]) => `${field}:${inner}`).join(",")}>`),
    ),
}));

describe("Hive's types", () => {
    it("are read, however nested", () => {
        fc.assert(
            fc.property(type, (text) => {
                assert.equal(hiveTypeFault(text), undefined);
            }),
        );
        assert.deepEqual(parseHiveType("map<string,decimal(12,2)>"), {
            kind: "map",
            key: { kind: "primitive", name: "string", lengths: [] },
            value: { kind: "primitive", name: "decimal", lengths: [12, 2] },
        });
    });

    it("are refused with any bracket more or less", () => {
        fc.assert(
            fc.property(type, (text) => {
                assert.notEqual(hiveTypeFault(`${text}>`), undefined);
                assert.notEqual(hiveTypeFault(`array<${text}`), undefined);
            }),
        );
    });

    const faults: [string, RegExp][] = [
        ["strng", /^"strng" is no Hive type; did you mean string\?$/],
        ["array<integer>", /"integer" is no Hive type; did you mean int\?/],
        ["blob", /^"blob" is no Hive type: it must be one of tinyint, .*struct$/],
        ["DECIMAL(12, 2)", /must be lower case and without spaces; did you mean "decimal\(12,2\)"\?/],
        ["decimal(3,5)", /no more of them after the point; write decimal\(12,2\)/],
        ["decimal(39)", /1 to 38 digits/],
        ["varchar", /takes a length of 1 to 65535; write varchar\(100\)/],
        ["int(3)", /int takes no length; write int/],
        ["map<array<int>,int>", /a map's key must not be nested/],
        ["struct<a:int,a:date>", /the field "a" is there twice/],
        ["struct<int>", /":" is missing at character 11; write struct<name:string/],
        ["", /a type is missing at character 1/],
    ];
    for (const [text, reason] of faults) {
        it(`${text === "" ? "nothing" : text} is refused, with what to write instead`, () => {
            assert.match(hiveTypeFault(text) ?? "no fault", reason);
        });
    }
});
