/** Pagination: a token is the opaque position of the next page's first item. */
import { AwsError } from "./operations";

export interface Page<T> {
    readonly items: T[];
    readonly nextToken?: string;
}

/**
 * Cuts one page from a list.
 * @param token what the last page returned; absent for the first page
 * @param size the page's largest number of items
 * @throws InvalidInputException for a token that we did not make
 */
export function pageOf<T>(items: readonly T[], token: string | undefined, size: number): Page<T> {
    const start = token ? positionOf(token) : 0;
    const end = start + size;
    const page = items.slice(start, end);
    return end < items.length ? { items: page, nextToken: tokenFor(end) } : { items: page };
}

function tokenFor(position: number): string {
    return Buffer.from(`lakeworks:${position}`).toString("base64url");
}

function positionOf(token: string): number {
    const match = /^lakeworks:(\d+)$/.exec(Buffer.from(token, "base64url").toString("utf8"));
    if (!match) throw new AwsError("InvalidInputException", "The pagination token is not valid.");
    return Number(match[1]);
}
