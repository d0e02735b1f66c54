import type { Command } from "commander";
import { StepFailure } from "../errors";
import type { PreviewOptions, ReportFiles } from "../previewing";
import type { Review } from "../review/review";
import { terminalReport } from "../review/terminal";
import { countsText } from "../review/words";
import type { CommonOptions } from "../session";
import { inSession, print, printJson, withJson, withPolicyConfig, withStack } from "./common";

interface Options extends CommonOptions, PreviewOptions, ReportFiles {
    readonly expectNoChanges?: boolean;
}

/** Columns of a CI log, which tells none. */
const logWidth = 110;

export function registerPreview(program: Command): void {
    withJson(withPolicyConfig(withStack(program.command("preview"))))
        .description("show what `up` would change, what it costs and what the policies say; what stops it exits with 1")
        .option("--json-file <file>", "write the review as JSON")
        .option("--markdown <file>", "write the review for a pull request's comment")
        .option("--sarif <file>", "write the policy findings for code scanning, as SARIF 2.1.0")
        .option("--volumes <file>", "volumes for the cost (default: volumes.json)")
        .option("--refresh", "compare with what stands in AWS, not with what was deployed last")
        .option("--expect-no-changes", "exit with 1 where `up` would change anything")
        .action(
            inSession(async (session, options: Options) => {
                // Loaded only here: rules and prices would slow down every other command's start.
                const { previewStep, writeReports } = await import("../previewing");
                const review = await previewStep(session, options);
                writeReports(review, options);
                if (options.json) printJson(review);
                else print(terminalReport(review, terminal()));
                if (review.verdict === "blocked") throw blocked(review);
                const { same: _, ...changes } = review.counts;
                if (options.expectNoChanges && Object.keys(changes).length > 0) {
                    throw new StepFailure(
                        `The stack ${review.stack} is not as the program has it: ${countsText(changes)}.`,
                    );
                }
            }),
        );
}

function terminal() {
    const { columns } = process.stdout;
    // Undefined, and not false, where the output is no terminal.
    const isTTY = process.stdout.isTTY === true;
    const noColour = process.env.NO_COLOR !== undefined && process.env.NO_COLOR !== "";
    return { width: isTTY && columns > 0 ? Math.min(columns, 120) : logWidth, colour: isTTY && !noColour };
}

/** What stops, in a line each: the report says the rest. */
function blocked({ stack, findings, errors }: Review): StepFailure {
    const lines = [
        ...findings
            .filter(({ level }) => level === "mandatory")
            .map(
                ({ rule, resource }) => `  Mandatory policy ${rule}${resource === undefined ? "" : ` at ${resource}`}`,
            ),
        ...errors.map((error) => `  Error: ${error.split("\n").slice(0, 2).join(" ")}`),
    ];
    return new StepFailure(`The stack ${stack} cannot be deployed like this:\n${lines.join("\n")}`);
}
