/** Parts of a page that are written from the sources: what stands between two comments of the page. */
import * as fs from "node:fs";
import * as prettier from "prettier";

const begin = (name: string) => `<!-- ${name}: written by \`npm run docs\` -->`;
const end = (name: string) => `<!-- end of ${name} -->`;

/** The page with its sections as they are now. @throws where it has no place for one */
export async function withSections(file: string, sections: Readonly<Record<string, string>>): Promise<string> {
    let text = fs.readFileSync(file, "utf8");
    for (const [name, content] of Object.entries(sections)) {
        const [before, rest] = text.split(begin(name));
        const after = rest?.split(end(name))[1];
        if (before === undefined || after === undefined)
            throw new Error(`${file} has no "${begin(name)}" and "${end(name)}"`);
        text = `${before}${begin(name)}\n\n${content}\n\n${end(name)}${after}`;
    }
    return prettier.format(text, { ...(await prettier.resolveConfig(file)), filepath: file });
}
