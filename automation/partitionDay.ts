/** The day of a partition, by the values of its keys in their order: one date, or year, month and day. */
export function dayOf(values: readonly string[]): Date | undefined {
    const text = values.length === 1 ? values[0]! : values.map((value) => value.padStart(2, "0")).join("-");
    const day = Date.parse(`${text}T00:00:00Z`);
    return Number.isNaN(day) ? undefined : new Date(day);
}
