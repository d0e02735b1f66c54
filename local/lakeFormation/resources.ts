/** What grants and tags are about: one form for each thing, so that it is found again however it was named. */
import { GetDatabaseCommand, GetTableCommand, type GlueClient } from "@aws-sdk/client-glue";
import { invalid, notFound, required, type LakeFormationState } from "./state";
import type { LfTagPair, Resource } from "./types";

export type Kind = keyof Resource;

const kinds: readonly Kind[] = [
    "Catalog",
    "Database",
    "Table",
    "TableWithColumns",
    "DataLocation",
    "LFTag",
    "LFTagPolicy",
];

/** The member that is set. @throws InvalidInputException where none is, or one that is not kept here */
export function kindOf(resource: Resource): Kind {
    const given = Object.entries(resource).filter(([, value]) => value !== undefined && value !== null);
    const kind = kinds.find((each) => each === given[0]?.[0]);
    if (given.length !== 1 || kind === undefined) {
        throw invalid(
            `The local Lake Formation takes one resource of ${kinds.join(", ")}; given: ${given.map(([key]) => key).join(", ") || "none"}.`,
        );
    }
    return kind;
}

/** The resource with its catalog, names in lower case as the catalog keeps them, and lists in order. */
export function canonical(resource: Resource, account: string): Resource {
    const catalog = (id: string | undefined) => ({ CatalogId: id ?? account });
    const { Database, Table, TableWithColumns, DataLocation, LFTag, LFTagPolicy } = resource;
    switch (kindOf(resource)) {
        case "Catalog":
            return { Catalog: {} };
        case "Database":
            return { Database: { ...catalog(Database?.CatalogId), Name: lower(Database?.Name, "Database.Name") } };
        case "Table":
            return {
                Table: {
                    ...catalog(Table?.CatalogId),
                    DatabaseName: lower(Table?.DatabaseName, "Table.DatabaseName"),
                    ...(Table?.TableWildcard
                        ? { TableWildcard: {}, Name: "ALL_TABLES" }
                        : { Name: lower(Table?.Name, "Table.Name") }),
                },
            };
        case "TableWithColumns":
            return {
                TableWithColumns: {
                    ...catalog(TableWithColumns?.CatalogId),
                    DatabaseName: lower(TableWithColumns?.DatabaseName, "TableWithColumns.DatabaseName"),
                    Name: lower(TableWithColumns?.Name, "TableWithColumns.Name"),
                    ColumnNames: TableWithColumns?.ColumnNames && [...TableWithColumns.ColumnNames].sort(),
                    ColumnWildcard: TableWithColumns?.ColumnWildcard,
                },
            };
        case "DataLocation":
            return {
                DataLocation: {
                    ...catalog(DataLocation?.CatalogId),
                    ResourceArn: required(DataLocation?.ResourceArn, "DataLocation.ResourceArn"),
                },
            };
        case "LFTag":
            return { LFTag: { ...catalog(LFTag?.CatalogId), ...canonicalTag(LFTag) } };
        case "LFTagPolicy":
            return {
                LFTagPolicy: {
                    ...catalog(LFTagPolicy?.CatalogId),
                    ResourceType: required(LFTagPolicy?.ResourceType, "LFTagPolicy.ResourceType"),
                    Expression: required(LFTagPolicy?.Expression, "LFTagPolicy.Expression")
                        .map(canonicalTag)
                        .sort((a, b) => (a.TagKey < b.TagKey ? -1 : 1)),
                },
            };
    }
}

/** LF-tags are lower case: https://docs.aws.amazon.com/lake-formation/latest/dg/lf-tag-considerations.html */
export function canonicalTag(tag: LfTagPair | undefined): { TagKey: string; TagValues: string[] } {
    const values = required(tag?.TagValues, "TagValues").map((value) => value.toLowerCase());
    return { TagKey: lower(tag?.TagKey, "TagKey"), TagValues: [...new Set(values)].sort() };
}

/** @throws as AWS where what the (canonical) resource names does not exist */
export async function requireExisting(
    resource: Resource,
    { locations, tags }: LakeFormationState,
    glue: GlueClient,
): Promise<void> {
    const { Database, DataLocation, LFTag, LFTagPolicy } = resource;
    const table = resource.Table ?? resource.TableWithColumns;
    if (Database !== undefined) await requireDatabase(glue, Database.Name);
    if (table?.Name === "ALL_TABLES") await requireDatabase(glue, table.DatabaseName);
    else if (table !== undefined) {
        await glue.send(new GetTableCommand({ DatabaseName: table.DatabaseName, Name: table.Name })).catch((error) => {
            throw isNotFound(error) ? notFound(`Table not found: ${table.DatabaseName}.${table.Name}`) : error;
        });
    }
    if (DataLocation !== undefined) {
        const arn = DataLocation.ResourceArn ?? "";
        const below = Object.keys(locations).some((known) => arn === known || arn.startsWith(`${known}/`));
        if (!below) throw invalid(`You must register the S3 path ${arn} before granting permissions on it.`);
    }
    for (const { TagKey = "", TagValues = [] } of [...(LFTag ? [LFTag] : []), ...(LFTagPolicy?.Expression ?? [])]) {
        requireTag(tags, TagKey, TagValues);
    }
}

/** @throws EntityNotFoundException where there is no such LF-tag, or not with these values */
export function requireTag(tags: LakeFormationState["tags"], key: string, values: readonly string[]): void {
    const known = Object.hasOwn(tags, key) ? tags[key]! : undefined;
    if (known === undefined) throw notFound(`Tag key does not exist: ${key}`);
    for (const value of values) {
        if (!known.includes(value)) throw notFound(`Tag value does not exist: ${key}=${value}`);
    }
}

async function requireDatabase(glue: GlueClient, name: string | undefined): Promise<void> {
    await glue.send(new GetDatabaseCommand({ Name: name })).catch((error) => {
        throw isNotFound(error) ? notFound(`Database not found: ${name}`) : error;
    });
}

function isNotFound(error: unknown): boolean {
    return (error as Error).name === "EntityNotFoundException";
}

function lower(value: string | undefined, member: string): string {
    return required(value, member).toLowerCase();
}
