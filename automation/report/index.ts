/** The run as one HTML file that needs nothing else, and the same as Markdown and as JSON. */
import * as fs from "node:fs";
import * as path from "node:path";
import { homeDir } from "../../tools/toolchain";
import { htmlReport } from "./html";
import { jsonReport } from "./json";
import { markdownReport } from "./markdown";
import type { RunRecord } from "./record";
import { documentOf } from "./sections";

export type { RunRecord } from "./record";

/** @returns the HTML file's path, `<home>/report/<stack>-<dataset>.html`; `.md` and `.json` lie beside it */
export async function writeReport(record: RunRecord): Promise<string> {
    const base = path.join(homeDir(), "report", `${record.stack}-${record.contract.name}`);
    fs.mkdirSync(path.dirname(base), { recursive: true });
    const document = documentOf(record);
    fs.writeFileSync(`${base}.html`, await htmlReport(document));
    fs.writeFileSync(`${base}.md`, markdownReport(document));
    fs.writeFileSync(`${base}.json`, jsonReport(record));
    return `${base}.html`;
}
