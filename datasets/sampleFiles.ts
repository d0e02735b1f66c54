/** Sample rows as raw files by arrival day, with copies and dirt among them and exact counts. */
import { ArrivalPlan, Stream, settle } from "./arrivals";
import type { GeneratedFile, GenerateOptions, SampleGenerator } from "./generator";
import { Random } from "./random";

/** A good line. */
export interface SampleRow {
    readonly line: string;
    /** Whether its event is of a day before its arrival. */
    readonly late: boolean;
}

/** A line that no job may publish. */
export interface BadLine {
    readonly line: string;
    /** The quarantine reason expected of the job. */
    readonly reason: string;
}

/** What a dataset puts into the days; every line must follow from the plan's settings and the given numbers alone. */
export interface SampleSource {
    /** The contract's. */
    readonly arrivalKey: string;
    /** Ending of the files' names, e.g. `jsonl`. */
    readonly extension: string;
    /** First line of every file; it is no row and not counted as a line. @default none */
    readonly header?: string;
    /** Share of a week's rows by UTC weekday, Sunday first. */
    readonly weekdayWeights: readonly number[];
    /** The good line of a row, counted within its day. */
    row(plan: ArrivalPlan, day: number, row: number): SampleRow;
    /** The row's line spoilt; these rows come after the day's clean ones, which they never repeat. */
    spoil(plan: ArrivalPlan, day: number, row: number, random: Random): BadLine;
}

/**
 * A generator of `<arrival key>=<day>/part-NNNN.<extension>` files. A later call with a higher `firstDay` adds days and
 * changes none. A duplicate arrives on its original's day or the next.
 */
export function sampleGenerator(source: SampleSource): SampleGenerator {
    return async function* generate(options: GenerateOptions = {}): AsyncGenerator<GeneratedFile> {
        const settings = settle(options);
        const plan = new ArrivalPlan(settings, source.weekdayWeights);
        for (let day = settings.firstDay; day < settings.firstDay + settings.dayCount; day++) {
            yield* dayFiles(source, plan, day, `${source.arrivalKey}=${plan.date(day)}`);
        }
    };
}

/** One line and what it is. */
interface Line {
    readonly text: string;
    readonly kind: "clean" | "late" | "bad" | "duplicate";
    readonly reason?: string;
}

/** The day's lines in the order of arrival: copies of yesterday's first, dirt and copies spread between the rows. */
function* dayLines(source: SampleSource, plan: ArrivalPlan, day: number): Generator<Line> {
    for (const row of plan.duplicates(day - 1).nextDay) {
        yield { text: source.row(plan, day - 1, row).line, kind: "duplicate" };
    }
    const clean = plan.clean(day);
    const bad = plan.bad(day);
    const copies = plan.duplicates(day).sameDay;
    let badDone = 0;
    let copiesDone = 0;
    for (let row = 0; row < clean; row++) {
        const { line: text, late } = source.row(plan, day, row);
        yield { text, kind: late ? "late" : "clean" };
        for (; badDone < bad && badDone * clean < (row + 1) * bad; badDone++) {
            const random = new Random(plan.settings.seed, Stream.Dirt, day, badDone);
            const { line, reason } = source.spoil(plan, day, clean + badDone, random);
            yield { text: line, kind: "bad", reason };
        }
        for (; copies[copiesDone] === row; copiesDone++) {
            yield { text, kind: "duplicate" };
        }
    }
}

/** Packs the day's lines into files, a new one where the size limit is met; a day without lines has no file. */
function* dayFiles(source: SampleSource, plan: ArrivalPlan, day: number, folder: string): Generator<GeneratedFile> {
    let part = 0;
    let file = new OpenFile(source.header);
    const close = (): GeneratedFile => ({
        key: `${folder}/part-${String(part++).padStart(4, "0")}.${source.extension}`,
        body: Buffer.from(`${file.lines.join("\n")}\n`),
        counts: file.counts,
    });
    for (const line of dayLines(source, plan, day)) {
        const bytes = Buffer.byteLength(line.text) + 1;
        if (file.counts.lines > 0 && file.counts.bytes + bytes > plan.settings.maxFileBytes) {
            yield close();
            file = new OpenFile(source.header);
        }
        file.add(line, bytes);
    }
    if (file.counts.lines > 0) {
        yield close();
    }
}

/** A file in the making and the counts of what is in it. */
class OpenFile {
    readonly lines: string[];
    readonly counts;

    constructor(header: string | undefined) {
        this.lines = header === undefined ? [] : [header];
        this.counts = {
            lines: 0,
            clean: 0,
            bad: 0,
            duplicates: 0,
            late: 0,
            badByReason: {} as Record<string, number>,
            bytes: header === undefined ? 0 : Buffer.byteLength(header) + 1,
        };
    }

    add(line: Line, bytes: number): void {
        const { lines, counts } = this;
        lines.push(line.text);
        counts.lines++;
        counts.bytes += bytes;
        counts.clean += line.kind === "clean" || line.kind === "late" ? 1 : 0;
        counts.late += line.kind === "late" ? 1 : 0;
        counts.duplicates += line.kind === "duplicate" ? 1 : 0;
        if (line.reason !== undefined) {
            counts.bad++;
            counts.badByReason[line.reason] = (counts.badByReason[line.reason] ?? 0) + 1;
        }
    }
}
