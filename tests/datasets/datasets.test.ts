import assert from "node:assert/strict";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as os from "node:os";
import * as path from "node:path";
import type * as Datasets from "../../datasets";
import { addCounts, dataset, datasets, noCounts, type LoadedDataset } from "../../datasets";
import type { ParseTree } from "antlr4ng";
import { loadTrino } from "../../policies/lib/sql/grammars";
import { projectRoot } from "../../tools/toolchain";

/** How many statements a text holds and how many errors Trino's grammar, which is Athena's, finds in it. */
async function parse(sql: string): Promise<{ statements: number; errors: number }> {
    const { TrinoSqlLexer, TrinoSqlParser, CharStreams, CommonTokenStream } = await loadTrino();
    const parser = new TrinoSqlParser(new CommonTokenStream(new TrinoSqlLexer(CharStreams.fromString(sql))));
    parser.removeErrorListeners();
    const statements = parser.program().statements().length;
    return { statements, errors: parser.numberOfSyntaxErrors };
}

/** Clauses under which Athena takes a parameter; it has no others. */
async function clausesOfParameters(sql: string): Promise<string[]> {
    const { TrinoSqlLexer, TrinoSqlParser, CharStreams, CommonTokenStream, TerminalNode } = await loadTrino();
    const parser = new TrinoSqlParser(new CommonTokenStream(new TrinoSqlLexer(CharStreams.fromString(sql))));
    const found: string[] = [];
    const walk = (tree: ParseTree, inWhere: boolean): void => {
        if (tree instanceof TerminalNode && tree.getText() === "?") found.push(inWhere ? "WHERE" : "another");
        for (let index = 0; index < tree.getChildCount(); index++) {
            const before =
                index > 0 &&
                tree
                    .getChild(index - 1)!
                    .getText()
                    .toUpperCase() === "WHERE";
            walk(tree.getChild(index)!, inWhere || before);
        }
    };
    walk(parser.program(), false);
    return found;
}

/** The files that docs/datasets.md shows, by path. */
function documented(): Record<string, string> {
    const text = fs.readFileSync(path.join(projectRoot, "docs", "datasets.md"), "utf8");
    const blocks = [...text.matchAll(/^`(datasets\/visits\/[^`]+)`:?\n\n```\w+\n([\s\S]*?)```/gm)];
    return Object.fromEntries(blocks.map(([, file, content]) => [file!, content!]));
}

/** Work on a copy of datasets/ whose only dataset is the documented one, with some more files. */
async function withLake(
    more: Record<string, string>,
    work: (datasets: readonly LoadedDataset[], root: string) => void | Promise<void>,
): Promise<void> {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-"));
    try {
        const own = path.join(projectRoot, "datasets");
        const shared = fs.readdirSync(own).filter((file) => file.endsWith(".ts"));
        const files = Object.fromEntries(
            shared.map((file) => [`datasets/${file}`, fs.readFileSync(path.join(own, file), "utf8")]),
        );
        for (const [file, text] of Object.entries({ ...files, ...documented(), ...more })) {
            fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
            fs.writeFileSync(path.join(root, file), text);
        }
        for (const shared of ["sql", "node_modules"])
            fs.symlinkSync(path.join(projectRoot, shared), path.join(root, shared));
        const { datasets: found } = createRequire(__filename)(path.join(root, "datasets")) as typeof Datasets;
        await work(found, root);
    } finally {
        fs.rmSync(root, { recursive: true });
    }
}

describe("the datasets", () => {
    it("would be found to have parameters where Athena takes none", async () => {
        const sql = "SELECT a + ? FROM t WHERE b IN (SELECT ? FROM u) AND c = ? LIMIT ?";
        assert.deepEqual(await clausesOfParameters(sql), ["another", "WHERE", "WHERE", "another"]);
    });

    it("are found by their folders", () => {
        assert.deepEqual(
            datasets.map((one) => one.contract.name),
            ["clickstream", "sales"],
        );
        assert.equal(dataset("sales"), datasets[1]);
    });

    it("are named when another is asked for", () => {
        assert.throws(() => dataset("sails"), /no dataset "sails".*sales/);
    });

    it("bring their own job script where they have one", async () => {
        assert.equal(dataset("sales").jobScript, undefined);
        await withLake({ "datasets/visits/job.py": "" }, ([visits], root) => {
            assert.equal(visits!.jobScript, path.join(root, "datasets/visits/job.py"));
        });
    });

    it("grow by the folder that docs/datasets.md shows", async () => {
        await withLake({}, async (found) => {
            assert.deepEqual(
                found.map((one) => one.contract.name),
                ["visits"],
            );
            let counts = noCounts;
            for await (const file of found[0]!.generate({ rows: 100, days: 3, badRate: 0.1 }))
                counts = addCounts(counts, file.counts);
            assert.deepEqual([counts.clean, counts.bad], [100, 10]);
            for (const query of found[0]!.queries) assert.equal((await parse(query.sql)).errors, 0);
        });
    });

    it("are known by name to their own folders, the documents and the tests alone", () => {
        const folders = ["automation", "components", "datasets", "glue-scripts", "local", "policies", "stacks"];
        const others = folders.flatMap((folder) =>
            fs
                .readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: "utf8" })
                .map((file) => path.join(folder, file))
                .filter((file) => /\.(ts|js|mjs|py|json|yaml)$/.test(file) && !file.includes("node_modules"))
                .filter((file) => !file.startsWith(path.join("datasets", "clickstream"))),
        );
        assert.ok(others.length > 100);
        const naming = others.filter((file) =>
            /clickstream/i.test(fs.readFileSync(path.join(projectRoot, file), "utf8")),
        );
        assert.deepEqual(naming, []);
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

            // https://docs.aws.amazon.com/athena/latest/ug/querying-with-prepared-statements.html
            it(`has ${contract.name}/${query.name} with parameters in WHERE alone, where Athena takes them`, async () => {
                assert.deepEqual(
                    await clausesOfParameters(query.sql),
                    query.placeholders.map(() => "WHERE"),
                );
            });
        }
    }
});
