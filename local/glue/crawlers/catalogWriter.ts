/** Brings tables and partitions that a crawl found into the catalog, by the crawler's schema change policy. */
import { createHash } from "node:crypto";
import type { TableInput } from "@aws-sdk/client-glue";
import { isDeepStrictEqual } from "node:util";
import type { Wire } from "../../protocol/wire";
import { createDatabase } from "../catalog/databases";
import { addPartition, partitionKey, removePartition, replacePartition } from "../catalog/partitionStore";
import { own, type Catalog, type StoredPartition, type StoredTable, type TableEntry } from "../catalog/state";
import { createTable, updateTable } from "../catalog/tables";
import type { Asked } from "./asked";
import type { CrawlerConfiguration } from "./configuration";
import type { CrawlLog } from "./crawlLog";
import { descriptorOf, statisticsOf, type Descriptor } from "./descriptor";
import { schemaOf, type FoundPartition, type FoundTable } from "./grouping";
import type { CrawlCounts, StoredCrawler } from "./state";

/** Set with the time in milliseconds on a table or partition whose files are gone. */
const deprecated = "DEPRECATED_BY_CRAWLER";

export class CatalogWriter {
    constructor(
        private readonly catalog: Catalog,
        private readonly crawler: StoredCrawler,
        private readonly configuration: CrawlerConfiguration,
        private readonly counts: CrawlCounts,
        private readonly log: CrawlLog,
        private readonly asked: Asked,
    ) {}

    /** Tables that this crawler made, in its database. */
    ownTables(): TableEntry[] {
        this.asked("GetTables", this.database);
        const database = own(this.catalog.databases(), this.database);
        if (database === undefined) return [];
        const tables = Object.values(this.catalog.tablesOf(database));
        return tables.filter(({ table }) => table.Parameters?.UPDATED_BY_CRAWLER === this.crawler.Name);
    }

    /** Creates or updates a table and its partitions; returns the table. */
    write(found: FoundTable): TableEntry {
        this.asked("GetDatabase", this.database);
        if (own(this.catalog.databases(), this.database) === undefined) {
            this.asked("CreateDatabase", this.database);
            createDatabase(this.catalog, { DatabaseInput: { Name: this.database } });
        }
        const name = this.tableName(found);
        const before = this.find(name);
        const input = this.tableInput(name, found);
        if (before === undefined) {
            this.asked("CreateTable", this.database, name);
            createTable(this.catalog, { DatabaseName: this.database, TableInput: input as TableInput });
            this.counts.tablesCreated += 1;
            this.log.info(`Created table ${name} in database ${this.database}`);
        } else this.update(before, input);
        const entry = this.catalog.table({}, this.database, name);
        if (found.partitions.length > 0) this.asked("GetPartitions", this.database, name);
        for (const partition of found.partitions) this.writePartition(entry, partition);
        return entry;
    }

    /** Treats partitions whose folder was not found again by the delete behavior. */
    removePartitions(entry: TableEntry, found: ReadonlySet<string>, below: string): void {
        const { Name: table } = entry.table;
        for (const { partition } of Object.values(this.catalog.partitionsOf(entry).state)) {
            const location = folderUrl(partition.StorageDescriptor?.Location);
            if (!location.startsWith(below) || found.has(location)) continue;
            const what = `partition ${partitionKey(partition.Values)} of table ${entry.table.Name}`;
            this.remove(what, partition.Parameters, {
                delete: () => {
                    this.asked("BatchDeletePartition", this.database, table, partition.Values);
                    removePartition(this.catalog, entry, partition.Values);
                    this.counts.partitionsDeleted += 1;
                },
                deprecate: (parameters) => {
                    this.asked("UpdatePartition", this.database, table, partition.Values);
                    replacePartition(this.catalog, entry, partition.Values, { ...partition, Parameters: parameters });
                    this.counts.partitionsUpdated += 1;
                },
            });
        }
    }

    /** Treats a table whose folder was not found again by the delete behavior. */
    removeTable(entry: TableEntry): void {
        this.remove(`table ${entry.table.Name}`, entry.table.Parameters, {
            delete: () => {
                this.asked("DeleteTable", this.database, entry.table.Name);
                this.catalog.removeTable(entry);
                this.counts.tablesDeleted += 1;
            },
            deprecate: (parameters) => {
                this.replaceTable(entry.table, { ...entry.table, Parameters: parameters }, true);
                this.counts.tablesUpdated += 1;
            },
        });
    }

    private get database(): string {
        return (this.crawler.DatabaseName ?? "").toLowerCase();
    }

    private get updates(): boolean {
        return this.crawler.SchemaChangePolicy?.UpdateBehavior !== "LOG";
    }

    private find(name: string): StoredTable | undefined {
        this.asked("GetTable", this.database, name);
        const database = own(this.catalog.databases(), this.database);
        return database && own(this.catalog.tablesOf(database), name)?.table;
    }

    /** Prefix and folder; another table of that name, over other files, is left alone: ours gets a hash. */
    private tableName(found: FoundTable): string {
        const name = `${this.crawler.TablePrefix ?? ""}${found.folder}`.toLowerCase().replace(/[^a-z0-9_]/g, "_");
        const other = this.find(name);
        if (other === undefined || folderUrl(other.StorageDescriptor?.Location) === found.location) return name;
        return `${name}_${createHash("md5").update(found.location).digest("hex")}`;
    }

    private tableInput(name: string, found: FoundTable): Wire<TableInput> {
        return {
            Name: name,
            Owner: "owner",
            Retention: 0,
            TableType: "EXTERNAL_TABLE",
            StorageDescriptor: descriptorOf(found.files, found.schema, found.location),
            PartitionKeys: found.partitionKeys.map((key) => ({ Name: key, Type: "string" })),
            Parameters: { ...statisticsOf(found.files), UPDATED_BY_CRAWLER: this.crawler.Name },
        };
    }

    private update(before: StoredTable, input: Wire<TableInput>): void {
        const keys = [before, input].map((table) => (table.PartitionKeys ?? []).map((key) => key.Name).join(", "));
        if (keys[0] !== keys[1]) {
            throw new Error(
                `Table ${before.Name} has the partition keys (${keys[0]}), but the folders of ${before.StorageDescriptor?.Location} ` +
                    `now give (${keys[1]}). Delete the table, or put the files back into its layout.`,
            );
        }
        const descriptor = this.merged(before.StorageDescriptor, input.StorageDescriptor ?? {});
        const schemaChanged = !sameSchema(before.StorageDescriptor, descriptor);
        if (schemaChanged && !this.updates) {
            this.log.info(
                `The schema of table ${before.Name} differs from its files; not changed (UpdateBehavior LOG)`,
            );
        }
        if (!this.updates) return;
        const { [deprecated]: _gone, ...parameters } = before.Parameters ?? {};
        const after = { ...before, StorageDescriptor: descriptor, Parameters: { ...parameters, ...input.Parameters } };
        if (!schemaChanged && isDeepStrictEqual(after.Parameters, before.Parameters)) return;
        this.replaceTable(before, after, !schemaChanged);
        if (!schemaChanged) return;
        this.counts.tablesUpdated += 1;
        this.log.info(`Updated table ${before.Name} in database ${this.database}`);
    }

    private merged(before: Descriptor | undefined, found: Descriptor): Descriptor {
        if (before === undefined || !this.configuration.mergeNewColumns) return found;
        const names = new Set(before.Columns?.map((column) => column.Name));
        const added = (found.Columns ?? []).filter((column) => !names.has(column.Name));
        return { ...before, Columns: [...(before.Columns ?? []), ...added], Parameters: found.Parameters };
    }

    private replaceTable(before: StoredTable, after: Wire<TableInput>, skipArchive: boolean): void {
        this.asked("UpdateTable", this.database, before.Name);
        updateTable(this.catalog, {
            DatabaseName: before.DatabaseName,
            TableInput: after as TableInput,
            SkipArchive: skipArchive,
        });
    }

    private writePartition(entry: TableEntry, found: FoundPartition): void {
        const { values, files, location } = found;
        const inferred = descriptorOf(files, schemaOf(files), location);
        const ofTable = entry.table.StorageDescriptor;
        const descriptor = this.configuration.inheritFromTable
            ? { ...ofTable, Location: location, Parameters: inferred.Parameters }
            : inferred;
        const input = { Values: [...values], StorageDescriptor: descriptor, Parameters: inferred.Parameters };
        const before = own(this.catalog.partitionsOf(entry).state, partitionKey(values))?.partition;
        if (before === undefined) {
            this.asked("BatchCreatePartition", this.database, entry.table.Name, values);
            addPartition(this.catalog, entry, input);
            this.counts.partitionsCreated += 1;
        } else if (this.updates && !samePartition(before, input)) {
            this.asked("UpdatePartition", this.database, entry.table.Name, values);
            replacePartition(this.catalog, entry, values, input);
            if (!sameSchema(before.StorageDescriptor, descriptor)) this.counts.partitionsUpdated += 1;
        }
    }

    private remove(
        what: string,
        parameters: Record<string, string> | undefined,
        actions: { delete: () => void; deprecate: (parameters: Record<string, string>) => void },
    ): void {
        switch (this.crawler.SchemaChangePolicy?.DeleteBehavior) {
            case "DELETE_FROM_DATABASE":
                actions.delete();
                return this.log.info(`Deleted ${what}: its files are gone`);
            case "LOG":
                return this.log.info(`The files of ${what} are gone; not changed (DeleteBehavior LOG)`);
            default:
                if (parameters?.[deprecated] !== undefined) return;
                actions.deprecate({ ...parameters, [deprecated]: String(Date.now()) });
                return this.log.info(`Marked ${what} as deprecated: its files are gone`);
        }
    }
}

/** A location as a folder's, with its slash. */
export function folderUrl(location: string | undefined): string {
    return location === undefined || location.endsWith("/") ? (location ?? "") : `${location}/`;
}

function sameSchema(a: Descriptor | undefined, b: Descriptor): boolean {
    const part = (descriptor: Descriptor | undefined) => ({
        columns: descriptor?.Columns?.map(({ Name, Type }) => [Name, Type]),
        format: [descriptor?.InputFormat, descriptor?.OutputFormat, descriptor?.Compressed],
        serde: descriptor?.SerdeInfo,
    });
    return isDeepStrictEqual(part(a), part(b));
}

function samePartition(
    before: StoredPartition,
    input: { StorageDescriptor: Descriptor; Parameters?: object },
): boolean {
    return (
        sameSchema(before.StorageDescriptor, input.StorageDescriptor) &&
        isDeepStrictEqual(before.Parameters, input.Parameters)
    );
}
