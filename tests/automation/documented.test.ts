/** The documents: the commands that they show are there, with these options. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Command } from "commander";
import { buildProgram } from "../../automation/cli";
import { projectRoot } from "../../tools/toolchain";

const documents = [
    "README.md",
    ...fs
        .readdirSync(path.join(projectRoot, "docs"))
        .filter((file) => file.endsWith(".md"))
        .map((file) => `docs/${file}`),
];

/** Command lines in a document, without the program's name. */
function commandLines(text: string): string[] {
    return [...text.matchAll(/npx lakeworks ([^`#|\n)"]+)/g)].map((match) => match[1]!.trim());
}

function check(line: string): void {
    let command: Command = buildProgram();
    const words = line.split(/\s+/);
    for (let sub; (sub = command.commands.find((each) => each.name() === words[0])); words.shift()) command = sub;
    assert.ok(command.parent, `lakeworks ${line}: there is no such command`);
    assert.equal(command.commands.length, 0, `lakeworks ${line}: a subcommand is missing`);
    for (const option of words.filter((word) => word.startsWith("--"))) {
        const known = command.options.some(({ long }) => long === option);
        assert.ok(known, `lakeworks ${line}: "${command.name()}" has no option ${option}`);
    }
}

describe("the documents", () => {
    for (const document of documents) {
        const lines = commandLines(fs.readFileSync(path.join(projectRoot, document), "utf8"));
        if (lines.length === 0) continue;
        it(`${document} shows ${lines.length} commands as they are`, () => lines.forEach(check));
    }

    it("would be found to show what is not there", () => {
        assert.throws(() => check("backfill"), /no such command/);
        assert.throws(() => check("bookmark"), /subcommand is missing/);
        assert.throws(() => check("etl --reset"), /no option --reset/);
    });
});
