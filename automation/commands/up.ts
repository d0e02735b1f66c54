import type { Command } from "commander";
import { type CommonOptions } from "../session";
import { upStep } from "../steps";
import { inSession, printJson, withJson, withStack } from "./common";

export function registerUp(program: Command): void {
    withJson(withStack(program.command("up").description("deploy the stack: pulumi up with the policy pack"))).action(
        inSession(async (session, options: CommonOptions) => {
            const result = await upStep(session);
            if (options.json) printJson(result);
        }),
    );
}
