import { Argument, type Command } from "commander";
import { completionScript, shells, type Shell } from "../completion";

export function registerCompletion(program: Command): void {
    program
        .command("completion")
        .description('completion of commands and options in your shell: eval "$(lakeworks completion bash)"')
        .addArgument(new Argument("<shell>", "the shell that you use").choices(shells))
        .action((shell: Shell) => void process.stdout.write(completionScript(program, shell)));
}
