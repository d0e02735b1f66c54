/** Values, files and positions of results. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { csvLine, csvLines, type Cells } from "../../local/athena/results/csv";
import { printDouble, printValue } from "../../local/athena/results/values";
import { partitionValues } from "../../local/athena/executions/objects";
import { bytesOf, millisecondsOf } from "../../local/athena/trino/units";
import type { TypeSignature } from "../../local/athena/trino/client";

const type = (rawType: string, ...of: TypeSignature[]): TypeSignature => ({
    rawType,
    arguments: of.map((value) => ({ kind: "TYPE", value })),
});

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe("Athena results", () => {
    const doubles: [number | string, string][] = [
        [1, "1.0"],
        [0, "0.0"],
        [-0, "-0.0"],
        [0.1, "0.1"],
        [1e7, "1.0E7"],
        [12345678.9, "1.23456789E7"],
        [9999999, "9999999.0"],
        [0.001, "0.001"],
        [0.00099, "9.9E-4"],
        [-2.5e-10, "-2.5E-10"],
        ["NaN", "NaN"],
        ["Infinity", "Infinity"],
    ];
    for (const [value, printed] of doubles) {
        it(`prints the double ${value} as Java does: ${printed}`, () => assert.equal(printDouble(value), printed));
    }

    it("prints nested values", () => {
        assert.equal(printValue([1, null], type("array", type("double"))), "[1.0, null]");
        assert.equal(printValue({ a: 1 }, type("map", type("varchar"), type("bigint"))), "{a=1}");
        const row: TypeSignature = {
            rawType: "row",
            arguments: [{ kind: "NAMED_TYPE", value: { fieldName: { name: "x" }, typeSignature: type("integer") } }],
        };
        assert.equal(printValue([1], row), "{x=1}");
        assert.equal(printValue("YWI=", type("varbinary")), "61 62");
        assert.equal(printValue(null, type("bigint")), undefined);
    });

    it("reads back every line it wrote, from any line on", async () => {
        const cell = fc.option(fc.oneof(fc.string(), fc.constantFrom('"', ",", "\n", '",\n"', "ü")), {
            nil: undefined,
        });
        const table = fc
            .integer({ min: 1, max: 4 })
            .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }));
        await fc.assert(
            fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), async (rows: Cells[], piece) => {
                const bytes = Buffer.from(rows.map(csvLine).join(""));
                let offset = 0;
                for (const row of rows) {
                    for await (const { cells, end } of csvLines(inPieces(bytes.subarray(offset), piece), offset)) {
                        assert.deepEqual(cells, row);
                        offset = end;
                        break;
                    }
                }
                assert.equal(offset, bytes.length);
            }),
            { numRuns: 50 },
        );
    });

    it("reads Trino's quantities and Hive's partition names", () => {
        assert.equal(bytesOf("1442B"), 1442);
        assert.equal(bytesOf("1.5MB"), 1572864);
        assert.equal(millisecondsOf("1.01s"), 1010);
        assert.equal(millisecondsOf("574.54us"), 1);
        assert.deepEqual(partitionValues("year=2024/city=New%2FYork"), ["2024", "New/York"]);
    });
});
