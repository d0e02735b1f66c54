/** What all commands share: options, and how an error ends the program. */
import { InvalidArgumentError, Option, type Command } from "commander";
import { red, yellow } from "picocolors";
import { explainAwsError } from "../awsFaults";
import { Cancelled, StepFailure } from "../errors";
import { Session, type CommonOptions } from "../session";
import { localStack } from "../target";

export function withStack(command: Command): Command {
    return command
        .addOption(
            new Option("--stack <name>", "local, dev or prod: the stack with that Pulumi.<name>.yaml").default(
                localStack,
            ),
        )
        .option("--local", "try dev or prod on the local AWS: the shape of that stack, no account needed");
}

export function withDataset(command: Command): Command {
    return command.option("--dataset <name>", "one dataset (default: all of datasets/)");
}

export function withJson(command: Command): Command {
    return command.option("--json", "print the result as JSON");
}

/** `month=3` into the record; the value may hold more of `=`. */
export function collectParameters(text: string, given: Record<string, string>): Record<string, string> {
    const at = text.indexOf("=");
    if (at < 1) throw new InvalidArgumentError("write name=value, e.g. --param month=3.");
    const name = text.slice(0, at);
    if (Object.hasOwn(given, name)) throw new InvalidArgumentError(`"${name}" is given twice.`);
    return { ...given, [name]: text.slice(at + 1) };
}

export function withPolicyConfig(command: Command): Command {
    return command.option(
        "--policy-config <file>",
        "levels and exceptions of the policies (default: policy-config.json, where there is one)",
    );
}

/**
 * Runs a command's work in a session; every error ends as a message and an exit code.
 * @param check throws for options that do not go together, before anything is started
 */
export function inSession<O extends CommonOptions>(
    work: (session: Session, options: O) => Promise<void>,
    check: (options: O) => unknown = () => {},
) {
    return (options: O) =>
        guarded(async () => {
            check(options);
            await work(await Session.open(options), options);
        });
}

/** Runs work and ends the program: 0, 1 for a failed step, 130 after Ctrl-C. */
export async function guarded(work: () => Promise<void>): Promise<void> {
    try {
        await work();
    } catch (error) {
        process.stderr.write(`\n${message(error)}\n`);
        process.exitCode = error instanceof Cancelled || isAbort(error) ? 130 : 1;
    }
    // Handlers of signals and kept-alive connections would keep a finished program waiting.
    process.stdout.write("", () => process.exit());
}

function message(error: unknown): string {
    if (error instanceof Cancelled) return yellow(`${error.message} ${error.left}`);
    if (isAbort(error)) return yellow("Cancelled. Nothing was under way in AWS.");
    if (error instanceof StepFailure) return red(error.describe());
    const explained = explainAwsError(error);
    if (explained !== undefined) return red(new StepFailure(explained.message, explained).describe());
    const known = error instanceof Error && "$metadata" in error;
    if (known) return red(`AWS refused: ${error.name}: ${error.message}`);
    // The JSON of the error's place helps whoever reads the report of a bug.
    return red(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

function isAbort(error: unknown): boolean {
    return error instanceof Error && error.name === "AbortError";
}

/** Parses an option's whole number. */
export function atLeast(least: number) {
    return (text: string): number => {
        const value = Number(text);
        if (!Number.isSafeInteger(value) || value < least)
            throw new InvalidArgumentError(`It must be a whole number, at least ${least}.`);
        return value;
    };
}

export function print(text: string): void {
    process.stdout.write(`${text}\n`);
}

export function printJson(value: unknown): void {
    print(JSON.stringify(value, undefined, 2));
}
