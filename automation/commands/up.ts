import type { Command } from "commander";
import { type CommonOptions } from "../session";
import { upStep, type UpOptions } from "../steps";
import { inSession, printJson, withJson, withPolicyConfig, withStack } from "./common";

export function registerUp(program: Command): void {
    withJson(withPolicyConfig(withStack(program.command("up"))))
        .description("deploy the stack: pulumi up with the policy pack")
        .action(
            inSession(async (session, options: CommonOptions & UpOptions) => {
                const result = await upStep(session, options);
                if (options.json) printJson(result);
            }),
        );
}
