/** The one place that prices come from: `prices.json`, dated, each with its unit and source. Not `prices.ts`: Node would take the JSON for it. */
import file from "./prices.json";

type PriceName = keyof typeof file.prices;

/** Day of the newest source that the prices were compared with, `2026-06-13`. */
export const pricesAsOf = file.asOf;
/** The only region whose prices the file has. */
export const pricedRegion = file.region;

/** US dollars for one unit, or for the names that say so minutes, MiB or objects. */
export function price(name: PriceName): number {
    return file.prices[name].value;
}
