/** Values of the benchmarks' options. */
import { InvalidArgumentError } from "commander";

export function whole(text: string): number {
    if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("Write a whole number above 0.");
    return Number(text);
}

/** A share, from 0 to 1. */
export function share(text: string): number {
    const value = Number(text);
    if (!/^\d*\.?\d+$/.test(text) || value > 1) throw new InvalidArgumentError("Write a number from 0 to 1.");
    return value;
}

/** Several, with commas between. */
export function wholes(text: string): number[] {
    return text.split(",").map(whole);
}
