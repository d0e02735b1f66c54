/** The explanations as docs/security.md shows them. */
import * as path from "node:path";
import { projectRoot } from "../tools/toolchain";
import { explanations } from "./explanations";

export const securityPage = path.join(projectRoot, "docs/security.md");

/** Written by `npm run docs`, by the name of the place in the page. */
export function securitySections(): Record<string, string> {
    const rows = explanations().map(
        ({ check, resources, reason }) =>
            `| ${[cell(check), resources.map(cell).join(", "), reason.replaceAll("|", "\\|")].join(" | ")} |`,
    );
    return { explanations: ["| check | resources | reason |", "| --- | --- | --- |", ...rows].join("\n") };
}

function cell(expression: string): string {
    return expression === "*" ? "all" : `\`${expression.replaceAll("|", "\\|")}\``;
}
