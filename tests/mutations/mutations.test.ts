/** Every promise of every component is broken at least once, and its test notices. */
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Mutation } from "./mutation";
import { promisesByFile } from "./promises";
import type { Outcome } from "./worker";

const promises = promisesByFile();
const mutations = new Map([...promises.keys()].map((component) => [component, load(component)]));

function load(component: string): Mutation[] {
    const file = path.join(__dirname, `${component}.ts`);
    // The list's file is named after the component's: an import statement cannot say that.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return fs.existsSync(file) ? (require(file) as { mutations: Mutation[] }).mutations : [];
}

function run(component: string): Promise<Outcome[]> {
    const worker = path.join(__dirname, "worker.ts");
    const child = fork(worker, [component, JSON.stringify(mutations.get(component))], {
        execArgv: ["--require", "ts-node/register/transpile-only"],
        stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const outcomes: Outcome[] = [];
    child.on("message", (outcome: Outcome) => outcomes.push(outcome));
    return new Promise((resolve, reject) => {
        child.on("error", reject);
        child.on("exit", (code) => {
            if (code === 0) resolve(outcomes);
            else reject(new Error(`the worker for ${component} ended with ${code}`));
        });
    });
}

describe("the components' promises", () => {
    for (const [component, lines] of promises) {
        describe(component, () => {
            let outcomes: Outcome[];
            before(async function () {
                this.timeout(600_000);
                outcomes = await run(component);
            });

            for (const line of lines) {
                it(line, () => {
                    const tried = outcomes
                        .map((outcome) => ({ mutation: mutations.get(component)![outcome.index]!, outcome }))
                        .filter(({ mutation }) => mutation.breaks === line);
                    assert.ok(tried.length > 0, `tests/mutations/${component}.ts does not break it`);
                    for (const { mutation, outcome } of tried) {
                        const change = `${mutation.replace} -> ${mutation.by}`;
                        assert.equal(outcome.problem, undefined);
                        assert.ok(outcome.ran > 0, `no test of tests/components/${component}*.test.ts has this title`);
                        assert.ok(outcome.failed > 0, `its test does not notice ${change}`);
                    }
                });
            }

            it("is broken nowhere else", () => {
                const unknown = mutations.get(component)!.filter(({ breaks }) => !lines.includes(breaks));
                assert.deepEqual(
                    unknown.map(({ breaks }) => breaks),
                    [],
                );
            });
        });
    }
});
