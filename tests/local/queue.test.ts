import * as assert from "node:assert/strict";
import { Queue } from "../../local/athena/executions/queue";

/** Work that is noted when it starts and ends when told. */
function recorder() {
    const started: string[] = [];
    const ends: (() => void)[] = [];
    const work = (name: string) => () => {
        started.push(name);
        return new Promise<void>((resolve) => ends.push(resolve));
    };
    const endAll = async () => {
        while (ends.length > 0) {
            ends.shift()!();
            await new Promise(setImmediate);
        }
    };
    return { started, work, endAll };
}

describe("the queue of the local Athena", () => {
    it("runs no more at once than it may", async () => {
        const { started, work, endAll } = recorder();
        const queue = new Queue(2);
        for (const name of ["a", "b", "c"]) queue.add("one", work(name));
        assert.deepEqual(started, ["a", "b"]);
        await endAll();
        assert.deepEqual(started, ["a", "b", "c"]);
    });

    it("lets workgroups take turns, each in its own order", async () => {
        const { started, work, endAll } = recorder();
        const queue = new Queue(1);
        for (const name of ["a1", "a2", "a3", "a4"]) queue.add("a", work(name));
        for (const name of ["b1", "b2"]) queue.add("b", work(name));
        queue.add("c", work("c1"));
        await endAll();
        assert.deepEqual(started, ["a1", "a2", "b1", "c1", "a3", "b2", "a4"]);
    });
});
