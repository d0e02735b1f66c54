/** The web shop that the sample generator plays: its pages, who visits it and when. */
import { weighted, type Random } from "../random";
import { secondOfDay } from "../values";

export interface Page {
    readonly path: string;
    readonly title: string;
}

export const eventTypes = ["page_view", "product_view", "add_to_cart", "begin_checkout", "purchase"] as const;
export type EventType = (typeof eventTypes)[number];

export const host = "https://shop.example";

const listings: readonly Page[] = [
    { path: "/", title: "Home & Garden, delivered" },
    { path: "/c/lighting", title: "Lamps, bulbs and candles" },
    { path: "/c/desks", title: "Desks" },
    { path: "/c/garden", title: "Jardín: pots, tools" },
    { path: "/sale", title: "Sale, up to 30 %" },
    { path: "/help/returns", title: "Returns" },
];

export interface Product extends Page {
    readonly cents: number;
}

const shelf: readonly (readonly [slug: string, title: string, price: number])[] = [
    ["oak-desk", 'Oak Desk, 55" wide', 419],
    ["standing-desk", "Standing Desk", 389.5],
    ["led-lamp", "LED Lamp, dimmable", 39.9],
    ["candle-set", 'Candles "Söt", set of 6', 17.25],
    ["clay-pot", 'Clay Pot 12"', 12.8],
    ["pruning-shears", "Pruning Shears", 24.5],
    ["garden-hose", "Garden Hose, 25 m", 34.75],
];

const products: readonly Product[] = shelf.map(([slug, title, price]) => ({
    path: `/p/${slug}`,
    title,
    cents: Math.round(price * 100),
}));

const fixedPages: Readonly<Partial<Record<EventType, Page>>> = {
    add_to_cart: { path: "/cart", title: "Your cart" },
    begin_checkout: { path: "/checkout", title: "Checkout" },
    purchase: { path: "/order/thanks", title: "Thank you!" },
};

export const devices = ["desktop", "mobile", "tablet"] as const;
export const countries = ["DE", "ES", "FR", "PL", "SE"] as const;
export const users = 8_000;
export const referrers = [
    "",
    "",
    "https://search.example/?q=oak+desk",
    "https://search.example/?q=lamp, dimmable",
    "https://news.example/home",
    "https://social.example/p/9182",
] as const;

export const drawDevice = weighted([46, 45, 9]);
export const drawCountry = weighted([34, 14, 21, 17, 14]);
const drawProduct = weighted([3, 4, 16, 12, 14, 9, 7]);
const drawListing = weighted([40, 16, 12, 12, 14, 6]);

/** Share of a week's events by UTC weekday, Sunday first. */
export const weekdayWeights = [1.25, 0.95, 0.9, 0.9, 0.92, 0.98, 1.1] as const;

/** The second of the day by which a share of the day's sessions has begun. */
export const secondOfStart = secondOfDay([
    5, 3, 2, 1, 1, 2, 5, 10, 14, 15, 16, 17, 20, 18, 16, 16, 18, 21, 25, 30, 34, 32, 22, 12,
]);

/** What a visitor does next, as weights in the order of `eventTypes`. */
const next: Readonly<Record<EventType, (uniform: number) => number>> = {
    page_view: weighted([42, 58, 0, 0, 0]),
    product_view: weighted([25, 35, 40, 0, 0]),
    add_to_cart: weighted([10, 30, 0, 60, 0]),
    begin_checkout: weighted([20, 5, 0, 0, 75]),
    purchase: weighted([100, 0, 0, 0, 0]),
};

export interface Visit {
    readonly type: EventType;
    readonly page: Page;
    /** Milliseconds on the page. */
    readonly duration: number;
    /** Cents of the goods in the cart. */
    readonly cart: number;
}

/** A session's events, one after the other, for as long as they are asked for. */
export function* visits(random: Random): Generator<Visit, never> {
    let type: EventType = random.next() < 0.8 ? "page_view" : "product_view";
    let looked: Product | undefined;
    let cart = 0;
    for (;;) {
        if (type === "product_view") looked = products[drawProduct(random.next())]!;
        if (type === "add_to_cart") cart += looked!.cents;
        const page = fixedPages[type] ?? (type === "product_view" ? looked! : listings[drawListing(random.next())]!);
        yield { type, page, duration: 800 + random.below(90_000), cart };
        if (type === "purchase") cart = 0;
        type = eventTypes[next[type](random.next())]!;
    }
}
