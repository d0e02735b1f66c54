import type { Command } from "commander";
import { describeChanges } from "../engineEvents";
import { StepFailure } from "../errors";
import { findLeftovers, removeServiceLogs } from "../leftovers";
import { describeLosses, lossesOf, type Losses } from "../losses";
import type { CommonOptions, Session } from "../session";
import { localStacks, type LakeStack } from "../stack";
import { localStack } from "../target";
import type { LocalAws } from "../../local/control";
import { inSession, printJson, withJson, withStack } from "./common";

interface DestroyOptions extends CommonOptions {
    readonly yes?: boolean;
    readonly stackNameAgain?: string;
}

export function registerDestroy(program: Command): void {
    withJson(withStack(program.command("destroy")))
        .description("delete every resource and all data of the stack, then the local AWS where it is the local one")
        .option("--yes", "needed for every stack but local")
        .option("--stack-name-again <name>", "the stack's name once more: needed for every stack but local")
        .action(
            inSession(async (session, options: DestroyOptions) => {
                checkCommand(session, options);
                const stack = await session.existingStack();
                if (stack === undefined) session.progress.note(`There is no stack ${session.stackName}.`);
                const destroyed = stack && (await destroy(session, stack));
                if (session.target.local !== undefined) await endLocal(session, stack, session.target.local);
                if (options.json) printJson({ stack: session.stackName, destroyed: destroyed ?? null });
            }),
        );
}

/** The first key to data on AWS is the command: it has to say the name twice. */
function checkCommand({ stackName, options: same }: Session, options: DestroyOptions): void {
    if (stackName === localStack || (options.yes && options.stackNameAgain === stackName)) return;
    throw new StepFailure(`The stack ${stackName} is not destroyed: that would delete its data for good.`, {
        next: `If you mean it: lakeworks destroy ${same} --yes --stack-name-again ${stackName}.`,
    });
}

/** The second key is the configuration, which must be deployed before: buckets are emptied only where it says so. */
async function checkConfiguration({ stackName, options }: Session, stack: LakeStack): Promise<void> {
    const config = await stack.config();
    // Left empty, as Pulumi.yaml has it, the stack's name says which environment it is.
    const environment = config["environment"] === "" ? undefined : config["environment"];
    const isProd = (environment ?? stackName) === "prod";
    const missing: string[] = [];
    if (config["forceDestroy"] !== "true") missing.push("lakeworks:forceDestroy true");
    if (isProd && config["destroyConfirmation"] !== stackName)
        missing.push(`lakeworks:destroyConfirmation ${stackName}`);
    if (missing.length === 0) return;
    const commands = missing.map((setting) => `pulumi config set ${setting} --stack ${stackName}`);
    throw new StepFailure(`The stack ${stackName} is not destroyed: its configuration keeps its data.`, {
        reason: `${missing.join(" and ")} is not set`,
        next: [...commands, `lakeworks up ${options}`, "then destroy again"].join("; "),
    });
}

/** What has gone: data, where it could be listed, and resources. */
interface Destroyed {
    readonly lost: Losses | null;
    readonly changes: Readonly<Record<string, number>>;
}

async function destroy(session: Session, stack: LakeStack): Promise<Destroyed> {
    const { stackName, progress, target } = session;
    if (stackName !== localStack) await checkConfiguration(session, stack);
    const lost = await tellLosses(session, stack);
    const { changes } = await progress.stage(
        `pulumi destroy, stack ${stackName}`,
        (stage) => stack.destroy(stage),
        (outcome) => describeChanges(outcome.changes),
    );
    if (target.local === undefined)
        progress.note("Glue's own log groups (/aws-glue/…) belong to the account and stay.");
    return { lost, changes };
}

/** A lake whose contents cannot be listed, half deployed or half destroyed, can be destroyed all the same. */
async function tellLosses(session: Session, stack: LakeStack): Promise<Losses | null> {
    if ((await stack.outputs()) === undefined) return null;
    try {
        const losses = await lossesOf(await session.lake());
        session.progress.note(describeLosses(losses));
        return losses;
    } catch (error) {
        session.progress.note(
            `What is in the lake could not be listed (${(error as Error).message}); it goes all the same.`,
        );
        return null;
    }
}

/** Other stacks may stand on the same local AWS: it stops with the last of them. */
async function endLocal(session: Session, stack: LakeStack | undefined, local: LocalAws): Promise<void> {
    const others = localStacks().filter((name) => name !== session.stackName);
    await session.progress.stage("Check that nothing is left", async () => {
        if (others.length === 0) await removeServiceLogs();
        const left = await findLeftovers(others.length === 0 ? undefined : session.stackName);
        if (left.length === 0) return;
        throw new StepFailure("Not everything was deleted.", {
            reason: left.join(", "),
            next: `Run "lakeworks destroy ${session.options}" again.`,
        });
    });
    await stack?.remove();
    if (others.length === 0) await session.progress.stage("Stop the local AWS", () => local.stop());
    else session.progress.note(`The local AWS goes on for ${others.join(", ")}.`);
}
