/** What the catalog holds, and the look-ups that every operation starts with. */
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type {
    ColumnStatistics,
    Database,
    Partition,
    PartitionIndexDescriptor,
    Table,
    TableOptimizerConfiguration,
} from "@aws-sdk/client-glue";
import type { S3Client } from "@aws-sdk/client-s3";
import { clientsOf, type LocalContext } from "../../context";
import { AwsError } from "../../protocol/operations";
import type { Wire } from "../../protocol/wire";
import { Store } from "../../store";
import type { TagStore } from "../tags";

export type StoredDatabase = Wire<Database>;
export type StoredTable = Wire<Table> & { Name: string; DatabaseName: string; VersionId: string };
export type StoredPartition = Wire<Partition> & { Values: string[] };
export type StoredIndex = Wire<PartitionIndexDescriptor> & { IndexName: string; createdAt: number };
/** By column name. */
export type StoredStatistics = Record<string, Wire<ColumnStatistics>>;

export interface TableEntry {
    table: StoredTable;
    /** Archived versions, oldest first; the current one is `table`. */
    versions: StoredTable[];
    indexes: StoredIndex[];
    statistics: StoredStatistics;
    /** By type; an Iceberg table's. */
    optimizers?: Record<string, Wire<TableOptimizerConfiguration>>;
}

export interface PartitionEntry {
    partition: StoredPartition;
    statistics: StoredStatistics;
}

/** By the partition's values; a file of its own per table, since a table may have many thousands. */
export type PartitionMap = Record<string, PartitionEntry>;

interface CatalogState {
    databases: Record<string, StoredDatabase>;
    /** By database, then by table. */
    tables: Record<string, Record<string, TableEntry>>;
}

/** The member that names a catalog, on every catalog operation. */
export interface InCatalog {
    CatalogId?: string | undefined;
}

export class Catalog {
    private readonly store: Store<CatalogState>;
    private readonly partitionStores = new Map<string, Store<PartitionMap>>();
    private client: S3Client | undefined;

    constructor(
        private readonly context: LocalContext,
        readonly tags: TagStore,
    ) {
        this.store = new Store(this.file("catalog.json"), { databases: {}, tables: {} });
    }

    /** For the metadata files of Iceberg tables. */
    get s3(): S3Client {
        return (this.client ??= clientsOf(this.context).s3);
    }

    get account(): string {
        return this.context.account;
    }

    arn(resource: string): string {
        return `arn:aws:glue:${this.context.region}:${this.account}:${resource}`;
    }

    databases(): Record<string, StoredDatabase> {
        return this.store.state.databases;
    }

    /** @throws EntityNotFoundException for another catalog than the account's own. */
    checkCatalog(input: InCatalog): void {
        if (input.CatalogId === undefined || input.CatalogId === this.account) return;
        throw new AwsError("EntityNotFoundException", `Catalog ${input.CatalogId} not found.`);
    }

    database(input: InCatalog, name: string | undefined): StoredDatabase {
        this.checkCatalog(input);
        const database = own(this.store.state.databases, nameOf("Database name", name));
        if (database === undefined) throw new AwsError("EntityNotFoundException", `Database ${name} not found.`);
        return database;
    }

    /** The tables of a database that exists, by name. */
    tablesOf(database: StoredDatabase): Record<string, TableEntry> {
        return (this.store.state.tables[database.Name ?? ""] ??= {});
    }

    table(input: InCatalog, databaseName: string | undefined, tableName: string | undefined): TableEntry {
        const tables = this.tablesOf(this.database(input, databaseName));
        const entry = own(tables, nameOf("Table name", tableName));
        if (entry === undefined) {
            throw new AwsError("EntityNotFoundException", `Table ${tableName} not found in database ${databaseName}.`);
        }
        return entry;
    }

    partitionsOf(entry: TableEntry): Store<PartitionMap> {
        const file = this.partitionFile(entry.table);
        const known = this.partitionStores.get(file);
        if (known !== undefined) return known;
        const opened = new Store<PartitionMap>(file, {});
        this.partitionStores.set(file, opened);
        return opened;
    }

    putDatabase(name: string, database: StoredDatabase): void {
        this.store.state.databases[name] = database;
        this.changed();
    }

    removeDatabase(name: string): void {
        for (const entry of Object.values(this.store.state.tables[name] ?? {})) this.removeTable(entry);
        delete this.store.state.tables[name];
        delete this.store.state.databases[name];
        this.tags.drop(this.arn(`database/${name}`));
        this.changed();
    }

    removeTable(entry: TableEntry): void {
        const { DatabaseName, Name } = entry.table;
        const file = this.partitionFile(entry.table);
        this.partitionStores.delete(file);
        fs.rmSync(file, { force: true });
        delete this.store.state.tables[DatabaseName]?.[Name];
        this.tags.drop(this.arn(`table/${DatabaseName}/${Name}`));
        this.changed();
    }

    /** To be called after every change of a database or a table. */
    changed(): void {
        this.store.changed();
    }

    flush(): void {
        this.store.flush();
        for (const store of this.partitionStores.values()) store.flush();
    }

    counts(): { databases: number; tables: number } {
        const tables = Object.values(this.store.state.tables).map((ofDatabase) => Object.keys(ofDatabase).length);
        return {
            databases: Object.keys(this.store.state.databases).length,
            tables: tables.reduce((sum, n) => sum + n, 0),
        };
    }

    /** Hashed: names may hold any character and be longer than a file's name. */
    private partitionFile(table: StoredTable): string {
        const id = createHash("sha256")
            .update(JSON.stringify([table.DatabaseName, table.Name]))
            .digest("hex");
        return this.file("partitions", `${id.slice(0, 32)}.json`);
    }

    private file(...parts: string[]): string {
        return path.join(this.context.stateDir, "glue", ...parts);
    }
}

/** Glue folds the names of databases and tables to lower case. @throws for a name that Glue would not take. */
export function nameOf(what: string, name: string | undefined): string {
    if (typeof name !== "string" || name.length < 1 || name.length > 255 || /[\0\r\n]/.test(name)) {
        throw new AwsError(
            "InvalidInputException",
            `${what} must be one line of 1 to 255 characters: ${JSON.stringify(name)}`,
        );
    }
    return name.toLowerCase();
}

/** A record's own member: a resource may be called `constructor`. */
export function own<T>(record: Record<string, T>, key: string): T | undefined {
    return Object.hasOwn(record, key) ? record[key] : undefined;
}

/**
 * An empty text is as good as none: the AWS provider sends one for every optional member.
 * @throws when a client asks for what is not done here: it must not believe that it was.
 */
export function refuseMembers<T extends object>(input: T, ...names: (keyof T & string)[]): void {
    const given = names.filter((name) => input[name] !== undefined && input[name] !== null && input[name] !== "");
    if (given.length === 0) return;
    throw new AwsError("InvalidInputException", `${given.join(", ")}: not done by the Lakeworks local AWS yet.`);
}
