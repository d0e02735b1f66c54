/** Sample raw sales: JSON lines by arrival day, deterministic, with dirt at stated rates. */
import { Stream, type ArrivalPlan } from "../arrivals";
import { Random } from "../random";
import { sampleGenerator } from "../sampleFiles";
import { clock, money } from "../values";
import {
    customers,
    drawPayment,
    drawProduct,
    drawQuantity,
    drawStore,
    paymentMethods,
    products,
    secondOfSale,
    stores,
    weekdayWeights,
} from "./catalogue";
import { contract } from "./contract";
import { jsonLine, spoil, type RawRecord } from "./dirt";

export const generate = sampleGenerator({
    arrivalKey: contract.raw.arrivalKey,
    extension: "jsonl",
    weekdayWeights,
    row(plan, day, row) {
        const { fields, late } = record(plan, day, row);
        return { line: jsonLine(fields), late };
    },
    spoil: (plan, day, row, random) => spoil(record(plan, day, row).fields, random),
});

/** The row's fields as JSON texts; `late` when the event is of an earlier day. */
function record(plan: ArrivalPlan, day: number, row: number): { fields: RawRecord; late: boolean } {
    const random = new Random(plan.settings.seed, Stream.Row, day, row);
    const eventDay = plan.eventDay(day, random);
    const late = eventDay < day;
    const share = late ? random.next() : Math.min(0.999999, (row + random.next()) / Math.max(1, plan.clean(day)));
    const product = products[drawProduct(random.next())]!;
    const store = stores[drawStore(random.next())]!;
    const quantity = 1 + drawQuantity(random.next());
    const cents = priceOf(product.cents, random.next());
    const fields = {
        transaction_id: `"T${plan.date(day).replaceAll("-", "")}-${String(row + 1).padStart(7, "0")}"`,
        timestamp: `"${plan.date(eventDay)}T${clock(secondOfSale(share))}Z"`,
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
