/** Athena's errors: https://docs.aws.amazon.com/athena/latest/APIReference/CommonErrors.html */
import { AwsError } from "../protocol/operations";

export function invalid(message: string): AwsError {
    return new AwsError("InvalidRequestException", message);
}

export function required<T>(value: T | undefined | null, member: string): T {
    if (value === undefined || value === null || value === "") {
        throw invalid(
            `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must not be null`,
        );
    }
    return value;
}

/** One page of a list by an opaque token, which is the position of its first item. */
export function pageOf<T>(items: readonly T[], token: string | undefined, size: number): { page: T[]; next?: string } {
    const start = token === undefined ? 0 : /^\d{1,9}$/.test(token) ? Number(token) : Infinity;
    if (start > items.length) throw invalid("The NextToken is not valid.");
    const end = start + size;
    return { page: items.slice(start, end), next: end < items.length ? String(end) : undefined };
}

/** @throws where `value` is outside what the operation takes */
export function pageSize(value: number | undefined, largest: number, smallest = 1): number {
    const size = value ?? largest;
    if (!Number.isInteger(size) || size < smallest || size > largest) {
        throw invalid(`MaxResults is ${size}; it must be from ${smallest} to ${largest}.`);
    }
    return size;
}
