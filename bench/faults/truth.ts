/** Whether the lake holds exactly the rows that bronze calls for, and whether a reader ever saw anything else. */
import { runQuery } from "../../automation/athena";
import { createClients, type Clients } from "../../automation/clients";
import type { DatasetOutputs } from "../../components/lakeOutputs";
import type { TestLake } from "../../tests/e2e/harness";
import { money, truthOf, type Sale, type Truth } from "../../tests/e2e/oracle";

/** `rows revenue` by day. */
export type Days = ReadonlyMap<string, string>;

/** Worked out from the raw lines by plain code. */
export async function truthNow(lake: TestLake, of: DatasetOutputs): Promise<Truth> {
    return truthOf(await lake.lines(of.rawLocation));
}

export function daysOf(sales: readonly Sale[]): Days {
    const byDay = new Map<string, { rows: number; cents: bigint }>();
    for (const { time, cents } of sales) {
        const day = time.toISOString().slice(0, 10);
        const known = byDay.get(day) ?? { rows: 0, cents: 0n };
        byDay.set(day, { rows: known.rows + 1, cents: known.cents + cents });
    }
    return new Map([...byDay].map(([day, { rows, cents }]) => [day, `${rows} ${money(cents)}`]));
}

const day = "format('%04d-%02d-%02d', CAST(year AS integer), CAST(month AS integer), CAST(day AS integer))";

/** What a reader sees in silver now. @throws when it cannot be asked */
export async function seenDays(lake: TestLake, of: DatasetOutputs): Promise<Days> {
    const sql = `SELECT ${day}, count(*), count(DISTINCT transaction_id), sum(total_amount) FROM ${of.table} GROUP BY 1`;
    const rows = await ask(lake, of, sql);
    const twice = rows.find(([, all, distinct]) => all !== distinct);
    if (twice !== undefined) throw new Error(`${twice[0]} has ${twice[1]} rows of ${twice[2]} ids.`);
    return new Map(rows.map(([date, all, , sum]) => [date!, `${all} ${sum}`]));
}

/** @returns what is wrong with silver, gold and the quarantine; nothing where they are as bronze calls for */
export async function faultsOf(lake: TestLake, of: DatasetOutputs, truth: Truth): Promise<string[]> {
    const wrong = differences("silver", await seenDays(lake, of), daysOf(truth.sales));
    const cents = truth.sales.reduce((sum, sale) => sum + sale.cents, 0n);
    for (const [sql, expected] of [
        ["SELECT sum(transactions), sum(revenue) FROM daily_sales", `${truth.sales.length} ${money(cents)}`],
        [`SELECT count(*) FROM ${of.table}_quarantine`, `${truth.quarantined}`],
    ] as const) {
        const found = (await ask(lake, of, sql))[0]!.join(" ");
        if (found !== expected) wrong.push(`${sql}: ${found} instead of ${expected}`);
    }
    return wrong;
}

export function differences(what: string, seen: Days, expected: Days): string[] {
    const dates = new Set([...seen.keys(), ...expected.keys()]);
    return [...dates]
        .filter((date) => seen.get(date) !== expected.get(date))
        .map((date) => `${what} ${date}: ${seen.get(date) ?? "nothing"} instead of ${expected.get(date) ?? "nothing"}`);
}

/** Reads silver again and again; each day has to be as before or as it is to be. */
export class Reader {
    readonly wrong: string[] = [];
    polls = 0;
    private over = false;
    private readonly reading: Promise<void>;

    constructor(lake: TestLake, of: DatasetOutputs, before: Days, after: Days) {
        this.reading = this.read(lake, of, before, after);
    }

    async stop(): Promise<void> {
        this.over = true;
        await this.reading;
    }

    private async read(lake: TestLake, of: DatasetOutputs, before: Days, after: Days): Promise<void> {
        while (!this.over) {
            try {
                for (const [date, found] of await seenDays(lake, of)) {
                    if (found !== before.get(date) && found !== after.get(date)) this.wrong.push(`${date}: ${found}`);
                }
                this.polls += 1;
            } catch (error) {
                // A reader that meets the fault itself has seen nothing; one that sees an id twice has.
                if (/rows of/.test(String(error))) this.wrong.push(String(error));
                await new Promise((resolve) => setTimeout(resolve, 200));
            }
        }
    }
}

async function ask(lake: TestLake, of: DatasetOutputs, sql: string): Promise<readonly (readonly (string | null)[])[]> {
    const local = await lake.local();
    Object.assign(process.env, local.env());
    const clients: Clients = createClients(local.region);
    const target = { workgroup: of.workgroup, database: of.database };
    return (await runQuery(clients, target, { name: "reader", sql }, AbortSignal.timeout(120_000))).rows;
}
