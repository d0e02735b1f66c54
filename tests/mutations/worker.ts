/**
 * Breaks copies of one component, a promise at a time, and runs the promise's test on each: a process of its own, as
 * broken components may leave anything behind. Arguments: the component's file and its mutations as JSON. Tells its
 * parent each outcome.
 */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import Mocha from "mocha";
import type { Mutation } from "./mutation";

/** What became of one mutation's test: how many of that title ran, and how many failed. */
export interface Outcome {
    readonly index: number;
    readonly ran: number;
    readonly failed: number;
    /** Why the mutation could not be tried. */
    readonly problem?: string;
}

const root = path.resolve(__dirname, "../..");
const copied = ["components", "tests/components"];
const linked = ["node_modules", "glue-scripts", "datasets", "tsconfig.json", "package.json"];

/** A copy of the components and their tests; the libraries stay the same, and so stay loaded. */
function copyTree(): string {
    const tree = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-mutations-")));
    process.on("exit", () => fs.rmSync(tree, { recursive: true, force: true }));
    for (const folder of copied) {
        fs.cpSync(path.join(root, folder), path.join(tree, folder), {
            recursive: true,
            filter: (source) => !/[\\/](node_modules|dist|glue-scripts)$/.test(source),
        });
    }
    for (const entry of linked) fs.symlinkSync(path.join(root, entry), path.join(tree, entry));
    return tree;
}

async function attempt(tree: string, component: string, mutation: Mutation): Promise<Omit<Outcome, "index">> {
    const file = path.join(tree, "components", mutation.file);
    if (!fs.existsSync(file)) return { ran: 0, failed: 0, problem: `there is no ${mutation.file}` };
    const source = fs.readFileSync(file, "utf8");
    if (!source.includes(mutation.replace)) {
        return { ran: 0, failed: 0, problem: `${mutation.file} has no text ${mutation.replace}` };
    }
    fs.writeFileSync(
        file,
        source.replace(mutation.replace, () => mutation.by),
    );
    try {
        return await runTests(tree, component, mutation.breaks);
    } finally {
        fs.writeFileSync(file, source);
    }
}

async function runTests(tree: string, component: string, title: string): Promise<Pick<Outcome, "ran" | "failed">> {
    for (const loaded of Object.keys(require.cache)) {
        if (loaded.startsWith(tree + path.sep)) delete require.cache[loaded];
    }
    const mocha = new Mocha({ fgrep: title, timeout: 30_000, reporter: class {} as never });
    const folder = path.join(tree, "tests/components");
    for (const file of fs.readdirSync(folder)) {
        if (file.startsWith(component) && file.endsWith(".test.ts")) mocha.addFile(path.join(folder, file));
    }
    const counts = { ran: 0, failed: 0 };
    try {
        await new Promise<void>((resolve) => {
            const runner = mocha.run(() => resolve());
            runner.on("test end", () => (counts.ran += 1));
            runner.on("fail", () => (counts.failed += 1));
            // An output that fails never resolves: its test would wait for it until the time is up.
            broken = () => {
                counts.failed += 1;
                runner.dispose();
                resolve();
            };
        });
    } catch {
        // A source that no longer loads fails its tests as well.
        return { ran: 1, failed: 1 };
    }
    // A hook that fails keeps its tests from running: they would have failed.
    return { ran: Math.max(counts.ran, counts.failed), failed: counts.failed };
}

// Each of Mocha's runs here listens to the process, the ones given up to their end.
process.setMaxListeners(0);
let broken = () => {};
process.on("unhandledRejection", () => broken());

async function main(component: string, mutations: readonly Mutation[]): Promise<void> {
    const tree = copyTree();
    process.chdir(tree);
    for (const [index, mutation] of mutations.entries()) {
        process.send?.({ index, ...(await attempt(tree, component, mutation)) } satisfies Outcome);
    }
}

void main(process.argv[2]!, JSON.parse(process.argv[3]!) as Mutation[]).then(
    () => process.exit(0),
    (error: unknown) => {
        console.error(error);
        process.exit(1);
    },
);
