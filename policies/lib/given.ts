/** What is there, without asking what it is. */
import { Preview, unknown } from "./preview";

/** Is a value given, be it known yet or not? What the provider gives back has empty texts for what is not set. */
export function given(read: () => unknown): boolean {
    const value = new Preview().look(read);
    return value === unknown || (value !== undefined && value !== null && value !== "");
}
