/** The explanations as docs/security.md shows them, between two comments of it. */
import * as fs from "node:fs";
import * as path from "node:path";
import * as prettier from "prettier";
import { projectRoot } from "../tools/toolchain";
import { explanations } from "./explanations";

export const securityPage = path.join(projectRoot, "docs/security.md");

const begin = "<!-- explanations: written by `npm run docs` -->";
const end = "<!-- end of explanations -->";

/** The page with the explanations as they are now. @throws where it has no place for them */
export async function withExplanations(text: string): Promise<string> {
    const [before, rest] = text.split(begin);
    const after = rest?.split(end)[1];
    if (before === undefined || after === undefined) throw new Error(`${securityPage} has no "${begin}" and "${end}"`);
    const rows = explanations().map(
        ({ check, resources, reason }) =>
            `| ${[cell(check), resources.map(cell).join(", "), reason.replaceAll("|", "\\|")].join(" | ")} |`,
    );
    const table = ["| check | resources | reason |", "| --- | --- | --- |", ...rows].join("\n");
    const page = `${before}${begin}\n\n${table}\n\n${end}${after}`;
    return prettier.format(page, { ...(await prettier.resolveConfig(securityPage)), filepath: securityPage });
}

export async function writeExplanations(): Promise<void> {
    fs.writeFileSync(securityPage, await withExplanations(fs.readFileSync(securityPage, "utf8")));
}

function cell(expression: string): string {
    return expression === "*" ? "all" : `\`${expression.replaceAll("|", "\\|")}\``;
}
