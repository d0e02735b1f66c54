/** AWS CloudTrail and AWS Budgets. https://aws.amazon.com/cloudtrail/pricing/ */
import { requests, watchedKinds } from "./contents";
import type { Lake } from "./lake";
import { figure, line, usd, type Priced } from "./lines";
import { price } from "./priceList";
import { isObject, isUnknownAt, objectsAt, type DeclaredResource } from "./resources";

type Inputs = DeclaredResource["inputs"];

/** The selectors are taken to watch the lake's bronze and silver objects, as AuditTrail does. */
export function trailCost(trail: DeclaredResource, lake: Lake): Priced {
    const fields = (objectsAt(trail, "advancedEventSelectors") ?? []).map(fieldsOf);
    const watches = fields.filter((each) => each.some((field) => says(field, "eventCategory", "Data")));
    if (watches.length === 0) {
        const declared = ["eventSelectors", "advancedEventSelectors"].filter(
            (key) => objectsAt(trail, key) !== undefined || isUnknownAt(trail, key),
        );
        return declared.length > 0
            ? { notPriced: `no price of the events that its ${declared.join(" and ")} select` }
            : [line("CloudTrail", trail, "management events", 0, "The account's first copy of them is free.")];
    }
    const writesOnly = watches.every((each) => each.some((field) => says(field, "readOnly", "false")));
    const { puts, gets } = requests(lake, watchedKinds);
    const [events, dollars] = [writesOnly ? puts : puts + gets, price("cloudtrail.dataEvents100k")];
    return [
        line(
            "CloudTrail",
            trail,
            `${figure(events)} data events${writesOnly ? ", writes only" : ""}`,
            (events / 1e5) * dollars,
            `${figure(events)} ÷ 100,000 × ${usd(dollars)}: the requests to the bronze and silver buckets.`,
        ),
    ];
}

function fieldsOf(selector: Inputs): Inputs[] {
    return Array.isArray(selector.fieldSelectors) ? selector.fieldSelectors.filter(isObject) : [];
}

function says(field: Inputs, name: string, value: string): boolean {
    return field.field === name && Array.isArray(field.equals) && field.equals.includes(value);
}

export function budgetCost(budget: DeclaredResource): Priced {
    return [
        line("Budgets", budget, "budget without actions", price("budgets.budget"), "A budget that only tells is free."),
    ];
}
