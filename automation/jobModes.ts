/** What a job run can do besides reading what is new, as arguments of the run: glue-scripts/lakeworks/arguments.py. */
import { InvalidArgumentError } from "commander";
import { StepFailure } from "./errors";

export interface ModeOptions {
    readonly backfill?: boolean;
    readonly compact?: boolean;
    readonly from?: string;
    readonly to?: string;
}

/** A day as an option's value. @throws InvalidArgumentError for what is none */
export function day(text: string): string {
    const parsed = new Date(`${text}T00:00:00Z`);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(parsed.getTime()) || !parsed.toISOString().startsWith(text)) {
        throw new InvalidArgumentError("Write a day as YYYY-MM-DD.");
    }
    return text;
}

/** @throws StepFailure for options that do not go together */
export function modeArguments({ backfill, compact, from, to }: ModeOptions): Record<string, string> {
    if (backfill && compact) {
        throw new StepFailure("--backfill and --compact are two runs.", { next: "Do one after the other." });
    }
    if (!backfill && !compact) {
        if ((from ?? to) === undefined) return {};
        throw new StepFailure("--from and --to belong to --backfill or --compact.", {
            next: "Say which: lakeworks etl --backfill --from 2024-01-01 --to 2024-01-31.",
        });
    }
    const mode = backfill ? "backfill" : "compact";
    if (from !== undefined && to !== undefined && from > to) {
        throw new StepFailure(`--from ${from} is after --to ${to}.`, { next: "Put the first day into --from." });
    }
    if (from === undefined || to === undefined) {
        throw new StepFailure(`--${mode} needs --from and --to, the first and the last day.`, {
            next: `For example: lakeworks etl --${mode} --from 2024-01-01 --to 2024-01-31.`,
        });
    }
    return { "--mode": mode, "--from": from, "--to": to };
}
