/** `npm run docs`: writes the pages of the components anew, drops those of components that are gone, and fills in what other pages show of files. */
import * as fs from "node:fs";
import * as path from "node:path";
import { securityPage, securitySections } from "../../audit/page";
import { scalePage, scaleSections } from "../../bench/scale/page";
import { makePages, pagesFolder } from ".";
import { withSections } from "./sections";

async function write(): Promise<void> {
    const pages = await makePages();
    fs.rmSync(pagesFolder, { recursive: true, force: true });
    fs.mkdirSync(pagesFolder, { recursive: true });
    for (const [file, text] of pages) fs.writeFileSync(path.join(pagesFolder, file), text);
    for (const [file, sections] of [
        [securityPage, securitySections()],
        [scalePage, scaleSections()],
    ] as const) {
        fs.writeFileSync(file, await withSections(file, sections));
    }
    console.log(`${pages.size} pages in ${path.relative(process.cwd(), pagesFolder)}`);
}

void write();
