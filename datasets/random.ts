/**
 * Counter-based random numbers: the numbers of (seed, day, row) follow from those three alone,
 * so that any row can be made again without making the ones before it.
 */

/** Mixes two 32-bit integers into one (the finalizer of MurmurHash3). */
export function mix(a: number, b: number): number {
    let hash = Math.imul(a ^ Math.imul(b + 0x9e3779b9, 0x85ebca6b), 0xc2b2ae35);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
}

/** A small sequential generator (mulberry32), started anew for each row. */
export class Random {
    private state: number;

    constructor(...key: readonly number[]) {
        this.state = key.reduce(mix, 0);
    }

    /** Uniform in [0, 1). */
    next(): number {
        this.state = (this.state + 0x6d2b79f5) | 0;
        let value = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
        value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
        return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
    }

    /** Uniform integer in [0, limit). */
    below(limit: number): number {
        return Math.floor(this.next() * limit);
    }
}

/** Draws indices with the given weights. */
export function weighted(weights: readonly number[]): (uniform: number) => number {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let sum = 0;
    const bounds = weights.map((weight) => (sum += weight / total));
    return (uniform) => {
        let low = 0;
        let high = bounds.length - 1;
        while (low < high) {
            const middle = (low + high) >> 1;
            if (uniform < bounds[middle]!) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    };
}
