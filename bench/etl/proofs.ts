/** Proofs rather than figures: crashes, dirt, DQDL. */
import * as path from "node:path";
import { print } from "../../automation/commands/common";
import { count, seconds, table } from "../../automation/format";
import { generate, inFolder, python, writeContract } from "./lake";

interface Crashes {
    readonly kills: number;
    readonly good: number;
    readonly polls: number;
    readonly wrong: readonly string[];
    readonly seconds: number;
}

/** @throws where a retry ended with other rows than a run in peace, or a reader saw half a partition. */
export async function crash(kills: number, rows: number): Promise<void> {
    await inFolder(async (folder) => {
        const [before, after] = [path.join(folder, "before"), path.join(folder, "after")];
        const days = 6;
        const all = { rows: rows * days, days, lateRate: 0.1 };
        await generate(before, { ...all, dayCount: days - 1 });
        await generate(after, all);
        const args = [folder, writeContract(folder), before, after, String(kills)];
        const [found] = await python<Crashes>("crash.py", args, true);
        const { good, polls, wrong } = found!;
        print(`a run takes ${seconds(found!.seconds)}; killed at ${kills} random moments of it and run again`);
        print(`${good} of ${kills} end with exactly the rows of a run in peace`);
        print(`a reader polled ${count(polls)} times and saw ${wrong.length === 0 ? "no" : "A"} partial partition`);
        if (good < kills || wrong.length > 0) throw new Error(`The crash test failed. ${wrong.join("; ")}`);
    });
}

interface Dirt {
    readonly kind: string;
    readonly rows: number;
    readonly expected: string;
    readonly found: string;
}

/** @throws where a kind of dirt has another outcome than expected. */
export async function dirt(): Promise<void> {
    const kinds = await python<Dirt>("dirt.py", []);
    print(
        table(
            ["kind", "records", "outcome"].map((title) => ({ title, numeric: title === "records" })),
            kinds.map(({ kind, rows, found }) => [kind, count(rows), found]),
            kinds.length,
        ),
    );
    const wrong = kinds.filter(({ expected, found }) => expected !== found);
    print(`${kinds.length - wrong.length} of ${kinds.length} kinds as expected, every record accounted for`);
    if (wrong.length > 0)
        throw new Error(wrong.map(({ kind, expected }) => `${kind}: expected ${expected}`).join("; "));
}

export async function dqdl(): Promise<void> {
    const [found] = await python<{ passed: number; types: number; refused: readonly string[] }>("dqdl.py", []);
    print(`${found!.passed} of ${found!.types} DQDL rule types give AWS's outcomes`);
    print(`refused by name: ${found!.refused.join(", ")}`);
}
