/** Trino's configuration files, written anew before each start: https://trino.io/docs/476/connector/hive.html */
import * as fs from "node:fs";
import * as path from "node:path";
import type { Credentials } from "../../calls";

export interface TrinoSettings {
    /** Folder that gets the files. */
    readonly dir: string;
    readonly port: number;
    /** Where the Glue catalog and S3 answer. */
    readonly endpoint: string;
    readonly region: string;
    /** Those of the account, for S3. */
    readonly credentials: Credentials;
    /** By which the Glue catalog knows the engine. */
    readonly engineCredentials: Credentials;
}

/** Athena's name of the Glue catalog, and so Trino's: error messages spell it out. */
export const hiveCatalog = "awsdatacatalog";

/** Trino's catalog of the Iceberg tables, to which the Glue catalog's own redirects. */
export const icebergCatalog = "iceberg";

/** Trino's catalog of the tables through which UNLOAD writes: its metastore is a folder, so nobody else sees them. */
export const unloadCatalog = "unload";

/** Athena's limit of new partitions for one CTAS or INSERT: https://docs.aws.amazon.com/athena/latest/ug/ctas-considerations-limitations.html */
const maxNewPartitions = 100;

/** Writes the node's and the catalogs' settings and tells where they are. */
export function writeSettings(settings: TrinoSettings): { config: string; catalogs: string; plugins: string } {
    const catalogs = path.join(settings.dir, "catalog");
    const plugins = path.join(settings.dir, "no-plugins");
    const unloads = path.join(settings.dir, "unload");
    fs.rmSync(unloads, { recursive: true, force: true });
    for (const folder of [catalogs, path.join(unloads, "tables")]) fs.mkdirSync(folder, { recursive: true });
    fs.mkdirSync(plugins, { recursive: true });
    const config = path.join(settings.dir, "config.properties");
    writeProperties(config, node(settings));
    writeProperties(path.join(catalogs, `${hiveCatalog}.properties`), { ...hive, ...storage(settings) });
    writeProperties(path.join(catalogs, `${icebergCatalog}.properties`), { ...iceberg, ...storage(settings) });
    writeProperties(path.join(catalogs, `${unloadCatalog}.properties`), {
        ...hiveWriter,
        ...s3(settings),
        "hive.metastore": "file",
        "hive.metastore.catalog.dir": "local:///tables",
        "fs.native-local.enabled": "true",
        "local.location": unloads,
    });
    return { config, catalogs, plugins };
}

function node({ port }: TrinoSettings): Record<string, string> {
    return {
        coordinator: "true",
        "node-scheduler.include-coordinator": "true",
        "http-server.http.port": String(port),
        "discovery.uri": `http://127.0.0.1:${port}`,
        "node.internal-address": "127.0.0.1",
        "node.bind-ip": "127.0.0.1",
        "query.max-memory-per-node": "400MB",
        "memory.heap-headroom-per-node": "200MB",
        "web-ui.enabled": "false",
        // The limit of new partitions counts for each writer: with one it is the query's, as Athena's is.
        "task.min-writer-count": "1",
        "task.max-writer-count": "1",
    };
}

const hiveWriter: Record<string, string> = {
    "connector.name": "hive",
    "hive.non-managed-table-writes-enabled": "true",
    "hive.non-managed-table-creates-enabled": "true",
    "hive.max-partitions-per-writers": String(maxNewPartitions),
    // What Athena writes when a CTAS or UNLOAD does not say.
    "hive.storage-format": "PARQUET",
    "hive.compression-codec": "GZIP",
};

const hive: Record<string, string> = {
    ...hiveWriter,
    "hive.metastore": "glue",
    "hive.iceberg-catalog-name": icebergCatalog,
    "hive.metastore.glue.partitions-segments": "1",
    "hive.metastore.glue.skip-archive": "true",
    "hive.hive-views.enabled": "true",
    "hive.partition-projection-enabled": "true",
    // Athena reads sub-folders of a location, Trino does not unless told.
    "hive.recursive-directories": "true",
    // Athena writes none to the catalog, and Glue refuses those of an empty column.
    "hive.collect-column-statistics-on-write": "false",
    "hive.max-partitions-per-scan": "1000000",
};

const iceberg: Record<string, string> = {
    "connector.name": "iceberg",
    "iceberg.catalog.type": "glue",
    "iceberg.hive-catalog-name": hiveCatalog,
    "iceberg.unique-table-location": "false",
    "iceberg.register-table-procedure.enabled": "true",
    "iceberg.max-partitions-per-writer": String(maxNewPartitions),
    // Athena's own properties of a table, and those of other engines.
    "iceberg.allowed-extra-properties": "*",
};

/** The Glue catalog and S3. */
function storage(settings: TrinoSettings): Record<string, string> {
    const { endpoint, region, engineCredentials } = settings;
    return {
        ...s3(settings),
        "hive.metastore.glue.region": region,
        "hive.metastore.glue.endpoint-url": endpoint,
        "hive.metastore.glue.aws-access-key": engineCredentials.accessKeyId,
        "hive.metastore.glue.aws-secret-key": engineCredentials.secretAccessKey,
    };
}

function s3({ endpoint, region, credentials }: TrinoSettings): Record<string, string> {
    return {
        "fs.hadoop.enabled": "false",
        "fs.native-s3.enabled": "true",
        "s3.endpoint": endpoint,
        "s3.region": region,
        "s3.path-style-access": "true",
        "s3.aws-access-key": credentials.accessKeyId,
        "s3.aws-secret-key": credentials.secretAccessKey,
        // A small file read whole would count columns that the query does not touch.
        "parquet.small-file-threshold": "0B",
    };
}

function writeProperties(file: string, properties: Record<string, string>): void {
    fs.writeFileSync(
        file,
        Object.entries(properties)
            .map(([key, value]) => `${key}=${value}\n`)
            .join(""),
    );
}
