/** `npm run docs`: writes the pages anew, and drops those of components that are gone. */
import * as fs from "node:fs";
import * as path from "node:path";
import { makePages, pagesFolder } from ".";

async function write(): Promise<void> {
    const pages = await makePages();
    fs.rmSync(pagesFolder, { recursive: true, force: true });
    fs.mkdirSync(pagesFolder, { recursive: true });
    for (const [file, text] of pages) fs.writeFileSync(path.join(pagesFolder, file), text);
    console.log(`${pages.size} pages in ${path.relative(process.cwd(), pagesFolder)}`);
}

void write();
