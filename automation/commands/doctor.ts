import type { Command } from "commander";
import { bold, green, red } from "picocolors";
import { awsFindings, localFindings, machineFindings, stackFinding, type Finding } from "../doctor";
import { StepFailure } from "../errors";
import { Session, type CommonOptions } from "../session";
import { guarded, print, printJson, withJson, withStack } from "./common";

export function registerDoctor(program: Command): void {
    const command = program
        .command("doctor")
        .description("check tools, credentials, region and stack; what is missing exits with 1");
    withJson(withStack(command)).action((options: CommonOptions) =>
        guarded(async () => {
            const findings = await examine(options);
            if (options.json) printJson(findings);
            else for (const finding of findings) print(describe(finding));
            const wrong = findings.filter(({ ok }) => !ok).length;
            if (wrong > 0) throw new StepFailure(`${wrong} of ${findings.length} checks found something wrong.`);
        }),
    );
}

/** One after the other: what is missing on the machine would only make the rest fail too. */
async function examine(options: CommonOptions): Promise<Finding[]> {
    const machine = await machineFindings();
    if (machine.some(({ ok }) => !ok)) return machine;
    const session = await Session.open(options);
    const place =
        session.target.local === undefined ? await awsFindings(session.stackName) : await localFindings(session);
    const all = [...machine, ...place];
    return all.some(({ ok }) => !ok) ? all : [...all, await stackFinding(session)];
}

function describe({ what, ok, found, fix }: Finding): string {
    const line = `${ok ? green("✔") : red("✖")} ${bold(what)}: ${found}`;
    return fix === undefined ? line : `${line}\n  fix: ${fix}`;
}
