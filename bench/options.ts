/** Values of the benchmarks' options. */
import { InvalidArgumentError } from "commander";

export function whole(text: string): number {
    if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("Write a whole number above 0.");
    return Number(text);
}
