import type { Command } from "commander";
import { describeChanges, describeViolation } from "../engineEvents";
import type { CommonOptions } from "../session";
import { inSession, print, printJson, withJson, withStack } from "./common";

export function registerPreview(program: Command): void {
    withJson(withStack(program.command("preview")))
        .description("show what `up` would change and what the policies say; a mandatory violation exits with 1")
        .action(
            inSession(async (session, options: CommonOptions) => {
                const result = await session.progress.stage(
                    `pulumi preview, stack ${session.stackName}`,
                    async (stage) => (await session.stack()).preview(stage),
                );
                if (options.json) return printJson(result);
                print(`${session.stackName}: ${describeChanges(result.changes, true)}`);
                for (const warning of result.warnings) print(`Warning: ${warning}`);
                for (const violation of result.violations) print(describeViolation(violation));
                if (result.violations.length === 0) print("Policies: no violation.");
            }),
        );
}
