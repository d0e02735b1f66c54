/** The S3 objects that a table scan covers: those under the scanned partitions' locations. */
import { BatchGetPartitionCommand, GetPartitionsCommand, type GlueClient, type Table } from "@aws-sdk/client-glue";
import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { mapLimited } from "../limited";
import { asFolder, parseS3 } from "../results/location";
import type { ScannedObject } from "./footers";

/** From so many partitions on, one listing of the whole table costs less than one of each. */
const manyPartitions = 20;

/** AWS's limit of one BatchGetPartition. */
const batchSize = 1000;

export class ObjectFinder {
    constructor(
        private readonly glue: GlueClient,
        private readonly s3: S3Client,
    ) {}

    /** @param partitions `key=value/…` names of the scanned ones; none for the whole table */
    async find(table: Table, partitions: readonly string[]): Promise<ScannedObject[]> {
        const root = asFolder(table.StorageDescriptor?.Location ?? "");
        if ((table.PartitionKeys ?? []).length === 0) return this.list(root);
        const locations = (await this.locations(table, partitions)).map(asFolder);
        if (locations.length < manyPartitions) return (await mapLimited(locations, 8, (one) => this.list(one))).flat();
        const inside = new Set(locations.filter((one) => one.startsWith(root)));
        const outside = locations.filter((one) => !inside.has(one));
        const listed = (await this.list(root)).filter((object) => isUnder(object, root, inside));
        return [...listed, ...(await mapLimited(outside, 8, (one) => this.list(one))).flat()];
    }

    private async locations(table: Table, names: readonly string[]): Promise<string[]> {
        if (table.Parameters?.["projection.enabled"]?.toLowerCase() === "true") return projected(table, names);
        return names.length > 0 ? this.locationsOf(table, names) : this.allLocations(table);
    }

    private async locationsOf(table: Table, names: readonly string[]): Promise<string[]> {
        const found: string[] = [];
        for (let at = 0; at < names.length; at += batchSize) {
            const answer = await this.glue.send(
                new BatchGetPartitionCommand({
                    DatabaseName: table.DatabaseName,
                    TableName: table.Name,
                    PartitionsToGet: names.slice(at, at + batchSize).map((name) => ({ Values: partitionValues(name) })),
                }),
            );
            for (const { StorageDescriptor } of answer.Partitions ?? []) found.push(StorageDescriptor?.Location ?? "");
        }
        if (found.length !== names.length)
            throw new Error(`The catalog lacks partitions of ${table.Name} that Trino scanned.`);
        return found;
    }

    /** Of its partitions in the catalog. */
    async allLocations(table: Table): Promise<string[]> {
        const found: string[] = [];
        let token: string | undefined;
        do {
            const answer = await this.glue.send(
                new GetPartitionsCommand({
                    DatabaseName: table.DatabaseName,
                    TableName: table.Name,
                    ExcludeColumnSchema: true,
                    NextToken: token,
                }),
            );
            for (const { StorageDescriptor } of answer.Partitions ?? []) found.push(StorageDescriptor?.Location ?? "");
            token = answer.NextToken;
        } while (token !== undefined);
        return found;
    }

    /** @param location a folder, with all below it */
    async list(location: string): Promise<ScannedObject[]> {
        const address = parseS3(location);
        if (!address) throw new Error(`'${location}' is not an S3 location.`);
        const { bucket, key: prefix } = address;
        const found: ScannedObject[] = [];
        let token: string | undefined;
        do {
            const answer = await this.s3.send(
                new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
            );
            for (const { Key: key = "", ETag: etag = "", Size: bytes = 0 } of answer.Contents ?? []) {
                if (bytes > 0 && !isHidden(key.slice(prefix.length))) found.push({ bucket, key, etag, bytes });
            }
            token = answer.NextContinuationToken;
        } while (token !== undefined);
        return found;
    }
}

/**
 * Where partitions are that no catalog holds: https://docs.aws.amazon.com/athena/latest/ug/partition-projection-setting-up.html
 * @throws where the whole table is asked for and a template may lead anywhere
 */
function projected({ Name, Parameters, StorageDescriptor }: Table, names: readonly string[]): string[] {
    const root = asFolder(StorageDescriptor?.Location ?? "");
    const template = Parameters?.["storage.location.template"];
    if (template === undefined) return names.length > 0 ? names.map((name) => `${root}${name}`) : [root];
    if (names.length === 0) throw new Error(`Where all projected partitions of ${Name} are is not known.`);
    return names.map((name) => {
        const keys = name.split("/").map((part) => part.slice(0, part.indexOf("=")));
        const values = partitionValues(name);
        return keys.reduce((text, key, index) => text.replaceAll(`\${${key}}`, values[index]!), template);
    });
}

/** Hive's rule: what begins with an underscore or a dot is not data. */
function isHidden(relative: string): boolean {
    return relative.split("/").some((part) => part.startsWith("_") || part.startsWith("."));
}

function isUnder({ bucket, key }: ScannedObject, root: string, folders: ReadonlySet<string>): boolean {
    const whole = `s3://${bucket}/${key}`;
    for (let slash = root.length - 1; slash >= 0; slash = whole.indexOf("/", slash + 1)) {
        if (folders.has(whole.slice(0, slash + 1))) return true;
    }
    return false;
}

/** `year=2024/city=New%3AYork` to its values; Hive escapes what a path may not hold. */
export function partitionValues(name: string): string[] {
    return name.split("/").map((part) => decodeURIComponent(part.slice(part.indexOf("=") + 1)));
}
