/** The right answers about clickstream, from the raw lines by plain code, as oracle.ts has those about sales. */
import { readCsvLine } from "./csv";
import { byCells, money } from "./oracle";

export interface Click {
    readonly id: string;
    /** Of the event, YYYY-MM-DD. */
    readonly date: string;
    readonly time: string;
    readonly session: string;
    /** Place in the session. */
    readonly hit: number;
    readonly user: string;
    readonly type: string;
    readonly path: string;
    readonly device: string;
    readonly country: string;
    readonly duration: number;
    readonly cents: bigint;
    readonly daysLate: number;
}

export interface ClickTruth {
    readonly input: number;
    /** One for each event id. */
    readonly clicks: readonly Click[];
    readonly duplicates: number;
    readonly quarantined: number;
    readonly reasons: Readonly<Record<string, number>>;
}

const header =
    "event_id,event_time,received_at,session_id,hit_number,user_id,event_type,page_url,page_title,referrer,device,country,duration_ms,revenue";
const names = header.split(",");
const nullable = ["user_id", "page_title", "referrer", "revenue"];
const types = ["page_view", "product_view", "add_to_cart", "begin_checkout", "purchase"];

/** Sorts every line of bronze but the headers into clicks, duplicates and rejects. */
export function clickTruthOf(lines: readonly string[]): ClickTruth {
    const records = lines.filter((line) => line !== header);
    const clicks = new Map<string, Click>();
    const reasons: Record<string, number> = {};
    let duplicates = 0;
    for (const line of records) {
        const read = readClick(line);
        if (typeof read === "string") reasons[read] = (reasons[read] ?? 0) + 1;
        else if (clicks.has(read.id)) duplicates += 1;
        else clicks.set(read.id, read);
    }
    const quarantined = Object.values(reasons).reduce((sum, number) => sum + number, 0);
    return { input: records.length, clicks: [...clicks.values()], duplicates, quarantined, reasons };
}

/** A click, or why the line is none. */
function readClick(line: string): Click | string {
    const cells = readCsvLine(line);
    if (cells?.length !== names.length) return "malformed_csv";
    const field = (name: string) => cells[names.indexOf(name)]!;
    for (const name of names) {
        const text = field(name);
        if (text.trim() === "" && !nullable.includes(name)) return `${name}_missing`;
        if (text !== "" && /_time$|_at$/.test(name) && !isMoment(text)) return `${name}_invalid`;
        if (/^hit_|_ms$/.test(name) && !/^-?\d{1,9}$/.test(text)) return `${name}_invalid`;
        if (name === "revenue" && text !== "" && !/^\d{1,8}(\.\d{1,2})?$/.test(text)) return "revenue_invalid";
    }
    const [time, received, type] = [field("event_time"), field("received_at"), field("event_type")];
    if (!types.includes(type)) return "event_type_unknown";
    if (Number(field("duration_ms")) < 0) return "duration_negative";
    if (received < time) return "received_before_event";
    if ((field("revenue") !== "") !== (type === "purchase")) return "revenue_not_of_purchase";
    return {
        id: field("event_id"),
        date: time.slice(0, 10),
        time,
        session: field("session_id"),
        hit: Number(field("hit_number")),
        user: field("user_id"),
        type,
        path: new URL(field("page_url")).pathname,
        device: field("device"),
        country: field("country"),
        duration: Number(field("duration_ms")),
        cents: BigInt(field("revenue").replace(".", "") || "0"),
        daysLate: (Date.parse(received.slice(0, 10)) - Date.parse(time.slice(0, 10))) / 86_400_000,
    };
}

/** The generator's own form, and a day that the calendar has. */
function isMoment(text: string): boolean {
    const time = new Date(text);
    return /^\d{4}-.*T.*Z$/.test(text) && !Number.isNaN(time.getTime()) && time.toISOString() === text;
}

const distinct = (clicks: readonly Click[], of: (click: Click) => string) => new Set(clicks.map(of)).size;
const sessionsOf = (clicks: readonly Click[]) => distinct(clicks, (click) => click.session);
const sum = (clicks: readonly Click[], of: (click: Click) => bigint) =>
    clicks.reduce((total, click) => total + of(click), 0n);

/** Groups in the order of their keys. */
function groups(clicks: readonly Click[], key: (click: Click) => string): [string, Click[]][] {
    const found = new Map<string, Click[]>();
    for (const click of clicks) found.set(key(click), [...(found.get(key(click)) ?? []), click]);
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A percentage as Athena rounds and prints a double. */
function percent(part: number, of: number): string {
    const value = Math.round(((100 * part) / of) * 100) / 100;
    return Number.isInteger(value) ? `${value}.0` : `${value}`;
}

const reaching = (clicks: readonly Click[], type: string) => sessionsOf(clicks.filter((click) => click.type === type));

/** The rows that each query must give, cell by cell as Athena prints them. */
export const expectedClicks: Record<string, (clicks: readonly Click[]) => (string | null)[][]> = {
    "sessions-per-day": (clicks) =>
        groups(clicks, (click) => click.date).map(([date, of]) => [
            date,
            `${sessionsOf(of)}`,
            `${of.length}`,
            `${distinct(
                of.filter((click) => click.user !== ""),
                (click) => click.user,
            )}`,
        ]),
    "conversion-funnel": (clicks) => {
        const all = sessionsOf(clicks);
        const steps: [string, number][] = [
            ["1 visit", all],
            ["2 product", reaching(clicks, "product_view")],
            ["3 cart", reaching(clicks, "add_to_cart")],
            ["4 checkout", reaching(clicks, "begin_checkout")],
            ["5 purchase", reaching(clicks, "purchase")],
        ];
        return steps.map(([step, sessions]) => [step, `${sessions}`, percent(sessions, all)]);
    },
    "top-pages": (clicks) =>
        groups(
            clicks.filter((click) => /_view$/.test(click.type)),
            (click) => click.path,
        )
            .sort(([, a], [, b]) => b.length - a.length)
            .slice(0, 10)
            .map(([path, of]) => [
                path,
                `${of.length}`,
                `${sessionsOf(of)}`,
                `${sum(of, (click) => BigInt(click.duration)) / BigInt(of.length)}`,
            ]),
    "bounce-rate": (clicks) =>
        groups(clicks, (click) => click.device).map(([device, of]) => {
            const sessions = groups(of, (click) => click.session);
            const bounces = sessions.filter(([, events]) => events.length === 1).length;
            return [device, percent(bounces, sessions.length), `${bounces}`, `${sessions.length}`];
        }),
    "late-share": (clicks) =>
        groups(clicks, (click) => ["0 same day", "1 day late"][click.daysLate] ?? `${click.daysLate} days late`).map(
            ([arrival, of]) => [arrival, `${of.length}`, percent(of.length, clicks.length)],
        ),
    "one-week": (clicks) =>
        groups(
            clicks.filter((click) => click.date >= "2024-02-05" && click.date <= "2024-02-11"),
            (click) => click.country,
        ).map(([country, of]) => [
            country,
            `${of.length}`,
            `${sessionsOf(of)}`,
            money(sum(of, (click) => click.cents)),
        ]),
    "session-funnel": (clicks) => {
        const steps = ["product_view", "add_to_cart", "begin_checkout", "purchase"];
        const done = groups(clicks, (click) => click.session).map(([, of]) => {
            let reached = 0;
            for (const click of [...of].sort((a, b) => a.hit - b.hit)) if (click.type === steps[reached]) reached += 1;
            return { device: of[0]!.device, reached };
        });
        return [...new Set(done.map(({ device }) => device))].sort().flatMap((device) => {
            const reaching = [0, 1, 2, 3, 4].map(
                (step) => done.filter((one) => one.device === device && one.reached >= step).length,
            );
            return ["1 visit", "2 product", "3 cart", "4 checkout", "5 purchase"].map((name, step) => [
                device,
                name,
                `${reaching[step]}`,
                percent(reaching[step]!, reaching[0]!),
                step === 0 || reaching[step - 1] === 0 ? null : percent(reaching[step]!, reaching[step - 1]!),
            ]);
        });
    },
    "late-by-day": (clicks) =>
        groups(clicks, (click) => click.date).map(([date, of]) => {
            const late = of.map((click) => click.daysLate).sort((a, b) => a - b);
            const behind = late.filter((days) => days > 0).length;
            return [
                date,
                `${of.length}`,
                `${behind}`,
                percent(behind, of.length),
                `${late[Math.ceil(0.99 * of.length) - 1]}`,
                `${late.at(-1)}`,
            ];
        }),
    // What the view and the table that the last two queries create hold.
    web_sessions: (clicks) =>
        groups(clicks, (click) => `${click.session}\t${click.date}`)
            .map(([key, of]) => {
                const [session, date] = key.split("\t");
                const [started] = of.map((click) => click.time).sort();
                const purchases = of.filter((click) => click.type === "purchase");
                return [
                    session!,
                    date!,
                    started!.replace("T", " ").replace("Z", ""),
                    of[0]!.user,
                    of[0]!.device,
                    of[0]!.country,
                    `${of.length}`,
                    `${purchases.length}`,
                    purchases.length > 0 ? money(sum(of, (click) => click.cents)) : "",
                ];
            })
            .sort(byCells),
    daily_page_views: (clicks) =>
        groups(clicks, (click) => [click.date, click.path, click.device].join("\t"))
            .map(([key, of]) => [
                ...key.split("\t"),
                `${of.length}`,
                `${sessionsOf(of)}`,
                `${sum(of, (click) => BigInt(click.duration))}`,
                key.slice(0, 4),
            ])
            .sort(byCells),
};
