/** What can befall a command: its own end, an operator's, a service's, an engine's, the whole of AWS. */
import { setTimeout as delay } from "node:timers/promises";
import type { FaultKind, FaultRule } from "../../local/faults/rules";
import type { Outcome, Running, TestLake } from "../../tests/e2e/harness";
import type { Dice } from "./dice";

export type Stage = "up" | "seed" | "crawl bronze" | "job" | "crawl silver" | "query";

export interface Scene {
    readonly lake: TestLake;
    readonly dice: Dice;
    /** Starts the command that is disturbed. */
    readonly start: () => Running;
    /** How long it takes when nothing befalls it, in milliseconds. */
    readonly usualMs: number;
}

export interface Disturbance {
    readonly name: string;
    readonly stages: readonly Stage[];
    /** Runs the command and disturbs it. @returns how it ended, or they did */
    readonly befall: (scene: Scene) => Promise<Outcome[]>;
}

const everywhere: readonly Stage[] = ["up", "seed", "crawl bronze", "job", "crawl silver", "query"];
const withoutUp = everywhere.filter((stage) => stage !== "up");

export const disturbances: readonly Disturbance[] = [
    { name: "killed", stages: everywhere, befall: (scene) => atRandom(scene, ({ child }) => child.kill("SIGKILL")) },
    { name: "Ctrl-C", stages: everywhere, befall: (scene) => atRandom(scene, ({ child }) => child.kill("SIGINT")) },
    { name: "two at once", stages: everywhere, befall: ({ start }) => Promise.all([start().done, start().done]) },
    { name: "AWS killed", stages: withoutUp, befall: (scene) => atRandom(scene, () => killLocal(scene.lake)) },
    { name: "Spark killed", stages: ["job"], befall: (scene) => atRandom(scene, () => killSpark(scene.lake)) },
    { name: "Trino killed", stages: ["query"], befall: (scene) => atRandom(scene, () => killTrino(scene.lake)) },
    ...(["unavailable", "throttled", "dropped", "slow"] as const).flatMap((kind) => [
        ofService(kind, "s3", ["seed", "crawl bronze", "job", "crawl silver", "query"]),
        ofService(kind, "glue", ["crawl bronze", "job", "crawl silver"]),
        ofService(kind, "athena", ["query"]),
    ]),
    ofService("truncated", "s3", ["seed", "crawl bronze", "job", "query"]),
    ofService("expired", undefined, everywhere),
    { name: "network lost", stages: everywhere, befall: networkLost },
];

/** A service that fails some requests after some others. */
function ofService(kind: FaultKind, service: string | undefined, stages: readonly Stage[]): Disturbance {
    return {
        name: service === undefined ? kind : `${service} ${kind}`,
        stages,
        befall: ({ lake, dice, start }) => {
            const [after, every, times] = [dice.whole(0, 25), dice.whole(1, 3), dice.whole(1, 15)];
            return under(
                lake,
                [{ kind, service, after, every, times, ...(kind === "slow" && { delayMs: 700 }) }],
                start,
            );
        },
    };
}

/** Every request fails from some moment on, until the command has given up. */
function networkLost({ lake, dice, start }: Scene): Promise<Outcome[]> {
    return under(lake, [{ kind: "dropped", after: dice.whole(0, 25) }], start);
}

async function under(lake: TestLake, rules: readonly FaultRule[], start: () => Running): Promise<Outcome[]> {
    const local = await lake.local();
    await local.setFaults(rules);
    try {
        return [await start().done];
    } finally {
        await local.setFaults([]);
    }
}

async function atRandom({ dice, start, usualMs }: Scene, strike: (running: Running) => unknown): Promise<Outcome[]> {
    const running = start();
    const moment = dice.share() * 1.05 * usualMs;
    const over = await Promise.race([running.done, delay(moment)]);
    if (over === undefined) await strike(running);
    return [await running.done];
}

async function killLocal(lake: TestLake): Promise<void> {
    process.kill((await lake.local()).pid, "SIGKILL");
}

/** The driver of the job that runs; nothing where none does yet. */
async function killSpark(lake: TestLake): Promise<void> {
    const { services } = await (await lake.local()).health();
    kill((services["glue"] as { jobs: { runningDrivers: number[] } }).jobs.runningDrivers[0]);
}

async function killTrino(lake: TestLake): Promise<void> {
    const { services } = await (await lake.local()).health();
    kill((services["athena"] as { pid?: number }).pid);
}

function kill(pid: number | undefined): void {
    if (pid === undefined) return;
    try {
        process.kill(pid, "SIGKILL");
    } catch (error) {
        // It ended by itself in between.
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
}
