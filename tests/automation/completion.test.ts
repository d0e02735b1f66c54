import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { buildProgram } from "../../automation/cli";
import { completionScript, shells } from "../../automation/completion";

/** What bash would offer after these words; the last one is being typed. */
function offered(...words: string[]): string[] {
    const script = [
        completionScript(buildProgram(), "bash"),
        `COMP_WORDS=(lakeworks ${words.map((word) => `'${word}'`).join(" ")})`,
        `COMP_CWORD=${words.length}`,
        "_lakeworks",
        `printf '%s\\n' "\${COMPREPLY[@]}"`,
    ].join("\n");
    return execFileSync("bash", ["--norc", "-c", script], { encoding: "utf8" }).split("\n").filter(Boolean);
}

describe("completion", () => {
    it("offers commands, their subcommands and choices", () => {
        assert.deepEqual(offered("boo"), ["bookmark"]);
        assert.deepEqual(offered("bookmark", "re"), ["reset", "rewind"]);
        assert.deepEqual(offered("crawl", "s"), ["silver"]);
        assert.deepEqual(offered("completion", ""), [...shells, "--help"]);
    });

    it("offers the options of the command that is typed, wherever other options stand", () => {
        assert.deepEqual(offered("query", "one-month", "--param", "month=3", "--re"), ["--reuse"]);
        assert.deepEqual(offered("bookmark", "rewind", "--f"), ["--from"]);
    });

    it("names every command and option of the command line, in every shell", () => {
        const program = buildProgram();
        for (const shell of shells) {
            const script = completionScript(program, shell);
            for (const command of program.commands) {
                assert.ok(script.includes(command.name()), `${shell}: ${command.name()}`);
                for (const { long } of command.options) assert.ok(script.includes(long!.slice(2)), `${shell}: ${long}`);
            }
        }
    });
});
