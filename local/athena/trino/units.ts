/** Trino's printed sizes and durations. */

const sizes: Readonly<Record<string, number>> = {
    B: 1,
    kB: 2 ** 10,
    MB: 2 ** 20,
    GB: 2 ** 30,
    TB: 2 ** 40,
    PB: 2 ** 50,
};

const milliseconds: Readonly<Record<string, number>> = {
    ns: 1e-6,
    us: 1e-3,
    ms: 1,
    s: 1000,
    m: 60_000,
    h: 3_600_000,
    d: 86_400_000,
};

/** `1442B`, `1.5MB` */
export function bytesOf(text: string): number {
    return Math.round(parse(text, sizes));
}

/** `81.53ms`, `1.01s` */
export function millisecondsOf(text: string): number {
    return Math.round(parse(text, milliseconds));
}

function parse(text: string, units: Readonly<Record<string, number>>): number {
    const [, value, unit] = /^([\d.]+)([a-zA-Z]+)$/.exec(text) ?? [];
    const factor = unit === undefined ? undefined : units[unit];
    if (factor === undefined) throw new Error(`Trino printed '${text}', which is no quantity with a unit.`);
    return Number(value) * factor;
}
