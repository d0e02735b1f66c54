/** What Athena charges for a query: https://aws.amazon.com/athena/pricing/ ("SQL queries", per data scanned). */
import { price } from "./priceList";

const MiB = 1024 ** 2;
const bytesPerTB = 1024 ** 4;

/** The least a query is charged for; equals the smallest cutoff a workgroup accepts, 10,485,760 bytes. */
export const minimumBytes = price("athena.minimumMiB") * MiB;

/** As GetQueryExecution reports it. */
export type StatementType = "DDL" | "DML" | "UTILITY";

/** Bytes a query is charged for: rounded up to the next MB, at least 10 MB. DDL is free; a CTAS that is reported as DDL still reads data. */
export function chargedBytes(scanned: number, statement: StatementType): number {
    if (statement !== "DML" && scanned === 0) return 0;
    return Math.max(Math.ceil(scanned / MiB) * MiB, minimumBytes);
}

/** Dollars, not rounded. */
export function queryCost(scanned: number, statement: StatementType): number {
    return (chargedBytes(scanned, statement) / bytesPerTB) * price("athena.scannedTB");
}
