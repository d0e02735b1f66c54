import type { Command } from "commander";
import { describeChanges } from "../engineEvents";
import { StepFailure } from "../errors";
import { findLeftovers, removeServiceLogs } from "../leftovers";
import type { CommonOptions, Session } from "../session";
import type { LakeStack } from "../stack";
import { localStack } from "../target";
import { inSession, withStack } from "./common";

interface DestroyOptions extends CommonOptions {
    readonly yes?: boolean;
    readonly stackNameAgain?: string;
}

export function registerDestroy(program: Command): void {
    withStack(program.command("destroy"))
        .description("delete every resource and all data of the stack, then the local AWS where it is the local one")
        .option("--yes", "needed for every stack but local")
        .option("--stack-name-again <name>", "the stack's name once more: needed for every stack but local")
        .action(
            inSession(async (session, options: DestroyOptions) => {
                checkCommand(session.stackName, options);
                const stack = await session.existingStack();
                if (stack === undefined) session.progress.note(`There is no stack ${session.stackName}.`);
                else await destroy(session, stack);
                if (session.stackName === localStack) await endLocal(session, stack);
            }),
        );
}

/** The first key to data on AWS is the command: it has to say the name twice. */
function checkCommand(stackName: string, options: DestroyOptions): void {
    if (stackName === localStack || (options.yes && options.stackNameAgain === stackName)) return;
    throw new StepFailure(`The stack ${stackName} is not destroyed: that would delete its data for good.`, {
        next: `If you mean it: lakeworks destroy --stack ${stackName} --yes --stack-name-again ${stackName}.`,
    });
}

/** The second key is the configuration, which must be deployed before: buckets are emptied only where it says so. */
async function checkConfiguration(stackName: string, stack: LakeStack): Promise<void> {
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
        next: [...commands, `lakeworks up --stack ${stackName}`, "then destroy again"].join("; "),
    });
}

async function destroy(session: Session, stack: LakeStack): Promise<void> {
    const { stackName, progress } = session;
    if (stackName !== localStack) await checkConfiguration(stackName, stack);
    await progress.stage(
        `pulumi destroy, stack ${stackName}`,
        (stage) => stack.destroy(stage),
        ({ changes }) => describeChanges(changes),
    );
    if (stackName !== localStack) progress.note("Glue's own log groups (/aws-glue/…) belong to the account and stay.");
}

async function endLocal(session: Session, stack: LakeStack | undefined): Promise<void> {
    const local = session.target.local!;
    await session.progress.stage("Check that nothing is left", async () => {
        await removeServiceLogs();
        const left = await findLeftovers();
        if (left.length === 0) return;
        throw new StepFailure("Not everything was deleted.", {
            reason: left.join(", "),
            next: 'Run "lakeworks destroy" again.',
        });
    });
    await stack?.remove();
    await session.progress.stage("Stop the local AWS", () => local.stop());
}
