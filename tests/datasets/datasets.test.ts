import assert from "node:assert/strict";
import type * as Antlr from "antlr4ng";
import type * as Lexer from "dt-sql-parser/dist/lib/trino/TrinoSqlLexer";
import type * as Parser from "dt-sql-parser/dist/lib/trino/TrinoSqlParser";
import { dataset, datasets } from "../../datasets";
import { loadTrinoGrammar } from "../../policies/lib/trinoGrammar";

type Grammar = typeof Antlr & typeof Lexer & typeof Parser;

/** How many statements a text holds and how many errors Trino's grammar, which is Athena's, finds in it. */
async function parse(sql: string): Promise<{ statements: number; errors: number }> {
    const { TrinoSqlLexer, TrinoSqlParser, CharStreams, CommonTokenStream } = (await loadTrinoGrammar()) as Grammar;
    const parser = new TrinoSqlParser(new CommonTokenStream(new TrinoSqlLexer(CharStreams.fromString(sql))));
    parser.removeErrorListeners();
    const statements = parser.program().statements().length;
    return { statements, errors: parser.numberOfSyntaxErrors };
}

describe("the datasets", () => {
    it("are found by their folders", () => {
        assert.deepEqual(
            datasets.map((one) => one.contract.name),
            ["sales"],
        );
        assert.equal(dataset("sales"), datasets[0]);
    });

    it("are named when another is asked for", () => {
        assert.throws(() => dataset("sails"), /no dataset "sails".*sales/);
    });

    it("survive as JSON, which is what the Glue job reads", () => {
        for (const { contract } of datasets) {
            assert.deepEqual(JSON.parse(JSON.stringify(contract)), contract);
        }
    });

    for (const { contract, queries } of datasets) {
        for (const query of queries) {
            it(`has ${contract.name}/${query.name} as one statement that Trino's grammar takes`, async () => {
                assert.deepEqual(await parse(query.sql), { statements: 1, errors: 0 });
                assert.equal((await parse(`${query.sql} FROM`)).errors > 0, true);
            });

            it(`has ${contract.name}/${query.name} in a fixed order`, () => {
                if (query.kind === "select") {
                    assert.match(query.sql, /\nORDER BY /);
                }
            });
        }
    }
});
