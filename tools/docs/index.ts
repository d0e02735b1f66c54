/** The reference of the components, docs/components/: made from the sources, the examples and their comments. */
import * as fs from "node:fs";
import * as path from "node:path";
import * as prettier from "prettier";
import { projectRoot } from "../toolchain";
import { analyze, componentNames, componentsFolder } from "./analysis";
import { componentPage, indexPage } from "./page";

export const pagesFolder = path.join(projectRoot, "docs/components");

/** components/examples/<component>.ts */
export function exampleFile(component: string): string {
    return path.join(componentsFolder, "examples", `${component.charAt(0).toLowerCase()}${component.slice(1)}.ts`);
}

/** @returns the text of every page by its file name. @throws when a component has no example or an argument no default */
export async function makePages(): Promise<Map<string, string>> {
    const missing = componentNames().filter((name) => !fs.existsSync(exampleFile(name)));
    if (missing.length > 0) {
        throw new Error(`Write an example for ${missing.join(", ")}: ${missing.map(exampleFile).join(", ")}`);
    }
    const analysis = analyze();
    const pages = analysis.components.map((component): [string, string] => [
        `${component.name}.md`,
        componentPage(analysis, component, exampleOf(component.name)),
    ]);
    const all: [string, string][] = [["README.md", indexPage(analysis)], ...pages];
    return new Map(await Promise.all(all.map(async ([file, text]) => [file, await formatted(file, text)] as const)));
}

/** The example as a user of the package writes it. */
function exampleOf(component: string): string {
    return fs.readFileSync(exampleFile(component), "utf8").replace('from ".."', 'from "lakeworks"');
}

async function formatted(file: string, text: string): Promise<string> {
    const filepath = path.join(pagesFolder, file);
    return prettier.format(text, { ...(await prettier.resolveConfig(filepath)), filepath });
}
