/** The documents: the commands that they show are there, with these options, and so is what they link to. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Command } from "commander";
import { buildProgram } from "../../automation/cli";
import { projectRoot } from "../../tools/toolchain";
import { commandLines, documents } from "../documents";

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

/** Targets of relative links in a document, from the repository's root, with the heading that is meant. */
function links(document: string, text: string): { target: string; heading?: string }[] {
    const prose = text.replace(/^```[^]*?^```/gm, "").replace(/`[^`\n]*`/g, "");
    return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, link]) => link!)
        .filter((link) => !/^[a-z]+:/.test(link))
        .map((link) => {
            const [file = "", heading] = link.split("#");
            return { target: file === "" ? document : path.join(path.dirname(document), file), heading };
        });
}

/** GitHub's anchors of a document's headings. */
function anchors(file: string): string[] {
    const headings = fs.readFileSync(file, "utf8").matchAll(/^#+ (.*)$/gm);
    return [...headings].map(([, title]) =>
        title!
            .toLowerCase()
            .replace(/[^\p{L}\p{N}\s_-]/gu, "")
            .replace(/ /g, "-"),
    );
}

describe("the documents", () => {
    for (const document of documents) {
        it(`${document} links to what is there`, () => {
            for (const { target, heading } of links(
                document,
                fs.readFileSync(path.join(projectRoot, document), "utf8"),
            )) {
                const file = path.join(projectRoot, target);
                assert.ok(fs.existsSync(file), `${document}: ${target} is not there`);
                if (heading !== undefined)
                    assert.ok(anchors(file).includes(heading), `${document}: ${target} has no #${heading}`);
            }
        });
    }

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
