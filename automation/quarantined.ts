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

export async function quarantined(
    session: Session,
    lake: LakeDataset,
    request: QuarantineRequest,
): Promise<Quarantined> {
    const { of, clients, dataset } = lake;
    const name = dataset.contract.name;
    const target = { workgroup: of.workgroup, database: of.database };
    const where = request.reason === undefined ? "" : `WHERE reason = '${request.reason.replaceAll("'", "''")}'`;
    const ask = async (title: string, sql: string) =>
        (
            await session.progress.stage(`${title}, ${name}`, () =>
                runQuery(clients, target, "quarantine", sql, session.signal),
            )
        ).rows.map((row) => row.map((cell) => cell ?? ""));
    const counts = await ask(
        "Count quarantined records",
        `SELECT cast(run_date AS varchar), run_id, reason, count(*) FROM ${name}_quarantine ${where} GROUP BY 1, 2, 3 ORDER BY 1 DESC, 2, 4 DESC, 3`,
    );
    const records = await ask(
        "Read some of them",
        `SELECT reason, source_object, raw FROM ${name}_quarantine ${where} ORDER BY run_date DESC, reason, source_object, raw LIMIT ${request.limit}`,
    );
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
