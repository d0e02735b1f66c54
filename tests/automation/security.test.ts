/** docs/security.md: the tests that it names as proof are there. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../tools/toolchain";

const folder = path.join(projectRoot, "docs");
const text = fs.readFileSync(path.join(folder, "security.md"), "utf8");

/** Rows of the tables of threats: what comes after the last bar but one. */
const proofs = text
    .split("\n")
    .filter((line) => /\]\(\.\.\/tests\//.test(line) && line.startsWith("|"))
    .map((line) => line.split("|").at(-2)!.trim());

describe("docs/security.md", () => {
    it("names a proof for each threat", () => {
        const threats = text.split("## Threats")[1]!.split("\n## ")[0]!.split("\n");
        const rows = threats.filter((line) => /^\| (?!threat |-)/.test(line));
        assert.ok(rows.length >= 20);
        assert.equal(proofs.length, rows.length, "each row has a link to a test");
    });

    it("names tests by the titles that they have", () => {
        let named = 0;
        for (const proof of proofs) {
            let source = "";
            for (const [, file, title] of proof.matchAll(/\]\(([^)]+)\)|"([^"]+)"/g)) {
                if (file !== undefined) source = fs.readFileSync(path.join(folder, file), "utf8");
                // Python's tests are called in words with underscores.
                else
                    assert.ok(
                        source.includes(`("${title}"`) ||
                            source.includes(`def test_${title!.replaceAll(/\W+/g, "_")}(`),
                        title,
                    );
                named += title === undefined ? 0 : 1;
            }
        }
        assert.ok(named >= 30);
    });
});
