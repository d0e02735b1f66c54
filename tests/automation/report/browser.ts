/** Chromium without a window, as it comes from npm; `CHROME_PATH` names another one. */
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { Browser, Page } from "puppeteer-core";

const load = createRequire(__filename);

/** TypeScript's CommonJS output would make a require() of an import, which packages of ES modules alone refuse. */
// eslint-disable-next-line @typescript-eslint/no-implied-eval -- a fixed text
const importModule = new Function("name", "return import(name)") as (name: string) => Promise<unknown>;

interface PackedChromium {
    readonly default: { readonly args: string[]; executablePath(): Promise<string> };
}

export async function launch(): Promise<Browser> {
    // Asked for as on a machine that has no libraries of a desktop, it brings its own.
    process.env.AWS_LAMBDA_JS_RUNTIME ??= "nodejs22.x";
    const { default: puppeteer } = (await importModule("puppeteer-core")) as typeof import("puppeteer-core");
    const { CHROME_PATH } = process.env;
    if (CHROME_PATH !== undefined) return puppeteer.launch({ executablePath: CHROME_PATH, headless: true });
    const { default: chromium } = (await importModule("@sparticuz/chromium")) as PackedChromium;
    return puppeteer.launch({
        executablePath: await chromium.executablePath(),
        args: chromium.args,
        headless: "shell",
    });
}

export interface AxeFinding {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe-core finds wrong on a page. */
export async function axe(page: Page): Promise<AxeFinding[]> {
    await page.evaluate(fs.readFileSync(load.resolve("axe-core/axe.min.js"), "utf8"));
    return page.evaluate(async () => {
        const { axe: run } = globalThis as unknown as { axe: { run(): Promise<{ violations: AxeFinding[] }> } };
        return (await run.run()).violations;
    });
}

/** Keeps a picture where `REPORT_PICTURES` names a folder, for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
    const folder = process.env.REPORT_PICTURES;
    if (folder === undefined) return;
    fs.mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}
