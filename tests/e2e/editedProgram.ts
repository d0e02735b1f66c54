/** A copy of the repository in which some texts are others: what a user does who edits the program. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../tools/toolchain";

/** Replacements by file, relative to the repository. */
export type Edits = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** @returns the copy's folder, which is made anew */
export function editedProgram(folder: string, edits: Edits): string {
    const skip = new Set(["node_modules", ".git", ".lakeworks", "docs", "tests"]);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.cpSync(projectRoot, folder, {
        recursive: true,
        filter: (source) => !skip.has(path.relative(projectRoot, source)),
    });
    for (const shared of ["node_modules", ".lakeworks"]) {
        fs.symlinkSync(path.join(projectRoot, shared), path.join(folder, shared));
    }
    for (const [name, replacements] of Object.entries(edits)) {
        const file = path.join(folder, name);
        let text = fs.readFileSync(file, "utf8");
        for (const [from, to] of Object.entries(replacements)) {
            assert.ok(text.includes(from), `${name} has "${from}"`);
            text = text.replace(from, to);
        }
        fs.writeFileSync(file, text);
    }
    return folder;
}
