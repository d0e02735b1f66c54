/** The command line: one file per command under commands/. */
import { Command } from "commander";
import * as commands from "./commands";

const examples = `
Examples:
  $ lakeworks run                         the whole pipeline on the embedded local AWS, then the answers
  $ lakeworks run --stack dev             the same on AWS, with your own credentials
  $ lakeworks query top-products          ask one question again
  $ lakeworks seed --more-days 1          one more day of raw data arrives ...
  $ lakeworks etl                         ... and only that day is read and published
  $ lakeworks preview --stack prod        what a deployment would change, and what the policies say
  $ eval "$(lakeworks local env)"         point the AWS CLI, or any SDK, at the local AWS
  $ lakeworks destroy                     remove everything

Answers go to stdout, progress to stderr. A failed step exits with 1, Ctrl-C with 130.`;

export function buildProgram(): Command {
    const program = new Command("lakeworks")
        .description(
            "A data lake on S3, Glue and Athena: deploy it, feed it, ask it. Works on a laptop without an AWS account.",
        )
        .showHelpAfterError('Run "lakeworks --help" or "lakeworks help <command>".')
        .addHelpText("after", examples);
    for (const register of Object.values(commands)) register(program);
    return program;
}

export function main(argv: readonly string[]): void {
    void buildProgram().parseAsync([...argv]);
}
