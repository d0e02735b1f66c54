/** Parameters: where they are in a statement, and what a user's text becomes. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { bindParameters, literalOf, ParameterError, placeParameters, type ParameterType } from "../../datasets";
import { tokenize } from "../../sql/lexer";

describe("the parameters of a statement", () => {
    it("are found outside quotes and comments alone", () => {
        const sql = `SELECT ':a', "b:c", 'it''s :d' /* :e */ -- :f\nFROM t WHERE x = :g AND y=:h AND x < :g AND z = 1`;
        const placed = placeParameters(sql);
        assert.deepEqual(placed.placeholders, ["g", "h", "g"]);
        assert.equal(placed.sql, sql.replaceAll(":g", "?").replace(":h", "?"));
    });

    it("may be named as keywords, and are no colon of another kind", () => {
        assert.deepEqual(placeParameters("SELECT json_object('a' : b) WHERE month = :month").placeholders, ["month"]);
    });
});

describe("a value of a parameter", () => {
    const taken: readonly [ParameterType, string, string][] = [
        ["integer", "-3", "-3"],
        ["decimal", "12.50", "DECIMAL '12.50'"],
        ["string", "O'Hara; --", "'O''Hara; --'"],
        ["string", "", "''"],
        ["date", "2024-02-29", "DATE '2024-02-29'"],
        ["timestamp", "2024-02-29T18:30:00", "TIMESTAMP '2024-02-29 18:30:00'"],
        ["timestamp", "2024-02-29 18:30:00.125", "TIMESTAMP '2024-02-29 18:30:00.125'"],
    ];
    for (const [type, text, literal] of taken)
        it(`of ${type} may be "${text}"`, () => assert.equal(literalOf({ name: "p", type }, text), literal));

    const refused: readonly [ParameterType, string][] = [
        ["integer", "1.5"],
        ["integer", "1 OR 1=1"],
        ["integer", ""],
        ["integer", "1".repeat(19)],
        ["decimal", "1e3"],
        ["decimal", "1".repeat(39)],
        ["date", "2023-02-29"],
        ["date", "2024-2-9"],
        ["date", "2024-02-29' OR true --"],
        ["timestamp", "2024-02-29"],
        ["timestamp", "2024-02-29 24:00:00"],
        ["timestamp", "2024-02-30 12:00:00"],
    ];
    for (const [type, text] of refused)
        it(`of ${type} may not be "${text}"`, () =>
            assert.throws(() => literalOf({ name: "p", type }, text), /^Error: p: ".*" is no \w+; write /));

    it("is no longer than Athena takes", () => {
        assert.throws(() => literalOf({ name: "p", type: "string" }, "x".repeat(1023)), /has 1025 characters as SQL/);
    });

    it("stays one token of SQL, whatever text it is", () => {
        fc.assert(
            fc.property(fc.string({ maxLength: 400 }), (text) => {
                const [token, end] = tokenize(literalOf({ name: "p", type: "string" }, text), false);
                assert.deepEqual([token!.kind, token!.value, end!.kind], ["string", text, "end"]);
            }),
        );
    });

    it("is bound to every place of its parameter, in their order", () => {
        const parameters = [
            { name: "a", type: "integer", description: "A", default: "1" },
            { name: "b", type: "string", description: "B" },
        ] as const;
        const query = { parameters, placeholders: ["b", "a", "b"] };
        assert.deepEqual(bindParameters(query, { b: "x" }), ["'x'", "1", "'x'"]);
        assert.throws(
            () => bindParameters(query, { c: "x" }),
            (error: unknown) => {
                assert.ok(error instanceof ParameterError);
                assert.match(error.message, /^c: there is no such parameter; there are a, b\.\nb: is missing/);
                return true;
            },
        );
    });
});
