import { InvalidArgumentError, Option, type Command } from "commander";
import { datasets } from "../../datasets";
import { StepFailure } from "../errors";
import { bytes, table } from "../format";
import { deleteSnapshot, listSnapshots, resetLocal, restoreSnapshot, takeSnapshot } from "../localState";
import { Progress } from "../progress";
import { Session } from "../session";
import { fillLake, upStep } from "../steps";
import { localStateDir, localStack, openTarget, requiredLocal, runningLocal } from "../target";
import { guarded, print, printJson } from "./common";
import { registerFaults } from "./localFaults";

export function registerLocal(program: Command): void {
    const local = program.command("local").description("the embedded local AWS by itself, for any AWS client");
    local
        .command("start", { isDefault: true })
        .description("start it, or find it running, and print how to use it")
        .addOption(
            new Option(
                "--seed <dataset...>",
                "with a lake in it that answers: deployed, seeded, crawled, transformed",
            ).choices(datasets.map(({ contract }) => contract.name)),
        )
        .option("--host <address>", "listen on another address than 127.0.0.1, e.g. 0.0.0.0 for all of this machine's")
        .action(({ seed = [], host }: { seed?: string[]; host?: string }) =>
            guarded(async () => {
                const target = await new Progress().stage("Local AWS", () => openTarget(localStack, true, host));
                const lakes = seed.length === 0 ? [] : await seedLocal(seed);
                const { endpoint } = target.local!;
                print(`${endpoint} (in a browser: what runs and what is stored)\nState: ${localStateDir()}`);
                print(`AWS CLI and SDKs: eval "$(lakeworks local env)"`);
                if (target.local!.isOpen) {
                    process.stderr.write(
                        `Warning: it listens on ${target.local!.host} and checks no signatures. Whoever reaches that address can ` +
                            "read and delete what is in it, and run scripts as you.\n",
                    );
                }
                for (const { of } of lakes) print(`Database ${of.database}, workgroup ${of.workgroup}`);
            }),
        );
    local
        .command("stop")
        .description("stop it and its engines; its state stays")
        .action(() =>
            guarded(async () => {
                const running = await runningLocal();
                if (running === undefined) return print("The local AWS does not run.");
                await running.stop();
                print(`Stopped. State: ${localStateDir()}`);
            }),
        );
    local
        .command("status")
        .description("what runs, as JSON; exits with 1 where nothing does")
        .action(() => guarded(async () => printJson(await (await requiredLocal()).health())));
    local
        .command("env")
        .description("print the environment that points AWS clients at it")
        .option("--account <id>", "another account of it, twelve digits (default: 000000000000)", accountId)
        .action(({ account }: { account?: string }) =>
            guarded(async () => {
                const env = (await requiredLocal()).env(account);
                for (const [name, value] of Object.entries(env)) print(`export ${name}=${value}`);
            }),
        );
    registerState(local);
    registerFaults(local);
}

/** Commands on the state as a whole. A local AWS that runs is stopped for them and started again. */
function registerState(local: Command): void {
    local
        .command("snapshot")
        .description("keep its whole state under a name; without a name: list what was kept")
        .argument("[name]")
        .option("--delete", "delete the snapshot of that name")
        .action((name: string | undefined, options: { delete?: boolean }) =>
            guarded(async () => {
                if (name === undefined) return print(describeSnapshots());
                if (options.delete) {
                    deleteSnapshot(name);
                    return print(`The snapshot ${name} is deleted.`);
                }
                const taken = await new Progress().stage(`Snapshot ${name}`, () => takeSnapshot(name));
                print(`${bytes(taken.bytes)}. Bring it back: lakeworks local restore ${name}`);
            }),
        );
    local
        .command("restore")
        .description("bring the state of a snapshot back in place of the present one")
        .argument("<name>")
        .action((name: string) => guarded(() => new Progress().stage(`Restore ${name}`, () => restoreSnapshot(name))));
    local
        .command("reset")
        .description("throw its whole state away; snapshots stay")
        .option("--yes", "needed: every lake on the local AWS is deleted with all its data")
        .action(({ yes }: { yes?: boolean }) =>
            guarded(async () => {
                if (yes !== true) {
                    throw new StepFailure("The local AWS is not reset: every lake on it would be deleted for good.", {
                        next: `If you mean it: "lakeworks local reset --yes"; "lakeworks local snapshot <name>" keeps it first.`,
                    });
                }
                await new Progress().stage("Reset the local AWS", resetLocal);
            }),
        );
}

async function seedLocal(names: readonly string[]) {
    const session = await Session.open({ stack: localStack });
    void session.target.warm().catch((error: unknown) => session.progress.note(`Warming up: ${String(error)}`));
    await upStep(session, {});
    const lakes = (await session.lakeDatasets()).filter(({ dataset }) => names.includes(dataset.contract.name));
    for (const lake of lakes) await fillLake(session, lake, {});
    return lakes;
}

function describeSnapshots(): string {
    const snapshots = listSnapshots();
    if (snapshots.length === 0) return "No snapshot was taken yet.";
    const columns = ["Snapshot", "Taken", "Size"].map((title) => ({ title, numeric: title === "Size" }));
    const rows = snapshots.map(({ name, taken, bytes: size }) => [name, taken.toISOString().slice(0, 19), bytes(size)]);
    return table(columns, rows);
}

function accountId(text: string): string {
    if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError("An account is twelve digits.");
    return text;
}
