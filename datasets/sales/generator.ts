/** Sample raw sales: JSON lines by arrival day, deterministic, with dirt at stated rates. */
import type { GeneratedFile, GenerateOptions } from "../generator";
import { Random } from "../random";
import {
    customers,
    drawPayment,
    drawProduct,
    drawQuantity,
    drawStore,
    paymentMethods,
    products,
    secondOfDay,
    stores,
    weekdayWeights,
} from "./catalogue";
import { jsonLine, spoil, type RawRecord } from "./dirt";

const dayMs = 86_400_000;
const defaults = {
    rows: 100_000,
    days: 90,
    start: "2024-01-01",
    seed: 42,
    firstDay: 0,
    badRate: 0.02,
    duplicateRate: 0.01,
    lateRate: 0.01,
    maxFileBytes: 64 * 1024 * 1024,
};

/** Streams of random numbers that must not meet. */
const enum Stream {
    Row,
    Dirt,
    Duplicate,
}

/**
 * Streams the raw files of `dayCount` arrival days. A day's lines follow from the seed, its index, the start and the rows
 * per day (`rows` over `days`) alone, so that a later call with a higher `firstDay` adds days and changes none.
 * A duplicate arrives on its original's day or the next.
 * @throws RangeError naming the option that is out of range.
 */
export async function* generate(options: GenerateOptions = {}): AsyncGenerator<GeneratedFile> {
    const settings = { ...defaults, ...options };
    const dayCount = options.dayCount ?? Math.max(1, settings.days - settings.firstDay);
    check({ ...settings, dayCount });
    const plan = new Plan(settings);
    for (let day = settings.firstDay; day < settings.firstDay + dayCount; day++) {
        yield* dayFiles(plan, day, settings.maxFileBytes);
    }
}

type Settings = typeof defaults;

function check(settings: Settings & { dayCount: number }): void {
    const whole = ["rows", "days", "seed", "firstDay", "dayCount", "maxFileBytes"] as const;
    const wrong = whole.find((name) => !Number.isSafeInteger(settings[name]) || settings[name] < 0);
    if (wrong !== undefined || settings.days < 1 || settings.maxFileBytes < 1) {
        throw new RangeError(
            `generate: ${wrong ?? "days and maxFileBytes"} must be a whole number, days and maxFileBytes at least 1.`,
        );
    }
    const rate = (["badRate", "duplicateRate", "lateRate"] as const).find(
        (name) => !(settings[name] >= 0 && settings[name] <= 1),
    );
    if (rate !== undefined) {
        throw new RangeError(`generate: ${rate} is ${settings[rate]}; it must be between 0 and 1.`);
    }
    const start = new Date(`${settings.start}T00:00:00Z`);
    if (Number.isNaN(start.getTime()) || start.toISOString().slice(0, 10) !== settings.start) {
        throw new RangeError(`generate: start is "${settings.start}"; it must be a day written YYYY-MM-DD.`);
    }
}

/** How much arrives on each day. */
class Plan {
    private readonly firstMs: number;
    private readonly rowsPerWeight: number;

    constructor(readonly settings: Settings) {
        this.firstMs = Date.parse(`${settings.start}T00:00:00Z`);
        this.rowsPerWeight = settings.rows / this.weightBefore(settings.days);
    }

    date(day: number): string {
        return new Date(this.firstMs + day * dayMs).toISOString().slice(0, 10);
    }

    /** Clean rows; over the first `days` days they add up to `rows`. */
    clean(day: number): number {
        return this.cleanBefore(day + 1) - this.cleanBefore(day);
    }

    bad(day: number): number {
        return this.shareOf(day, this.settings.badRate);
    }

    /** Row indices of the day's clean rows that are sent twice, those sent again the same day and the next. */
    duplicates(day: number): { sameDay: number[]; nextDay: number[] } {
        const sameDay: number[] = [];
        const nextDay: number[] = [];
        const clean = day < 0 ? 0 : this.clean(day);
        for (let index = 0; clean > 0 && index < this.shareOf(day, this.settings.duplicateRate); index++) {
            const random = new Random(this.settings.seed, Stream.Duplicate, day, index);
            (random.next() < 0.5 ? sameDay : nextDay).push(random.below(clean));
        }
        return { sameDay: sameDay.sort((a, b) => a - b), nextDay };
    }

    private shareOf(day: number, rate: number): number {
        return Math.round(this.cleanBefore(day + 1) * rate) - Math.round(this.cleanBefore(day) * rate);
    }

    private cleanBefore(day: number): number {
        return Math.round(this.rowsPerWeight * this.weightBefore(day));
    }

    /** Sum of the weights of the days before the given one; whole weeks weigh the same. */
    private weightBefore(day: number): number {
        const firstWeekday = new Date(this.firstMs).getUTCDay();
        const week = weekdayWeights.reduce((sum, weight) => sum + weight, 0);
        let weight = Math.floor(day / 7) * week;
        for (let index = 0; index < day % 7; index++) {
            weight += weekdayWeights[(firstWeekday + index) % 7]!;
        }
        return weight;
    }
}

/** One line and what it is. */
interface Line {
    readonly text: string;
    readonly kind: "clean" | "late" | "bad" | "duplicate";
    readonly reason?: string;
}

/** The day's lines in the order of arrival: copies of yesterday's first, dirt and copies spread between the rows. */
function* dayLines(plan: Plan, day: number): Generator<Line> {
    const { seed } = plan.settings;
    for (const row of plan.duplicates(day - 1).nextDay) {
        yield { text: jsonLine(record(plan, day - 1, row).fields), kind: "duplicate" };
    }
    const clean = plan.clean(day);
    const bad = plan.bad(day);
    const copies = plan.duplicates(day).sameDay;
    let badDone = 0;
    let copiesDone = 0;
    for (let row = 0; row < clean; row++) {
        const { fields, late } = record(plan, day, row);
        yield { text: jsonLine(fields), kind: late ? "late" : "clean" };
        for (; badDone < bad && badDone * clean < (row + 1) * bad; badDone++) {
            const { line, reason } = spoil(
                record(plan, day, clean + badDone).fields,
                new Random(seed, Stream.Dirt, day, badDone),
            );
            yield { text: line, kind: "bad", reason };
        }
        for (; copies[copiesDone] === row; copiesDone++) {
            yield { text: jsonLine(fields), kind: "duplicate" };
        }
    }
}

/** The row's fields as JSON texts; `late` when the event is of an earlier day. */
function record(plan: Plan, day: number, row: number): { fields: RawRecord; late: boolean } {
    const random = new Random(plan.settings.seed, Stream.Row, day, row);
    const late = random.next() < plan.settings.lateRate && day > 0;
    const eventDay = late ? day - 1 - random.below(Math.min(3, day)) : day;
    const share = late ? random.next() : Math.min(0.999999, (row + random.next()) / Math.max(1, plan.clean(day)));
    const product = products[drawProduct(random.next())]!;
    const store = stores[drawStore(random.next())]!;
    const quantity = 1 + drawQuantity(random.next());
    const cents = priceOf(product.cents, random.next());
    const fields = {
        transaction_id: `"T${plan.date(day).replaceAll("-", "")}-${String(row + 1).padStart(7, "0")}"`,
        timestamp: `"${plan.date(eventDay)}T${clock(secondOfDay(share))}Z"`,
        customer_id: `"C${String(Math.floor(random.next() ** 2 * customers) + 1).padStart(6, "0")}"`,
        product: JSON.stringify(product.name),
        category: `"${product.category}"`,
        quantity: String(quantity),
        unit_price: money(cents),
        total_amount: money(quantity * cents),
        payment_method: `"${paymentMethods[drawPayment(random.next())]!}"`,
        region: `"${store.region}"`,
        store_id: `"${store.id}"`,
    };
    return { fields, late };
}

/** One sale in eight is reduced by a tenth, to the cent. */
function priceOf(cents: number, uniform: number): number {
    return uniform < 0.125 ? Math.round(cents * 0.9) : cents;
}

function money(cents: number): string {
    return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
}

function clock(second: number): string {
    const two = (value: number): string => (value < 10 ? `0${value}` : String(value));
    return `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
}

/** Packs the day's lines into files, a new one where the size limit is met; a day without lines has no file. */
function* dayFiles(plan: Plan, day: number, maxFileBytes: number): Generator<GeneratedFile> {
    let part = 0;
    let file = new OpenFile();
    const close = (): GeneratedFile => ({
        key: `ingest_date=${plan.date(day)}/part-${String(part++).padStart(4, "0")}.jsonl`,
        body: Buffer.from(`${file.lines.join("\n")}\n`),
        counts: file.counts,
    });
    for (const line of dayLines(plan, day)) {
        const bytes = Buffer.byteLength(line.text) + 1;
        if (file.lines.length > 0 && file.counts.bytes + bytes > maxFileBytes) {
            yield close();
            file = new OpenFile();
        }
        file.add(line, bytes);
    }
    if (file.lines.length > 0) {
        yield close();
    }
}

/** A file in the making and the counts of what is in it. */
class OpenFile {
    readonly lines: string[] = [];
    readonly counts = {
        lines: 0,
        clean: 0,
        bad: 0,
        duplicates: 0,
        late: 0,
        badByReason: {} as Record<string, number>,
        bytes: 0,
    };

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
