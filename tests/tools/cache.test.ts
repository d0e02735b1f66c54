/** The cache that set-up builds into, driven by real processes that race, die and fail. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { projectRoot } from "../../tools/toolchain";

const moduleUrl = (name: string) => JSON.stringify(pathToFileURL(path.join(projectRoot, "tools/lib", name)).href);

/** Builds the entry "thing" in a process of its own: notes the attempt in a file, takes its time, then makes the product. */
function build(folder: string, milliseconds: number) {
    const script = `
        import * as fs from "node:fs";
        import { setTimeout as sleep } from "node:timers/promises";
        import { buildEntry } from ${moduleUrl("cache.mjs")};
        const step = { name: "thing", status() {} };
        const made = await buildEntry("thing", "product", step, async (target) => {
            fs.appendFileSync(process.env.ATTEMPTS, "attempt\\n");
            fs.writeFileSync(target + "/half", "");
            await sleep(${milliseconds});
            fs.writeFileSync(target + "/product", "");
        });
        console.log(made);
    `;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
        env: { ...process.env, LAKEWORKS_CACHE: folder, ATTEMPTS: path.join(folder, "attempts") },
        stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (data: Buffer) => (output += data.toString("utf8")));
    return { child, done: once(child, "close").then(() => output.trim()) };
}

describe("the cache of tools", () => {
    let folder: string;

    beforeEach(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-cache-"));
    });

    afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

    const attempts = () => {
        const file = path.join(folder, "attempts");
        return fs.existsSync(file) ? fs.readFileSync(file, "utf8").trim().split("\n").length : 0;
    };

    it("makes an entry once when several want it at a time", async () => {
        const answers = await Promise.all(
            [build(folder, 800), build(folder, 800), build(folder, 800)].map((b) => b.done),
        );
        assert.equal(attempts(), 1);
        assert.equal(new Set(answers).size, 1);
        assert.ok(fs.existsSync(path.join(answers[0] ?? "", "product")));
        assert.equal(await build(folder, 0).done, answers[0]);
        assert.equal(attempts(), 1);
    });

    it("counts nothing of a build that was killed, and takes its lock over", async () => {
        const killed = build(folder, 60_000);
        while (attempts() === 0) await sleep(50);
        killed.child.kill("SIGKILL");
        await killed.done;
        assert.ok(fs.existsSync(path.join(folder, "thing/lock")));
        assert.ok(!fs.existsSync(path.join(folder, "thing/complete")));

        const [one, two] = await Promise.all([build(folder, 300).done, build(folder, 300).done]);
        assert.equal(one, two);
        assert.equal(attempts(), 2);
        // The attempt that was cut off is gone, and so is the lock.
        assert.deepEqual(fs.readdirSync(path.join(folder, "thing")).sort(), [path.basename(one), "complete"].sort());
    });

    it("makes an entry anew when its files were taken away", async () => {
        fs.rmSync(path.join(await build(folder, 0).done, "product"));
        assert.ok(fs.existsSync(path.join(await build(folder, 0).done, "product")));
        assert.equal(attempts(), 2);
    });
});
