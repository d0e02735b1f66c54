/** Licences of what is shipped: `node tools/packages/index.mjs licences` looks at the lock file by the rules tested here. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { projectRoot } from "../../tools/toolchain";

interface Component {
    readonly group?: string;
    readonly name: string;
    readonly version: string;
    readonly licenses?: readonly { readonly license?: { readonly id: string }; readonly expression?: string }[];
}
interface Rules {
    readonly allowed: readonly string[];
    readonly exceptions: Readonly<Record<string, string>>;
}

const rulesModule = pathToFileURL(path.join(projectRoot, "tools/packages/licences.mjs")).href;

/** In a process of its own: the tools are modules of another kind than the tests. */
function licenceFaults(components: readonly Component[], rules: Rules): string[] {
    const script = `
        import { licenceFaults } from ${JSON.stringify(rulesModule)};
        console.log(JSON.stringify(licenceFaults(...JSON.parse(process.argv[1]))));
    `;
    const args = ["--input-type=module", "-e", script, JSON.stringify([components, rules])];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as string[];
}

describe("the licences of what is shipped", () => {
    const rules = { allowed: ["MIT", "ISC"], exceptions: { "@a/odd": "looked at" } };
    const faults = (...components: Component[]) => licenceFaults([odd, ...components], rules);
    const odd = { group: "@a", name: "odd", version: "1.0.0" };
    const one = (id: string) => ({ name: "x", version: "1.0.0", licenses: [{ license: { id } }] });
    const by = (expression: string) => ({ name: "x", version: "1.0.0", licenses: [{ expression }] });

    it("may be those of the list, all of them or one of those offered", () => {
        assert.deepEqual(faults(one("MIT"), by("(MIT AND ISC)"), by("GPL-3.0-only OR ISC")), []);
    });

    it("are refused otherwise, and where there is none", () => {
        for (const component of [
            one("AGPL-3.0-or-later"),
            by("(MIT AND GPL-2.0-only)"),
            { name: "x", version: "1.0.0" },
        ]) {
            assert.match(faults(component)[0] ?? "", /^x@1.0.0: .* is not on the list/);
        }
    });

    it("have no exception that is not needed", () => {
        assert.match(licenceFaults([one("MIT")], rules)[0]!, /^@a\/odd: an exception for a package that is not there/);
    });
});
