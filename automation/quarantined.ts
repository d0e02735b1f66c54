/** Quarantined records, asked for in Athena. */
import { runQuery } from "./athena";
import type { LakeDataset, Session } from "./session";

export interface QuarantineRequest {
    /** Of this reason alone. @default all */
    readonly reason?: string;
    /** Records shown. */
    readonly limit: number;
}

export interface Quarantined {
    readonly dataset: string;
    /** Counts by day, run and reason, the newest first. */
    readonly counts: readonly { day: string; run: string; reason: string; records: number }[];
    readonly records: readonly { reason: string; object: string; raw: string }[];
}

/** @throws StepFailure with Athena's reason */
export async function quarantined(
    session: Session,
    lake: LakeDataset,
    request: QuarantineRequest,
): Promise<Quarantined> {
    const { of, clients, dataset } = lake;
    const name = dataset.contract.name;
    const target = { workgroup: of.workgroup, database: of.database };
    const statements = quarantineQueries(of.table, request);
    const ask = (title: string, sql: string) =>
        session.progress.stage(`${title}, ${name}`, async () => {
            const { rows } = await runQuery(clients, target, { name: "quarantine", sql }, session.signal);
            return rows.map((row) => row.map((cell) => cell ?? ""));
        });
    const counts = await ask("Count quarantined records", statements.counts);
    // Without counts there are no records to be read for.
    const records = counts.length === 0 ? [] : await ask("Read some of them", statements.records);
    return {
        dataset: name,
        counts: counts.map(([day, run, reason, number]) => ({
            day: day!,
            run: run!,
            reason: reason!,
            records: Number(number),
        })),
        records: records.map(([reason, object, raw]) => ({ reason: reason!, object: object!, raw: raw! })),
    };
}

/** Athena's SQL over the table of quarantined records. */
export function quarantineQueries(
    table: string,
    { reason, limit }: QuarantineRequest,
): { readonly counts: string; readonly records: string } {
    const from = `FROM ${table}_quarantine${reason === undefined ? "" : ` WHERE reason = '${reason.replaceAll("'", "''")}'`}`;
    return {
        counts: `SELECT cast(run_date AS varchar), run_id, reason, count(*) ${from} GROUP BY 1, 2, 3 ORDER BY 1 DESC, 2, 4 DESC, 3`,
        records: `SELECT reason, source_object, raw ${from} ORDER BY run_date DESC, reason, source_object, raw LIMIT ${limit}`,
    };
}
