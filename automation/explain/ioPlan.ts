/** What an engine's plan reads: EXPLAIN (TYPE IO, FORMAT JSON), https://docs.aws.amazon.com/athena/latest/ug/athena-explain-statement.html */

interface Marker {
    readonly value?: string;
    /** Where the range begins or ends: at the value, or just before or after it. */
    readonly bound: "EXACTLY" | "BELOW" | "ABOVE";
}

interface Range {
    readonly low: Marker;
    readonly high: Marker;
}

interface ColumnConstraint {
    readonly columnName: string;
    readonly type: string;
    readonly domain: { readonly nullsAllowed: boolean; readonly ranges: readonly Range[] };
}

interface IoPlan {
    readonly inputTableColumnInfos: readonly {
        readonly table: { readonly schemaTable: { readonly schema: string; readonly table: string } };
        readonly constraint?: { readonly none?: boolean; readonly columnConstraints?: readonly ColumnConstraint[] };
    }[];
}

/** A table that a query reads, once for each time that it scans it. */
export interface ScannedTable {
    readonly database: string;
    readonly table: string;
    /** Whether the condition can hold for no row. */
    readonly nothing: boolean;
    /** What the engine knows of columns before it reads: of a partitioned table which partitions. */
    readonly constraints: readonly ColumnConstraint[];
}

/** @param text the rows of the answer, put together */
export function readIoPlan(text: string): ScannedTable[] {
    const { inputTableColumnInfos } = JSON.parse(text) as IoPlan;
    return inputTableColumnInfos.map(({ table: { schemaTable }, constraint }) => ({
        database: schemaTable.schema,
        table: schemaTable.table,
        nothing: constraint?.none === true,
        constraints: constraint?.columnConstraints ?? [],
    }));
}

/** Whether rows of a partition can meet the conditions. @param values by key, as in the catalog */
export function mayMatch({ nothing, constraints }: ScannedTable, values: ReadonlyMap<string, string>): boolean {
    if (nothing) return false;
    return constraints.every(({ columnName, type, domain }) => {
        const value = values.get(columnName);
        return value === undefined || domain.ranges.some((range) => isWithin(value, range, type));
    });
}

/** Only numbers are not in the order of their texts: dates and texts are. */
function isWithin(value: string, { low, high }: Range, type: string): boolean {
    const isNumber = /^(tinyint|smallint|integer|bigint|real|double|decimal)/.test(type);
    const compare = (a: string, b: string) => (isNumber ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0);
    const fromLow = low.value === undefined ? 1 : compare(value, low.value);
    const toHigh = high.value === undefined ? 1 : compare(high.value, value);
    return (low.bound === "ABOVE" ? fromLow > 0 : fromLow >= 0) && (high.bound === "BELOW" ? toHigh > 0 : toHigh >= 0);
}
