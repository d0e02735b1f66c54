/** The report's sections, in their order. */
import type { Document } from "../document";
import type { RunRecord } from "../record";
import { answers } from "./answers";
import { headline } from "./headline";
import { lineage } from "./lineage";
import { quality } from "./quality";
import { rows } from "./rows";
import { scans } from "./scans";
import { schema } from "./schema";
import { timeline } from "./timeline";

export function documentOf(record: RunRecord): Document {
    const { contract, stack, startedAt, etl } = record;
    return {
        title: `${contract.name} · ${stack}`,
        summary: contract.description,
        about: `Run of ${startedAt.toISOString().slice(0, 16).replace("T", " ")} UTC, Glue job run ${etl.runId}`,
        sections: [
            headline(record),
            ...answers(record),
            scans(record),
            rows(record),
            quality(record),
            lineage(record),
            schema(record),
            timeline(record),
        ],
    };
}
