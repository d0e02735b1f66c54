/** Chance that is the same in every run with the same seed (mulberry32). */
export class Dice {
    constructor(private state: number) {}

    /** From 0 up to, but not including, 1. */
    share(): number {
        this.state = (this.state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    }

    whole(least: number, most: number): number {
        return least + Math.floor(this.share() * (most - least + 1));
    }

    pick<T>(of: readonly T[]): T {
        return of[this.whole(0, of.length - 1)]!;
    }
}
