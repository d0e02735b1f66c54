import { InvalidArgumentError, type Command } from "commander";
import { StepFailure } from "../errors";
import { Progress } from "../progress";
import { localStateDir, openTarget, localStack, runningLocal } from "../target";
import { guarded, print, printJson } from "./common";

export function registerLocal(program: Command): void {
    const local = program.command("local").description("the embedded local AWS by itself, for any AWS client");
    local
        .command("start", { isDefault: true })
        .description("start it, or find it running, and print how to use it")
        .action(() =>
            guarded(async () => {
                const target = await new Progress().stage("Local AWS", () => openTarget(localStack, true));
                print(
                    `${target.local!.endpoint}\nState: ${localStateDir()}\nAWS CLI and SDKs: eval "$(lakeworks local env)"`,
                );
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
        .action(() => guarded(async () => printJson(await (await required()).health())));
    local
        .command("env")
        .description("print the environment that points AWS clients at it")
        .option("--account <id>", "another account of it, twelve digits (default: 000000000000)", accountId)
        .action(({ account }: { account?: string }) =>
            guarded(async () => {
                const env = (await required()).env(account);
                for (const [name, value] of Object.entries(env)) print(`export ${name}=${value}`);
            }),
        );
}

function accountId(text: string): string {
    if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError("An account is twelve digits.");
    return text;
}

async function required() {
    const running = await runningLocal();
    if (running !== undefined) return running;
    throw new StepFailure("The local AWS does not run.", { next: 'Start it: "lakeworks local start".' });
}
