import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { isAlive } from "../../tools/processes";

describe("processes", () => {
    it("are alive while they run", () => assert.equal(isAlive(process.pid), true));

    it("are not when they are gone, or no processes", () => {
        assert.equal(isAlive(spawnSync(process.execPath, ["-e", ""]).pid), false);
        for (const pid of [0, -1, 1.5, NaN]) assert.equal(isAlive(pid), false);
    });

    it("are not when they have ended and nobody has asked", async function () {
        if (process.platform !== "linux") return this.skip();
        // The shell starts a process, tells its number and becomes another program, which never asks for its end.
        const parent = spawn("/bin/sh", ["-c", "sleep 0 & echo $!; exec sleep 30"], {
            stdio: ["ignore", "pipe", "ignore"],
        });
        try {
            const pid = await new Promise<number>((resolve) =>
                parent.stdout.once("data", (text) => resolve(Number(text))),
            );
            for (let waited = 0; waited < 5000 && isAlive(pid); waited += 50) await delay(50);
            assert.equal(process.kill(pid, 0), true, "it is still listed");
            assert.equal(isAlive(pid), false);
        } finally {
            parent.kill("SIGKILL");
        }
    });
});
