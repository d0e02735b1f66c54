import type { Command } from "commander";
import { describeChanges, hasChanges } from "../engineEvents";
import { StepFailure } from "../errors";
import type { ResourceChange } from "../review/changes";
import { propertyText, resourceTitle } from "../review/words";
import type { CommonOptions } from "../session";
import { inSession, print, printJson, withJson, withStack } from "./common";

interface RefreshOptions extends CommonOptions {
    readonly expectNoChanges?: boolean;
}

export function registerRefresh(program: Command): void {
    withJson(withStack(program.command("refresh")))
        .description("compare what stands in AWS with what was deployed; changes neither")
        .option("--expect-no-changes", "exit with 1 where they differ")
        .action(
            inSession(async (session, options: RefreshOptions) => {
                const result = await session.progress.stage(
                    `pulumi refresh, stack ${session.stackName}`,
                    async (stage) => (await session.stack()).refresh(stage),
                );
                if (options.json) printJson(result);
                else {
                    print(`${session.stackName}: ${describeChanges(result.changes)}`);
                    for (const change of result.drift) print(describeDrift(change));
                }
                if (options.expectNoChanges && hasChanges(result.changes)) {
                    throw new StepFailure(
                        `The stack ${session.stackName} has drifted: ${describeChanges(result.changes)}.`,
                        {
                            next: `"lakeworks preview ${session.options} --refresh" shows what an up would put right.`,
                        },
                    );
                }
            }),
        );
}

function describeDrift(change: ResourceChange): string {
    if (change.op === "delete") return `  ${resourceTitle(change)}: gone`;
    const properties = change.changedProperties.map((each) => `    ${each.path}: ${propertyText(each)}`);
    return [`  ${resourceTitle(change)}: changed`, ...properties].join("\n");
}
