/** GetPartitions' Expression as a test of a partition's values. */
import type { Column } from "@aws-sdk/client-glue";
import { parseFilter } from "./parse";
import { keyOf } from "./values";

/**
 * @param expression absent or blank: every partition matches
 * @param keys the table's partition keys; a literal is read by its key's declared type
 * @throws InvalidInputException
 */
export function partitionFilter(
    expression: string | undefined,
    keys: readonly { Name?: Column["Name"]; Type?: Column["Type"] }[],
): (values: readonly string[]) => boolean {
    if (expression === undefined || expression === null || expression.trim() === "") return () => true;
    const known = new Map(keys.map((column, index) => [(column.Name ?? "").toLowerCase(), keyOf(column, index)]));
    const condition = parseFilter(expression, known);
    return (values) => condition(values) === true;
}
