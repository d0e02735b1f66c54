/** The shop that the sample generator plays: what it sells, where, and when people buy. */
import { weighted } from "../random";
import { secondOfDay } from "../values";

export interface Product {
    readonly name: string;
    readonly category: string;
    readonly cents: number;
    /** Relative share of sales. */
    readonly weight: number;
}

export interface Store {
    readonly id: string;
    readonly region: string;
}

const shelves: Readonly<Record<string, readonly (readonly [name: string, price: number, weight: number])[]>> = {
    electronics: [
        ["Wireless Earbuds", 79.9, 9],
        ["Bluetooth Speaker", 49.95, 7],
        ["Smart Watch", 199, 4],
        ['27" Monitor', 289.99, 2],
        ["USB-C Charger", 24.5, 11],
        ["Mechanical Keyboard", 119, 3],
    ],
    groceries: [
        ["Café Blend 1 kg", 17.25, 20],
        ["Olive Oil 750 ml", 11.49, 18],
        ["Dark Chocolate 85 %", 3.2, 26],
        ["Basmati Rice 5 kg", 12.8, 12],
        ["Sparkling Water 6-pack", 4.75, 24],
        ["Jalapeño Salsa", 3.95, 10],
    ],
    clothing: [
        ["Cotton T-Shirt", 14.99, 16],
        ["Denim Jacket", 74, 4],
        ["Running Shoes", 94.5, 6],
        ["Wool Scarf", 29.9, 5],
        ["Rain Coat", 64.25, 3],
    ],
    home: [
        ["Cast Iron Pan", 39.95, 5],
        ["LED Lamp", 22, 9],
        ["Linen Sheets", 84.9, 3],
        ["Storage Box", 9.5, 12],
        ["Scented Candle", 13.75, 10],
    ],
    sports: [
        ["Yoga Mat", 27.5, 8],
        ["Resistance Bands", 18.9, 7],
        ["Camping Tent", 149, 2],
        ["Water Bottle 1 l", 16.4, 11],
        ["Bicycle Helmet", 58, 3],
    ],
    beauty: [
        ["Face Cream", 32.6, 7],
        ["Shampoo 500 ml", 8.45, 14],
        ["Lip Balm", 4.1, 15],
        ["Perfume 50 ml", 68, 2],
    ],
    books: [
        ["Paperback Novel", 11.99, 12],
        ["Cookbook", 34.5, 4],
        ["Children's Atlas", 21.75, 4],
        ["Field Guide to Birds", 26, 2],
    ],
};

export const products: readonly Product[] = Object.entries(shelves).flatMap(([category, items]) =>
    items.map(([name, price, weight]) => ({ name, category, cents: Math.round(price * 100), weight })),
);

const storesPerRegion = { north: 9, south: 7, east: 12, west: 8 };

/** Each region's stores, `<region>-01` and on, and its web shop, which sells as much as four stores. */
export const stores: readonly (Store & { readonly weight: number })[] = Object.entries(storesPerRegion).flatMap(
    ([region, count]) => [
        ...Array.from({ length: count }, (_, index) => ({
            id: `${region}-${String(index + 1).padStart(2, "0")}`,
            region,
            weight: 1,
        })),
        { id: `${region}-web`, region, weight: 4 },
    ],
);

export const paymentMethods = ["card", "cash", "mobile", "voucher"] as const;
export const customers = 25_000;

export const drawProduct = weighted(products.map((product) => product.weight));
export const drawStore = weighted(stores.map((store) => store.weight));
export const drawPayment = weighted([55, 18, 24, 3]);
export const drawQuantity = weighted([62, 21, 9, 5, 2, 1]);

/** Share of a day's sales by UTC weekday, Sunday first. */
export const weekdayWeights = [1.1, 0.8, 0.82, 0.88, 0.98, 1.18, 1.34] as const;

/** The second of the day by which a share of the day's sales is done. */
export const secondOfSale = secondOfDay([
    1, 1, 1, 1, 1, 2, 4, 8, 14, 20, 26, 30, 34, 30, 26, 26, 30, 38, 42, 36, 26, 16, 8, 3,
]);
