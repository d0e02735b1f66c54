import assert from "node:assert/strict";
import { StepFailure } from "../../automation/errors";
import { backoff, poll } from "../../automation/poll";

function take(count: number, waits: Generator<number, never>): number[] {
    return Array.from({ length: count }, () => waits.next().value);
}

describe("polling", () => {
    it("waits half as long again each time, up to the largest interval", () => {
        assert.deepEqual(take(6, backoff(100, 400)), [100, 150, 225, 338, 400, 400]);
    });

    it("asks until there is an answer", async () => {
        let asked = 0;
        const answer = await poll(async () => (++asked === 3 ? "ready" : undefined), {
            what: "it",
            timeoutSeconds: 5,
            initialMs: 1,
        });
        assert.equal(answer, "ready");
        assert.equal(asked, 3);
    });

    it("gives up when the time is over and names what it waited for", async () => {
        const never = poll(async () => undefined, { what: "the crawler x", timeoutSeconds: 0.02, initialMs: 5 });
        await assert.rejects(never, (error) => error instanceof StepFailure && /the crawler x/.test(error.message));
    });

    it("stops at once when it is aborted, also in the middle of a wait", async () => {
        const controller = new AbortController();
        const started = performance.now();
        const waiting = poll(async () => undefined, {
            what: "it",
            timeoutSeconds: 60,
            initialMs: 30_000,
            signal: controller.signal,
        });
        setImmediate(() => controller.abort());
        await assert.rejects(waiting, { name: "AbortError" });
        assert.ok(performance.now() - started < 5000);
    });

    it("passes an error of the question on", async () => {
        await assert.rejects(
            poll(async () => Promise.reject(new Error("denied")), { what: "it", timeoutSeconds: 5 }),
            /denied/,
        );
    });
});
