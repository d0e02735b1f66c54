import type { Command } from "commander";
import { describeViolation } from "../engineEvents";
import { type CommonOptions } from "../session";
import { upStep } from "../steps";
import { inSession, printJson, withJson, withStack } from "./common";

export function registerUp(program: Command): void {
    withJson(withStack(program.command("up").description("deploy the stack: pulumi up with the policy pack"))).action(
        inSession(async (session, options: CommonOptions) => {
            const result = await upStep(session);
            for (const violation of result.violations) session.progress.note(describeViolation(violation));
            if (options.json) printJson(result);
        }),
    );
}
