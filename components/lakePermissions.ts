import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { keyStatements, type Statement } from "./iam";
import { identityOf } from "./identity";
import { checkPermissions } from "./lakePermissionsCheck";
import { LakeZone, readerGrants, writerGrants, type LakeTags, type TagGrant } from "./lakePermissionsGrants";
import { createRole } from "./role";

export interface LakeLocation {
    /** What the bucket holds: part of its registration's name. */
    zone: LakeZone;
    /** Name of the bucket. */
    bucket: pulumi.Input<string>;
}

export interface GovernedTable {
    /** Name of the table. */
    name: string;
    /** Zone of its data. */
    zone: LakeZone;
    /** The same name as an output of the table, so that the table is made first. @default name */
    table?: pulumi.Input<string>;
}

export interface GovernedDatabase {
    /** Dataset that all tables of the database belong to. */
    dataset: string;
    /** Name of the Glue database. */
    databaseName: pulumi.Input<string>;
    /** Tables that are more than raw data; every other table of the database is of the bronze zone. @default none */
    tables?: GovernedTable[];
}

export interface LakePrincipal {
    /** Short name of who it is: part of the grants' names. */
    name: string;
    /** ARN of the IAM role or user. */
    arn: pulumi.Input<string>;
    /** Datasets that are granted, at most 50. @default all */
    datasets?: string[];
}

export interface LakePermissionsArgs {
    /** Buckets of tables. */
    locations: LakeLocation[];
    /** Databases of the lake. */
    databases: GovernedDatabase[];
    /** Who reads silver and gold. @default nobody */
    readers?: LakePrincipal[];
    /** Who writes all zones: the roles of jobs and crawlers. @default nobody */
    writers?: LakePrincipal[];
    /**
     * ARNs of the data lake administrators, the deploying role among them: all there are in account and region, as each
     * account has one list in each region. @default the list is left to another program
     */
    admins?: pulumi.Input<string>[];
    /** Leave access by IAM policies alone as it is, besides these grants. @default true */
    hybrid?: boolean;
    /** ARN of the KMS key of the buckets. @default they are encrypted by SSE-S3 */
    kmsKeyArn?: pulumi.Input<string>;
    /** ARN of a role of yours by which Lake Formation reads and writes the buckets. @default a role with these rights is created */
    roleArn?: pulumi.Input<string>;
}

/**
 * Who may do what in a lake, by AWS Lake Formation: grants go by LF-tags, so that a table made later is covered as well.
 *
 * Hybrid (the default) breaks nothing: who has access by IAM policies keeps it, and a grant binds a principal only once
 * the principal has opted in (https://docs.aws.amazon.com/lake-formation/latest/dg/hybrid-access-mode.html).
 * With `hybrid: false` Lake Formation decides alone. Then, besides the IAM policies that they have:
 * - roles of jobs and crawlers must be `writers`, and engines that read by Lake Formation (Athena) need
 *   `lakeformation:GetDataAccess` in the IAM policy of their role
 * - databases and tables made before `admins` was set keep their grant to IAMAllowedPrincipals, by which IAM still
 *   decides: revoke it once (https://docs.aws.amazon.com/lake-formation/latest/dg/upgrade-glue-lake-formation.html)
 * Whoever deploys must be an administrator. A destroy leaves the account's administrators and defaults as they are.
 *
 * Enforces the following:
 * - readers see every database, and read tables of silver and gold only
 * - writers create, change and write tables of every zone, and add data in every location; they drop none
 * - a principal with `datasets` is granted those and no others
 * - what is not tagged otherwise is bronze: raw data stays with writers
 * - administrators are exactly `admins`
 * - hybrid keeps IAM's defaults and access; without it Lake Formation decides alone
 * - a change of a grant, a tag or a location never ends with it taken away
 * - Lake Formation reads and writes the locations by a role of its own, which has no right elsewhere
 */
export class LakePermissions extends pulumi.ComponentResource {
    /** Key of the LF-tag of zones, `<name>-zone`: grants to others go by it. */
    public readonly zoneTag: pulumi.Output<string>;
    /** Key of the LF-tag of datasets, `<name>-dataset`. */
    public readonly datasetTag: pulumi.Output<string>;
    /** ARN of the role by which Lake Formation reads and writes the buckets. */
    public readonly roleArn: pulumi.Output<string>;

    constructor(name: string, args: LakePermissionsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("lakeworks:index:LakePermissions", name, args, opts);
        checkPermissions(name, args);

        const hybrid = args.hybrid ?? true;
        const { partition } = identityOf(this);
        const arnOf = (bucket: pulumi.Input<string>) => pulumi.interpolate`arn:${partition}:s3:::${bucket}`;
        const governed = {
            parent: this,
            // Only administrators may do the rest.
            dependsOn: this.createSettings(name, args.admins, hybrid),
            // These are no things but entries: one made first is the one that the deletion of the old takes away.
            deleteBeforeReplace: true,
        };
        this.roleArn = pulumi.output(args.roleArn ?? this.createLocationRole(name, args, arnOf));
        const locations = args.locations.map(
            ({ zone, bucket }) =>
                new aws.lakeformation.Resource(
                    `${name}-location-${zone}`,
                    { arn: arnOf(bucket), roleArn: this.roleArn, hybridAccessEnabled: hybrid },
                    governed,
                ),
        );

        const createTag = (key: string, values: string[]) =>
            new aws.lakeformation.LfTag(`${name}-tag-${key}`, { key: `${name}-${key}`, values }, governed).key;
        this.zoneTag = createTag("zone", Object.values(LakeZone));
        this.datasetTag = createTag(
            "dataset",
            args.databases.map(({ dataset }) => dataset),
        );
        const tags: LakeTags = { zone: this.zoneTag, dataset: this.datasetTag };
        for (const database of args.databases) {
            this.tagDatabase(name, database, tags, governed);
        }
        for (const reader of args.readers ?? []) {
            this.grant(`${name}-reader-${reader.name}`, reader.arn, readerGrants(tags, reader.datasets), governed);
        }
        for (const writer of args.writers ?? []) {
            const base = `${name}-writer-${writer.name}`;
            this.grant(base, writer.arn, writerGrants(tags, writer.datasets), governed);
            args.locations.forEach(({ zone }, index) => {
                new aws.lakeformation.Permissions(
                    `${base}-location-${zone}`,
                    {
                        principal: writer.arn,
                        permissions: ["DATA_LOCATION_ACCESS"],
                        dataLocation: { arn: locations[index]!.arn },
                    },
                    governed,
                );
            });
        }
        this.registerOutputs({ zoneTag: this.zoneTag, datasetTag: this.datasetTag, roleArn: this.roleArn });
    }

    /** Administrators, and what is granted on databases and tables made from now on. */
    private createSettings(
        name: string,
        admins: pulumi.Input<string>[] | undefined,
        hybrid: boolean,
    ): pulumi.Resource[] {
        if (admins === undefined) {
            return [];
        }
        const byIam = hybrid ? [{ principal: "IAM_ALLOWED_PRINCIPALS", permissions: ["ALL"] }] : [];
        return [
            new aws.lakeformation.DataLakeSettings(
                // An update does not empty the defaults, a creation does (pulumi/pulumi-aws#4366): one for each mode, of
                // which the other is forgotten, as its deletion would empty the list of administrators.
                hybrid ? `${name}-settings-hybrid` : `${name}-settings`,
                { admins, createDatabaseDefaultPermissions: byIam, createTableDefaultPermissions: byIam },
                { parent: this, retainOnDelete: true },
            ),
        ];
    }

    /** https://docs.aws.amazon.com/lake-formation/latest/dg/registration-role.html */
    private createLocationRole(
        name: string,
        { locations, kmsKeyArn }: LakePermissionsArgs,
        arnOf: (bucket: pulumi.Input<string>) => pulumi.Output<string>,
    ): pulumi.Output<string> {
        return createRole(
            `${name}-location-role`,
            {
                service: "lakeformation.amazonaws.com",
                description: `Lake Formation reads and writes the tables of ${name}`,
                statements: pulumi
                    .all([pulumi.all(locations.map(({ bucket }) => arnOf(bucket))), kmsKeyArn])
                    .apply(([arns, key]): Statement[] => [
                        { Sid: "List", Effect: "Allow", Action: "s3:ListBucket", Resource: arns },
                        {
                            Sid: "Objects",
                            Effect: "Allow",
                            Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
                            Resource: arns.map((arn) => `${arn}/*`),
                        },
                        ...keyStatements(key),
                    ]),
            },
            this,
        );
    }

    /** Tables inherit the database's tags; a tag of their own comes before. */
    private tagDatabase(
        name: string,
        { dataset, databaseName, tables = [] }: GovernedDatabase,
        tags: LakeTags,
        opts: pulumi.CustomResourceOptions,
    ): void {
        new aws.lakeformation.ResourceLfTags(
            `${name}-${dataset}-tags`,
            {
                database: { name: databaseName },
                lfTags: [
                    { key: tags.dataset, value: dataset },
                    { key: tags.zone, value: LakeZone.Bronze },
                ],
            },
            opts,
        );
        for (const { name: tableName, zone, table } of tables) {
            new aws.lakeformation.ResourceLfTags(
                `${name}-${dataset}-${tableName}-tags`,
                { table: { databaseName, name: table ?? tableName }, lfTags: [{ key: tags.zone, value: zone }] },
                opts,
            );
        }
    }

    private grant(
        base: string,
        principal: pulumi.Input<string>,
        grants: TagGrant[],
        opts: pulumi.CustomResourceOptions,
    ): void {
        for (const { resourceType, permissions, expressions } of grants) {
            new aws.lakeformation.Permissions(
                `${base}-${resourceType.toLowerCase()}`,
                { principal, permissions, lfTagPolicy: { resourceType, expressions } },
                opts,
            );
        }
    }
}
