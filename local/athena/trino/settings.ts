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

/** Athena's limit of new partitions for one CTAS or INSERT: https://docs.aws.amazon.com/athena/latest/ug/ctas-considerations-limitations.html */
const maxNewPartitions = 100;

/** Writes the node's and the catalogs' settings and tells where they are. */
export function writeSettings(settings: TrinoSettings): { config: string; catalogs: string; plugins: string } {
    const catalogs = path.join(settings.dir, "catalog");
    const plugins = path.join(settings.dir, "no-plugins");
    fs.mkdirSync(catalogs, { recursive: true });
    fs.mkdirSync(plugins, { recursive: true });
    const config = path.join(settings.dir, "config.properties");
    writeProperties(config, node(settings));
    writeProperties(path.join(catalogs, `${hiveCatalog}.properties`), { ...hive, ...storage(settings) });
    writeProperties(path.join(catalogs, `${icebergCatalog}.properties`), { ...iceberg, ...storage(settings) });
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

const hive: Record<string, string> = {
    "connector.name": "hive",
    "hive.metastore": "glue",
    "hive.iceberg-catalog-name": icebergCatalog,
    "hive.metastore.glue.partitions-segments": "1",
    "hive.metastore.glue.skip-archive": "true",
    "hive.non-managed-table-writes-enabled": "true",
    "hive.non-managed-table-creates-enabled": "true",
    "hive.hive-views.enabled": "true",
    "hive.partition-projection-enabled": "true",
    // Athena reads sub-folders of a location, Trino does not unless told.
    "hive.recursive-directories": "true",
    // Athena writes none to the catalog, and Glue refuses those of an empty column.
    "hive.collect-column-statistics-on-write": "false",
    "hive.max-partitions-per-scan": "1000000",
    "hive.max-partitions-per-writers": String(maxNewPartitions),
    // What Athena writes when a CTAS does not say.
    "hive.storage-format": "PARQUET",
    "hive.compression-codec": "GZIP",
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

function storage({ endpoint, region, credentials, engineCredentials }: TrinoSettings): Record<string, string> {
    return {
        "hive.metastore.glue.region": region,
        "hive.metastore.glue.endpoint-url": endpoint,
        "hive.metastore.glue.aws-access-key": engineCredentials.accessKeyId,
        "hive.metastore.glue.aws-secret-key": engineCredentials.secretAccessKey,
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
