/** The report's data for programs: numbers as numbers, not as they are shown. */
import type { RunRecord } from "./record";

/** Raised when a field is removed or changes its meaning; adding one does not raise it. */
const version = 1;

export function jsonReport(record: RunRecord): string {
    const { stack, contract, of, startedAt, seeded, etl, runs, raw, answers, stages } = record;
    const data = {
        version,
        stack,
        dataset: contract.name,
        startedAt,
        places: of,
        seeded: seeded.counts,
        run: etl,
        runs: runs.map(({ runId, mode, rows }) => ({ runId, mode, rows })),
        raw,
        answers: answers.map(({ query: { name, title, question, kind, creates, sql }, ...answer }) => ({
            query: { name, title, question, kind, creates, sql },
            ...answer,
        })),
        stages,
    };
    return `${JSON.stringify(data, undefined, 2)}\n`;
}
