/** The documents for readers, and the commands that they show. */
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../tools/toolchain";

export const documents = [
    "README.md",
    ...fs
        .readdirSync(path.join(projectRoot, "docs"))
        .filter((file) => file.endsWith(".md"))
        .map((file) => `docs/${file}`),
];

/** Command lines of ours in a text, without the program's name. */
export function commandLines(text: string): string[] {
    return [...text.matchAll(/npx lakeworks ([^`#|\n)"]+)/g)].map((match) => match[1]!.trim());
}
