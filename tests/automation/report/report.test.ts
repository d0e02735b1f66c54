import assert from "node:assert/strict";
import type { Browser, Page } from "puppeteer-core";
import { htmlReport } from "../../../automation/report/html";
import { jsonReport } from "../../../automation/report/json";
import { markdownReport } from "../../../automation/report/markdown";
import { documentOf } from "../../../automation/report/sections";
import { axe, launch, picture } from "./browser";
import { answers, hostile, record } from "./record";

describe("the report", function () {
    this.timeout(120_000);
    let browser: Browser;
    let html: string;

    before(async () => {
        html = await htmlReport(documentOf(record));
        browser = await launch();
    });
    after(() => browser.close());

    /** Opens the report and does something with it. @returns what the console and failed requests said */
    async function open(
        { width, scheme, paper }: { width: number; scheme: "light" | "dark"; paper?: boolean },
        look: (page: Page) => Promise<void>,
    ): Promise<string[]> {
        const page = await browser.newPage();
        const said: string[] = [];
        page.on("console", (message) => said.push(message.text()));
        page.on("pageerror", (error) => said.push(String(error)));
        page.on("request", (request) => {
            if (!request.url().startsWith("data:") && request.url() !== "about:blank")
                said.push(`asked for ${request.url()}`);
        });
        await page.setViewport({ width, height: 900 });
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        if (paper) await page.emulateMediaType("print");
        await page.setContent(html);
        await look(page);
        await page.close();
        return said;
    }

    for (const [name, view] of Object.entries({
        "a phone, light": { width: 360, scheme: "light" },
        "a phone, dark": { width: 360, scheme: "dark" },
        "a laptop, light": { width: 1280, scheme: "light" },
        "a laptop, dark": { width: 1280, scheme: "dark" },
        paper: { width: 794, scheme: "light", paper: true },
    } as const)) {
        it(`fits on ${name}, asks for nothing, and axe-core finds nothing wrong`, async () => {
            const said = await open(view, async (page) => {
                const width = Number(await page.evaluate("document.documentElement.scrollWidth"));
                assert.ok(width <= view.width, `${width} px on ${view.width} px`);
                await page.evaluate("document.querySelectorAll('details').forEach((folded) => (folded.open = true))");
                await picture(page, name.replace(/\W+/g, "-"));
                const findings = await axe(page);
                assert.deepEqual(
                    findings.map(({ id, help, nodes }) => [id, help, nodes[0]?.html, nodes[0]?.failureSummary]),
                    [],
                );
            });
            assert.deepEqual(said, []);
        });
    }

    it("shows on paper what is folded on a screen", async () => {
        await open({ width: 794, scheme: "light", paper: true }, async (page) => {
            const heights = (await page.evaluate(
                "[...document.querySelectorAll('details table')].map((table) => table.getBoundingClientRect().height)",
            )) as number[];
            assert.ok(heights.length > 0 && heights.every((height) => height > 100), String(heights));
        });
    });

    it("shows every cell of every answer as the query gave it, and each number of the run", async () => {
        await open({ width: 1280, scheme: "light" }, async (page) => {
            for (const { query, columns, rows } of answers.filter((answer) => answer.query.kind === "select")) {
                const lines = `document.querySelectorAll(${JSON.stringify(`[aria-label="${query.title}"] tr`)})`;
                const cells = await page.evaluate(
                    `[...${lines}].map((line) => [...line.querySelectorAll("th, td")].map((cell) => cell.textContent))`,
                );
                assert.deepEqual(cells, [
                    columns.map(({ title }) => title),
                    ...rows.map((row) => row.map((cell) => cell ?? "–")),
                ]);
            }
            const text = String(await page.evaluate("document.body.textContent"));
            for (const number of [
                "1,096",
                "1,100",
                "60",
                "35",
                "25",
                "30",
                "10",
                "1,200",
                "27,014,744",
                "231,543",
                "84 rows",
                "1 of 2",
            ]) {
                assert.ok(text.includes(number), number);
            }
        });
    });

    it("can be read by the keyboard: links to its sections, and wide tables that scroll", async () => {
        await open({ width: 360, scheme: "light" }, async (page) => {
            const broken = await page.evaluate(
                "[...document.querySelectorAll('a')].map((a) => a.hash).filter((hash) => !document.querySelector(hash))",
            );
            assert.deepEqual(broken, []);
            const out = await page.$$eval("div.wide:not([tabindex='0'])", (tables) => tables.length);
            assert.equal(out, 0);
        });
    });

    it("says the same in Markdown, where hostile text stays text", () => {
        const markdown = markdownReport(documentOf(record));
        assert.ok(markdown.includes("| electronics | 1641596.62 |"));
        assert.ok(!markdown.includes("<img"));
        const widths = markdown.split("\n").filter((line) => line.startsWith("|"));
        assert.ok(widths.length > 60);
        for (const { title } of documentOf(record).sections)
            assert.match(markdown, new RegExp(`^## ${title.replace(/[_]/g, "\\\\_")}$`, "m"));
    });

    it("says the same in JSON, numbers as numbers", () => {
        const data = JSON.parse(jsonReport(record)) as {
            answers: typeof answers;
            run: { rows: object };
            raw: { bytes: number };
        };
        assert.deepEqual(
            data.answers.map(({ rows }) => rows),
            answers.map(({ rows }) => rows),
        );
        assert.deepEqual(data.run.rows, record.etl.rows);
        assert.equal(data.raw.bytes, 27_014_744);
        assert.ok(html.includes("&lt;img src=x onerror=") && !html.includes(hostile));
    });
});
