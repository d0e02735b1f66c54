/**
 * The right answers, worked out from the raw lines by plain code that shares nothing with the pipeline: no Spark, no SQL,
 * no contract. Money is BigInt cents.
 */

export interface Sale {
    readonly id: string;
    readonly time: Date;
    readonly customer: string;
    readonly product: string;
    readonly category: string;
    readonly quantity: bigint;
    readonly cents: bigint;
    readonly payment: string;
    readonly region: string;
    readonly store: string;
}

export interface Truth {
    readonly input: number;
    /** One for each transaction id. */
    readonly sales: readonly Sale[];
    readonly duplicates: number;
    readonly quarantined: number;
    readonly reasons: Readonly<Record<string, number>>;
}

const requiredFields = [
    "transaction_id",
    "timestamp",
    "customer_id",
    "product",
    "category",
    "quantity",
    "unit_price",
    "payment_method",
    "region",
    "store_id",
];

/** Sorts every line of bronze into sales, duplicates and rejects. */
export function truthOf(lines: readonly string[]): Truth {
    const sales = new Map<string, Sale>();
    const reasons: Record<string, number> = {};
    let duplicates = 0;
    for (const line of lines) {
        const read = readLine(line);
        if (typeof read === "string") reasons[read] = (reasons[read] ?? 0) + 1;
        else if (sales.has(read.id)) duplicates += 1;
        else sales.set(read.id, read);
    }
    const quarantined = Object.values(reasons).reduce((sum, number) => sum + number, 0);
    return { input: lines.length, sales: [...sales.values()], duplicates, quarantined, reasons };
}

/** A sale, or why the line is none. */
function readLine(line: string): Sale | string {
    let parsed: unknown;
    try {
        parsed = JSON.parse(line);
    } catch {
        return "malformed_json";
    }
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return "malformed_json";
    const fields = parsed as Record<string, unknown>;
    for (const name of requiredFields) {
        const value = fields[name];
        if (value === undefined || value === null || value === "")
            return `${name === "timestamp" ? "event_time" : name}_missing`;
    }
    // An array of one number has that number's text in JavaScript: only scalars count.
    const text = (name: string) => {
        const value = fields[name];
        return typeof value === "string" ? value : typeof value === "number" ? value.toString() : "";
    };
    const time = new Date(text("timestamp"));
    const real = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text("timestamp")) && !Number.isNaN(time.getTime());
    if (!real || time.toISOString().slice(0, 19) !== text("timestamp").slice(0, 19)) return "event_time_invalid";
    if (!/^-?\d{1,9}$/.test(text("quantity"))) return "quantity_invalid";
    if (!/^-?\d{1,8}(\.\d{1,2})?$/.test(text("unit_price"))) return "unit_price_invalid";
    const quantity = BigInt(text("quantity"));
    const price = toCents(text("unit_price"));
    if (quantity <= 0n) return "quantity_not_positive";
    if (price < 0n) return "unit_price_negative";
    if (!["card", "cash", "mobile", "voucher"].includes(text("payment_method"))) return "payment_method_unknown";
    if (!["north", "south", "east", "west"].includes(text("region"))) return "region_unknown";
    return {
        id: text("transaction_id"),
        time,
        customer: text("customer_id"),
        product: text("product"),
        category: text("category"),
        quantity,
        cents: quantity * price,
        payment: text("payment_method"),
        region: text("region"),
        store: text("store_id"),
    };
}

function toCents(text: string): bigint {
    const [whole = "0", fraction = ""] = text.split(".");
    return BigInt(whole + fraction.padEnd(2, "0"));
}

export function money(cents: bigint): string {
    const digits = (cents < 0n ? -cents : cents).toString().padStart(3, "0");
    return `${cents < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Half up, as decimals are divided in SQL. */
function divide(cents: bigint, by: number): bigint {
    return (2n * cents + BigInt(by)) / (2n * BigInt(by));
}

class Group {
    transactions = 0;
    units = 0n;
    cents = 0n;
    readonly customers = new Set<string>();
    readonly stores = new Set<string>();

    add(sale: Sale): void {
        this.transactions += 1;
        this.units += sale.quantity;
        this.cents += sale.cents;
        this.customers.add(sale.customer);
        this.stores.add(sale.store);
    }
}

/** Groups keyed by their values joined with a tab, which no value contains. */
function groupBy(sales: readonly Sale[], key: (sale: Sale) => readonly (string | number)[]): [string[], Group][] {
    const groups = new Map<string, Group>();
    for (const sale of sales) {
        const name = key(sale).join("\t");
        let group = groups.get(name);
        if (!group) groups.set(name, (group = new Group()));
        group.add(sale);
    }
    return [...groups].map(([name, group]) => [name.split("\t"), group]);
}

const ascending = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byRevenue = (a: [string[], Group], b: [string[], Group]) =>
    a[1].cents === b[1].cents ? ascending(a[0][0]!, b[0][0]!) : a[1].cents > b[1].cents ? -1 : 1;
const day = (sale: Sale) => sale.time.toISOString().slice(0, 10);

/** The rows that each query must give, cell by cell as Athena prints them; ordered where the query orders. */
export const expected: Record<string, (sales: readonly Sale[], parameter?: string) => string[][]> = {
    "revenue-by-category": (sales) => {
        const all = sales.reduce((sum, sale) => sum + sale.cents, 0n);
        return groupBy(sales, (sale) => [sale.category])
            .sort(byRevenue)
            .map(([[category], group]) => {
                const share = Math.round((10_000 * Number(group.cents)) / Number(all)) / 100;
                return [
                    category!,
                    `${group.transactions}`,
                    `${group.units}`,
                    money(group.cents),
                    Number.isInteger(share) ? `${share}.0` : `${share}`,
                ];
            });
    },
    "daily-trend": (sales) => {
        const days = groupBy(sales, (sale) => [day(sale)]).sort((a, b) => ascending(a[0][0]!, b[0][0]!));
        return days.map(([[date], group], index) => {
            const week = days.slice(Math.max(0, index - 6), index + 1);
            const sum = week.reduce((cents, [, one]) => cents + one.cents, 0n);
            return [date!, `${group.transactions}`, money(group.cents), money(divide(sum, week.length))];
        });
    },
    "top-products": (sales) =>
        groupBy(sales, (sale) => [sale.product, sale.category])
            .sort(byRevenue)
            .slice(0, 10)
            .map(([[product, category], group]) => [
                product!,
                category!,
                `${group.units}`,
                money(group.cents),
                `${group.customers.size}`,
            ]),
    "regional-performance": (sales) =>
        groupBy(sales, (sale) => [sale.region])
            .sort(byRevenue)
            .map(([[region], group]) => [
                region!,
                `${group.stores.size}`,
                `${group.customers.size}`,
                `${group.transactions}`,
                money(group.cents),
                money(divide(group.cents, group.transactions)),
            ]),
    "one-month": (sales, month = "2024-02") =>
        groupBy(
            sales.filter((sale) => day(sale).startsWith(month)),
            (sale) => [sale.payment],
        )
            .sort(byRevenue)
            .map(([[payment], group]) => [payment!, `${group.transactions}`, money(group.cents)]),
    // What the view and the table that the last two queries create hold; by day or month, region and category.
    daily_sales_summary: (sales) =>
        groupBy(sales, (sale) => [day(sale), sale.region, sale.category])
            .map(([key, group]) => {
                const [year, month, date] = key[0]!.split("-").map(Number);
                return [
                    ...key,
                    `${group.transactions}`,
                    `${group.units}`,
                    money(group.cents),
                    `${year}`,
                    `${month}`,
                    `${date}`,
                ];
            })
            .sort(byCells),
    monthly_summary: (sales) =>
        groupBy(sales, (sale) => [sale.time.getUTCFullYear(), sale.time.getUTCMonth() + 1, sale.region, sale.category])
            .map(([[year, month, region, category], group]) => [
                month!,
                region!,
                category!,
                `${group.transactions}`,
                `${group.units}`,
                money(group.cents),
                `${group.customers.size}`,
                year!,
            ])
            .sort(byCells),
};

/** Any order that does not depend on the engine. */
export function byCells(a: readonly (string | null)[], b: readonly (string | null)[]): number {
    return ascending(a.join("\t"), b.join("\t"));
}
