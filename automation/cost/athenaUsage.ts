/** Amazon Athena: what the queries of a workgroup scan. */
import { minimumBytes, queryCost } from "./athena";
import type { Lake } from "./lake";
import { daysPerMonth, figure, line, sum, usd, type Priced } from "./lines";
import { price } from "./priceList";
import { numberAt, type DeclaredResource } from "./resources";
import { dailyGiB, readShare, shapeOf } from "./tables";

const GiB = 1024 ** 3;

/** Queries read the declared tables of the workgroup's dataset in equal parts; without a dataset, all declared tables. */
export function workgroupCost(workgroup: DeclaredResource, lake: Lake): Priced {
    const tables = lake.tablesOf(lake.datasetOf(workgroup));
    if (tables.length === 0) {
        return { notPriced: "no table is declared that its queries would read" };
    }
    const cutoff = numberAt(workgroup, "configuration", "bytesScannedCutoffPerQuery") ?? Infinity;
    const queries = lake.volumesOf(workgroup).queriesPerDay * daysPerMonth;
    const reads = tables.map((table) => readOf(table, lake));
    // A query that is cancelled at the cut-off has scanned that much, and pays for it.
    const scanned = reads.map(({ gib }) => Math.min(gib * GiB, cutoff));
    const usdPerQuery = sum(scanned.map((bytes) => queryCost(bytes, "DML"))) / tables.length;
    const notes = [
        ...(reads.some(({ gib }) => gib * GiB > cutoff) ? [`cut off at ${figure(cutoff / GiB)} GiB`] : []),
        ...(scanned.some((bytes) => bytes < minimumBytes) ? ["charged as the least, 10 MiB"] : []),
    ];
    return [
        line(
            "Athena",
            workgroup,
            `${figure(queries)} queries of ${either(reads.map(({ gib }) => `${figure(gib)} GiB`))}`,
            queries * usdPerQuery,
            `${figure(queries)} queries × ${either(reads.map(({ how }) => how))} ` +
                `× ${usd(price("athena.scannedTB"))} per TB${notes.map((note) => `; ${note}`).join("")}.`,
        ),
    ];
}

/** Each text once: several tables may be read alike. */
function either(texts: readonly string[]): string {
    return [...new Set(texts)].join(" or ");
}

/** What one query reads of the table as it is when the lake is `ageDays` old. */
function readOf(table: DeclaredResource, lake: Lake): { gib: number; how: string } {
    const { label, columnar, partitioned, timesSmaller } = shapeOf(table, lake);
    const { columnShare, rawGiBPerDay } = lake.volumesOf(table);
    const days = lake.volumes.lake.ageDays;
    const [files, columns] = [readShare(table, lake), columnar ? columnShare : 1];
    return {
        gib: dailyGiB(table, lake) * days * files * columns,
        how:
            `${figure(rawGiBPerDay)} GiB/day ÷ ${timesSmaller} (${label}) × ${figure(days)} days ` +
            `× ${figure(files)} of ${partitioned ? "the partitions" : "the table, which has no partitions"} ` +
            `× ${figure(columns)} of ${columnar ? "the columns" : "each row, which is read whole"}`,
    };
}
