/**
 * DataScannedInBytes as Athena counts it: of columnar files the compressed chunks of the columns that the query reads, of
 * text the whole objects. Trino counts what it fetched, footers included; where it fetched less than the plan covers (it
 * skipped row groups, or stopped at a LIMIT) its figure holds.
 */
import { GetTableCommand, type GlueClient, type Table } from "@aws-sdk/client-glue";
import type { S3Client } from "@aws-sdk/client-s3";
import { mapLimited } from "../limited";
import type { TrinoInput, TrinoQueryInfo } from "../trino/client";
import { hiveCatalog, icebergCatalog } from "../trino/settings";
import { bytesOf } from "../trino/units";
import { FooterCache, type ScannedObject } from "./footers";
import type { ObjectFinder } from "./objects";

export class ScanMeter {
    private readonly footers: FooterCache;

    constructor(
        private readonly glue: GlueClient,
        s3: S3Client,
        private readonly finder: ObjectFinder,
        private readonly log: (line: string) => void,
    ) {
        this.footers = new FooterCache(s3);
    }

    async measure(info: TrinoQueryInfo): Promise<number> {
        const fetched = new Map<string, number>();
        for (const { stageId, physicalInputDataSize } of info.queryStats.operatorSummaries) {
            fetched.set(String(stageId), (fetched.get(String(stageId)) ?? 0) + bytesOf(physicalInputDataSize));
        }
        let total = 0;
        for (const [stage, inputs] of groupByStage(info.inputs)) {
            const limit = fetched.get(stage) ?? 0;
            total += limit === 0 ? 0 : Math.min(limit, await this.planned(inputs, limit));
        }
        return total;
    }

    /** @returns `fetched` where the plan does not tell what is read */
    private async planned(inputs: readonly TrinoInput[], fetched: number): Promise<number> {
        // Which files an Iceberg scan covers is known to its manifests only.
        if (inputs.some(({ catalogName }) => catalogName === icebergCatalog)) return fetched;
        try {
            let sum = 0;
            for (const input of inputs) sum += await this.bytesOfInput(input);
            return sum;
        } catch (error) {
            this.log(`athena: bytes scanned taken from Trino: ${String(error)}`);
            return fetched;
        }
    }

    private async bytesOfInput(input: TrinoInput): Promise<number> {
        if (input.catalogName !== hiveCatalog) throw new Error(`${input.catalogName} is not the Glue catalog.`);
        if (input.connectorInfo?.truncated === true) throw new Error("Trino's list of scanned partitions is cut off.");
        const { Table: table } = await this.glue.send(
            new GetTableCommand({ DatabaseName: input.schema, Name: input.table }),
        );
        if (!table) throw new Error(`There is no table ${input.schema}.${input.table}.`);
        const columns = input.columns.map(({ name }) => name.toLowerCase().replaceAll("#", "."));
        const parquet = isParquet(table);
        if (parquet && columns.length === 0) return 0;
        const objects = await this.finder.find(table, input.connectorInfo?.partitionIds ?? []);
        const sizes = await mapLimited(objects, 16, (object) =>
            parquet ? this.chunkBytes(object, columns) : object.bytes,
        );
        return sizes.reduce((sum, bytes) => sum + bytes, 0);
    }

    private async chunkBytes(object: ScannedObject, columns: readonly string[]): Promise<number> {
        let sum = 0;
        for (const [path, bytes] of await this.footers.chunkSizes(object)) {
            if (columns.some((column) => path === column || path.startsWith(`${column}.`))) sum += bytes;
        }
        return sum;
    }
}

function groupByStage(inputs: readonly TrinoInput[]): Map<string, TrinoInput[]> {
    const groups = new Map<string, TrinoInput[]>();
    for (const input of inputs) groups.set(input.fragmentId, [...(groups.get(input.fragmentId) ?? []), input]);
    return groups;
}

function isParquet({ StorageDescriptor }: Table): boolean {
    return (StorageDescriptor?.SerdeInfo?.SerializationLibrary ?? "").toLowerCase().includes("parquet");
}
