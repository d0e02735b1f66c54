/** Where the objects of a bucket lie after so many days: what its lifecycle rules do to a steady inflow. */
import { isObject, objectsAt, type DeclaredResource } from "./resources";

export const storageClasses = ["STANDARD", "STANDARD_IA", "GLACIER", "DEEP_ARCHIVE"] as const;
export type StorageClass = (typeof storageClasses)[number];

export interface Stay {
    readonly storageClass: StorageClass;
    /** Days that an object stays in it, within the lake's age. */
    readonly days: number;
}

/**
 * The classes that an object goes through within `ageDays`. Only rules for the whole bucket count; transitions to classes
 * that have no price here are left out, so that the object stays where it is.
 */
export function staysOf(lifecycle: DeclaredResource | undefined, ageDays: number): Stay[] {
    const rules = (lifecycle === undefined ? undefined : objectsAt(lifecycle, "rules")) ?? [];
    const whole = rules.filter((rule) => rule.status !== "Disabled" && isWhole(rule.filter));
    const end = Math.min(ageDays, ...whole.map((rule) => daysIn(rule.expiration) ?? Infinity));
    const moves = whole
        .flatMap((rule): unknown[] => (Array.isArray(rule.transitions) ? rule.transitions : []))
        .flatMap((transition) => {
            const storageClass = storageClasses.find(
                (each) => isObject(transition) && transition.storageClass === each,
            );
            const day = daysIn(transition);
            return storageClass === undefined || day === undefined || day >= end ? [] : [{ storageClass, day }];
        })
        .sort((a, b) => a.day - b.day);
    const starts = [{ storageClass: "STANDARD" as StorageClass, day: 0 }, ...moves];
    return starts.map(({ storageClass, day }, index) => ({
        storageClass,
        days: (starts[index + 1]?.day ?? end) - day,
    }));
}

function daysIn(value: unknown): number | undefined {
    return isObject(value) && typeof value.days === "number" ? value.days : undefined;
}

/** No filter, or an empty prefix and nothing else. */
function isWhole(filter: unknown): boolean {
    return !isObject(filter) || Object.values(filter).every((value) => value === "" || value === undefined);
}
