import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { dropStaleLock } from "../../automation/staleLock";

describe("locks of the local stack", () => {
    let backend: string;
    const lock = (name: string, pid: number) => {
        const folder = path.join(backend, ".pulumi", "locks", "organization", "lakeworks", "local");
        fs.mkdirSync(folder, { recursive: true });
        fs.writeFileSync(path.join(folder, `${name}.json`), JSON.stringify({ pid, username: "x" }));
        return path.join(folder, `${name}.json`);
    };

    beforeEach(() => (backend = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-lock-"))));
    afterEach(() => fs.rmSync(backend, { recursive: true }));

    it("are removed when their process is gone", async () => {
        const gone = spawnSync(process.execPath, ["-e", ""]).pid;
        const file = lock("a", gone);
        assert.equal(await dropStaleLock(backend), true);
        assert.equal(fs.existsSync(file), false);
    });

    it("stay while their process lives", async () => {
        const file = lock("a", process.pid);
        assert.equal(await dropStaleLock(backend), false);
        assert.equal(fs.existsSync(file), true);
    });
});
