/** The right answers to the analyses of sales, by plain code over the raw lines: another way than the SQL's wherever there is one. */
import { money, type Sale } from "./oracle";

type Row = (string | null)[];

const ascending = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const dayOf = (sale: Sale) => sale.time.toISOString().slice(0, 10);
const monthOf = (sale: Sale) => `${dayOf(sale).slice(0, 7)}-01`;
const centsOf = (sales: readonly Sale[]) => sales.reduce((sum, sale) => sum + sale.cents, 0n);
const unitsOf = (sales: readonly Sale[]) => Number(sales.reduce((sum, sale) => sum + sale.quantity, 0n));

/** A double as Athena rounds it to two digits, away from zero, and prints it. */
function rounded(value: number): string {
    const hundredths = Math.sign(value) * Math.round(Math.abs(value) * 100);
    return hundredths % 100 === 0 ? `${hundredths / 100}.0` : `${hundredths / 100}`;
}

/** Cents as a decimal of dollars, rounded half away from zero. */
const dollars = (cents: number) => money(BigInt(Math.sign(cents) * Math.round(Math.abs(cents))));

function grouped(sales: readonly Sale[], key: (sale: Sale) => string): [string, Sale[]][] {
    const found = new Map<string, Sale[]>();
    for (const sale of sales) {
        const group = found.get(key(sale));
        if (group) group.push(sale);
        else found.set(key(sale), [sale]);
    }
    return [...found].sort(([a], [b]) => ascending(a, b));
}

function monthsBetween(first: string, later: string): number {
    const number = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
    return number(later) - number(first);
}

/** By query; a parameter is that of the query's front matter. */
export const expectedAnalysis: Record<string, (sales: readonly Sale[], parameter?: string) => Row[]> = {
    "cohort-retention": (sales) => {
        const months = new Map<string, Set<string>>();
        for (const sale of sales)
            months.set(sale.customer, (months.get(sale.customer) ?? new Set()).add(monthOf(sale)));
        const cohorts = new Map<string, Map<number, number>>();
        for (const bought of months.values()) {
            const first = [...bought].sort()[0]!;
            const active = cohorts.get(first) ?? new Map<number, number>();
            for (const month of bought) {
                const after = monthsBetween(first, month);
                active.set(after, (active.get(after) ?? 0) + 1);
            }
            cohorts.set(first, active);
        }
        return [...cohorts]
            .sort(([a], [b]) => ascending(a, b))
            .flatMap(([first, active]) =>
                [...active]
                    .sort(([a], [b]) => a - b)
                    .map(([after, number]) => [
                        first,
                        `${after}`,
                        `${number}`,
                        rounded((100 * number) / active.get(0)!),
                    ]),
            );
    },
    "daily-anomalies": (sales, threshold = "2") => {
        const days = grouped(sales, dayOf).map(([date, of]) => ({ date, cents: Number(centsOf(of)) }));
        const mean = (of: readonly { cents: number }[]) => of.reduce((sum, one) => sum + one.cents, 0) / of.length;
        return days
            .flatMap(({ date, cents }, index) => {
                const before = days.slice(Math.max(0, index - 28), index);
                if (before.length < 7) return [];
                const usual = mean(before);
                const squares = before.reduce((sum, one) => sum + (one.cents - usual) ** 2, 0);
                const score = (cents - usual) / Math.sqrt(squares / (before.length - 1));
                const week = days.slice(Math.max(0, index - 6), index + 1);
                return [{ score, row: [date, dollars(cents), dollars(mean(week)), dollars(usual), rounded(score)] }];
            })
            .filter(({ score }) => Math.abs(score) >= Number(threshold))
            .map(({ row }) => row)
            .sort((a, b) => Math.abs(Number(b[4])) - Math.abs(Number(a[4])) || ascending(a[0]!, b[0]!));
    },
    "basket-pairs": (sales, least = "2") => {
        const baskets = grouped(sales, (sale) => `${sale.customer} ${dayOf(sale)}`).map(
            ([, of]) => new Set(of.map((sale) => sale.product)),
        );
        const of = (...products: string[]) =>
            baskets.filter((basket) => products.every((one) => basket.has(one))).length;
        const products = [...new Set(sales.map((sale) => sale.product))].sort(ascending);
        return products
            .flatMap((product, index) =>
                products.slice(index + 1).map((other) => ({ product, other, both: of(product, other) })),
            )
            .filter(({ both }) => both >= Number(least))
            .map((pair) => ({
                ...pair,
                lift: rounded((pair.both * baskets.length) / (of(pair.product) * of(pair.other))),
            }))
            .sort(
                (a, b) =>
                    b.both - a.both ||
                    Number(b.lift) - Number(a.lift) ||
                    ascending(a.product, b.product) ||
                    ascending(a.other, b.other),
            )
            .slice(0, 20)
            .map(({ product, other, both, lift }) => [
                product,
                other,
                `${both}`,
                rounded((100 * both) / of(product)),
                lift,
            ]);
    },
    "abc-products": (sales) => {
        const all = Number(centsOf(sales));
        let before = 0;
        return grouped(sales, (sale) => sale.product)
            .map(([product, of]) => ({ product, category: of[0]!.category, cents: Number(centsOf(of)) }))
            .sort((a, b) => b.cents - a.cents || ascending(a.product, b.product))
            .map(({ product, category, cents }) => {
                const name = 100 * before < 80 * all ? "A" : 100 * before < 95 * all ? "B" : "C";
                before += cents;
                return [name, product, category, money(BigInt(cents)), rounded((100 * before) / all)];
            });
    },
    "regional-share": (sales) => {
        const earlier = new Map<string, number>();
        return grouped(sales, monthOf).flatMap(([month, ofMonth]) =>
            grouped(ofMonth, (sale) => sale.region).map(([region, of]) => {
                const share = (100 * Number(centsOf(of))) / Number(centsOf(ofMonth));
                const before = earlier.get(region);
                earlier.set(region, share);
                return [
                    month,
                    region,
                    money(centsOf(of)),
                    rounded(share),
                    before === undefined ? null : rounded(share - before),
                ];
            }),
        );
    },
    "price-volume-mix": (sales) =>
        grouped(sales, monthOf).flatMap(([month, now], index, months) => {
            if (index === 0) return [];
            const before = months[index - 1]![1];
            const priceOf = (of: readonly Sale[]) => Number(centsOf(of)) / unitsOf(of);
            const revenue = Number(centsOf(now));
            const volume = (unitsOf(now) - unitsOf(before)) * priceOf(before);
            const price = grouped(now, (sale) => sale.product).reduce((sum, [product, of]) => {
                const earlier = before.filter((sale) => sale.product === product);
                return earlier.length === 0 ? sum : sum + (priceOf(of) - priceOf(earlier)) * unitsOf(of);
            }, 0);
            const change = revenue - Number(centsOf(before));
            return [
                [
                    month,
                    dollars(revenue),
                    dollars(change),
                    dollars(volume),
                    dollars(change - volume - price),
                    dollars(price),
                ],
            ];
        }),
};
