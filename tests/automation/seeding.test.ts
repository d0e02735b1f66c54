import assert from "node:assert/strict";
import { StepFailure } from "../../automation/errors";
import { sha256, type ObjectStore } from "../../automation/objects";
import { defaultShape, isSeeded, seed, type SeedRequest } from "../../automation/seeding";
import type { GenerateOptions, LoadedDataset } from "../../datasets";

/** A bucket in memory that remembers what was put, in order. */
class MemoryStore implements ObjectStore {
    readonly objects = new Map<string, Buffer>();
    readonly puts: string[] = [];
    failOn?: string;

    async list(prefix: string): Promise<Map<string, number>> {
        return new Map(
            [...this.objects].filter(([key]) => key.startsWith(prefix)).map(([key, body]) => [key, body.length]),
        );
    }
    async recordedChecksum(key: string): Promise<string | undefined> {
        return sha256(this.objects.get(key)!);
    }
    async put(key: string, body: Buffer): Promise<void> {
        if (key === this.failOn) throw new Error(`no room for ${key}`);
        this.objects.set(key, body);
        this.puts.push(key);
    }
    async getText(key: string): Promise<string | undefined> {
        return this.objects.get(key)?.toString();
    }
}

const asked: GenerateOptions[] = [];

/** One file a day; its content follows from seed, rows and day, and is always as long. */
const dataset = {
    contract: { name: "things" },
    async *generate(options: GenerateOptions) {
        asked.push(options);
        const { firstDay = 0, dayCount = 0 } = options;
        for (let day = firstDay; day < firstDay + dayCount; day++) {
            const body = Buffer.from(`day ${day} seed ${options.seed} rows ${options.rows}\n`);
            const counts = {
                lines: 3,
                clean: 1,
                bad: 1,
                duplicates: 1,
                late: 0,
                badByReason: { malformed: 1 },
                bytes: body.length,
            };
            yield { key: `ingest_date=${day}/part-0000.jsonl`, body, counts };
        }
    },
} as unknown as LoadedDataset;

const record = "_lakeworks/seed/things.json";
const run = (store: ObjectStore, request: SeedRequest) => seed(store, dataset, "things/", request);
const dataPuts = (store: MemoryStore) => store.puts.filter((key) => key !== record);

describe("seeding", () => {
    beforeEach(() => asked.splice(0));

    it("uploads every day once and counts the lines", async () => {
        const store = new MemoryStore();
        const result = await run(store, { shape: { days: 20 } });
        assert.equal(dataPuts(store).length, 20);
        assert.deepEqual(result.shape, { ...defaultShape, days: 20 });
        const { lines, clean, bad, duplicates, badByReason } = result.counts;
        assert.deepEqual([lines, clean, bad, duplicates, badByReason], [60, 20, 20, 20, { malformed: 20 }]);
        assert.equal(result.uploaded.objects, 20);
        assert.equal(result.uploaded.bytes, result.counts.bytes);
    });

    it("uploads nothing the second time", async () => {
        const store = new MemoryStore();
        await run(store, { shape: { days: 20 } });
        store.puts.splice(0);
        const again = await run(store, { shape: {} });
        assert.deepEqual(dataPuts(store), []);
        assert.deepEqual(again.uploaded, { objects: 0, bytes: 0 });
        assert.equal(again.objects, 20);
    });

    it("puts back what was changed or deleted, and only that", async () => {
        const store = new MemoryStore();
        await run(store, { shape: { days: 5 } });
        const changed = "things/ingest_date=2/part-0000.jsonl";
        store.objects.set(changed, Buffer.from(store.objects.get(changed)!.toString().replace("day", "DAY")));
        store.objects.delete("things/ingest_date=4/part-0000.jsonl");
        store.puts.splice(0);
        await run(store, { shape: {} });
        assert.deepEqual(dataPuts(store).sort(), [changed, "things/ingest_date=4/part-0000.jsonl"]);
    });

    it("adds days after the last one, with the rows per day and the seed of the first time", async () => {
        const store = new MemoryStore();
        await run(store, { shape: { days: 5, rows: 500, seed: 7 } });
        await run(store, { shape: {}, moreDays: 2 });
        await run(store, { shape: {}, moreDays: 1 });
        assert.deepEqual(
            dataPuts(store).slice(5),
            [5, 6, 7].map((day) => `things/ingest_date=${day}/part-0000.jsonl`),
        );
        assert.deepEqual(
            asked.map(({ rows, days, seed, firstDay, dayCount }) => [rows, days, seed, firstDay, dayCount]),
            [
                [500, 5, 7, 0, 5],
                [500, 5, 7, 5, 2],
                [500, 5, 7, 7, 1],
            ],
        );
    });

    it("does not forget added days when the first ones are seeded again", async () => {
        const store = new MemoryStore();
        await run(store, { shape: { days: 5 } });
        await run(store, { shape: {}, moreDays: 2 });
        await run(store, { shape: { days: 5 } });
        await run(store, { shape: {}, moreDays: 1 });
        assert.ok(store.objects.has("things/ingest_date=7/part-0000.jsonl"));
    });

    it("refuses to mix other data into a seeded bucket, and writes nothing", async () => {
        const store = new MemoryStore();
        await run(store, { shape: { days: 5, seed: 1 } });
        const before = store.puts.length;
        await assert.rejects(
            run(store, { shape: { seed: 2 } }),
            (error) => error instanceof StepFailure && /seed 1 \(asked for: 2\)/.test(error.message),
        );
        assert.equal(store.puts.length, before);
    });

    it("knows whether there is something to continue", async () => {
        const store = new MemoryStore();
        assert.equal(await isSeeded(store, dataset), false);
        await run(store, { shape: { days: 1 } });
        assert.equal(await isSeeded(store, dataset), true);
    });

    it("refuses to add days to nothing", async () => {
        await assert.rejects(run(new MemoryStore(), { shape: {}, moreDays: 1 }), /nothing has been seeded/);
    });

    it("finishes added days that were cut short before it adds others", async () => {
        const store = new MemoryStore();
        const key = (day: number) => `things/ingest_date=${day}/part-0000.jsonl`;
        await run(store, { shape: { days: 5 } });
        store.failOn = key(6);
        await assert.rejects(run(store, { shape: {}, moreDays: 2 }), /no room/);
        await assert.rejects(run(store, { shape: {}, moreDays: 1 }), /no room/);
        store.failOn = undefined;
        await run(store, { shape: { days: 5 } });
        assert.ok(!store.objects.has(key(6)), "the first days are not the added ones");
        await run(store, { shape: {}, moreDays: 1 });
        assert.ok(store.objects.has(key(6)) && !store.objects.has(key(7)));
        const { finished } = await run(store, { shape: {}, moreDays: 1 });
        assert.ok(store.objects.has(key(7)) && !finished);
    });

    it("finishes the first days too when they were cut short", async () => {
        const store = new MemoryStore();
        store.failOn = "things/ingest_date=3/part-0000.jsonl";
        await assert.rejects(run(store, { shape: { days: 5 } }), /no room/);
        store.failOn = undefined;
        const { finished } = await run(store, { shape: {}, moreDays: 1 });
        assert.deepEqual([finished, (await store.list("things/")).size], [true, 5]);
    });

    it("fails when an upload fails, and finishes the rest the next time", async () => {
        const store = new MemoryStore();
        store.failOn = "things/ingest_date=3/part-0000.jsonl";
        await assert.rejects(run(store, { shape: { days: 20 } }), /no room/);
        store.failOn = undefined;
        const result = await run(store, { shape: {} });
        assert.equal(result.objects, 20);
        assert.ok(result.uploaded.objects >= 1 && result.uploaded.objects < 20);
        assert.equal((await store.list("things/")).size, 20);
    });
});
