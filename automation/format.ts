/** Numbers, sizes and tables as people read them; the same on every machine, whatever its locale. */
import Table from "cli-table3";

const units = ["B", "KB", "MB", "GB", "TB"] as const;

/** Bytes in binary steps with three significant digits: 10485760 → "10.0 MB". */
export function bytes(count: number): string {
    let value = count;
    let unit = 0;
    while (value >= 1023.95 && unit < units.length - 1) {
        value /= 1024;
        unit += 1;
    }
    const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return `${value.toFixed(digits)} ${units[unit]}`;
}

/** 1234567 → "1,234,567". */
export function count(value: number | bigint): string {
    return value.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** "1 object", "2 objects", "2 queries". @param many of words that take more than an s */
export function plural(value: number, noun: string, many = `${noun}s`): string {
    return `${count(value)} ${value === 1 ? noun : many}`;
}

/** Seconds: "0.84 s", "12.3 s", "2 min 05 s". */
export function seconds(value: number): string {
    if (value < 9.995) return `${value.toFixed(2)} s`;
    if (value < 99.95) return `${value.toFixed(1)} s`;
    const whole = Math.round(value);
    return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

/** Dollars; below one with three significant digits, since a query's 10 MB cost $0.0000477. */
export function dollars(value: number): string {
    if (value === 0) return "$0";
    return `$${value >= 0.995 ? value.toFixed(2) : value.toPrecision(3)}`;
}

/** How many times larger, "36×"; "—" when there is nothing to compare with. */
export function ratio(larger: number, smaller: number): string {
    if (smaller <= 0) return "—";
    const times = larger / smaller;
    return `${times >= 9.95 ? Math.round(times) : times.toFixed(1)}×`;
}

export interface Column {
    readonly title: string;
    readonly numeric: boolean;
}

/** A table of text cells; numeric columns to the right; null is shown as "–". At most `limit` rows, then how many more. */
export function table(columns: readonly Column[], rows: readonly (readonly (string | null)[])[], limit = 15): string {
    const shown = new Table({
        head: columns.map((column) => column.title),
        colAligns: columns.map((column) => (column.numeric ? "right" : "left")),
        style: { head: [], border: [], compact: true },
    });
    shown.push(...rows.slice(0, limit).map((row) => row.map((cell) => cell ?? "–")));
    const more = rows.length - limit;
    return more > 0 ? `${shown.toString()}\n  … ${count(more)} more rows` : shown.toString();
}
