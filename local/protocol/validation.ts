/** The checks that AWS makes before an operation runs, with its messages. */
import { AwsError } from "./operations";

/** @throws ValidationException when a required member is missing, in AWS's words. */
export function requireMembers<T extends object>(input: T, ...names: (keyof T & string)[]): void {
    const missing = names.filter((name) => input[name] === undefined || input[name] === null);
    if (missing.length === 0) return;
    const faults = missing.map(
        (name) => `Value at '${lowerFirst(name)}' failed to satisfy constraint: Member must not be null`,
    );
    throw new AwsError("ValidationException", validationMessage(faults));
}

/** One message for all faults, e.g. `2 validation errors detected: …; …`. @param count how many there are, where not all are told */
export function validationMessage(faults: readonly string[], count = faults.length): string {
    return `${count} validation error${count === 1 ? "" : "s"} detected: ${faults.join("; ")}`;
}

function lowerFirst(name: string): string {
    return name.charAt(0).toLowerCase() + name.slice(1);
}
