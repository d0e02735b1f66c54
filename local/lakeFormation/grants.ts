/** Grants, kept and listed as AWS lists them; nothing here enforces them. */
import type { GlueClient } from "@aws-sdk/client-glue";
import type { Operations } from "../protocol/operations";
import { pageOf } from "../protocol/pages";
import type { Store } from "../store";
import { canonical, kindOf, requireExisting, type Kind } from "./resources";
import { invalid, required, type LakeFormationState } from "./state";
import type { Grant, Resource } from "./types";

/** https://docs.aws.amazon.com/lake-formation/latest/dg/lf-permissions-reference.html */
const allowed: Record<Kind, readonly string[]> = {
    Catalog: ["ALL", "ALTER", "CREATE_CATALOG", "CREATE_DATABASE", "CREATE_LF_TAG", "DESCRIBE", "DROP"],
    Database: ["ALL", "ALTER", "CREATE_TABLE", "DESCRIBE", "DROP"],
    Table: ["ALL", "ALTER", "DELETE", "DESCRIBE", "DROP", "INSERT", "SELECT"],
    TableWithColumns: ["SELECT"],
    DataLocation: ["DATA_LOCATION_ACCESS"],
    LFTag: ["ALTER", "ASSOCIATE", "DESCRIBE", "DROP", "GRANT_WITH_LF_TAG_EXPRESSION"],
    LFTagPolicy: [],
};

interface ListRequest {
    Principal?: { DataLakePrincipalIdentifier?: string };
    Resource?: Resource;
    ResourceType?: string;
    NextToken?: string;
    MaxResults?: number;
}

export function grantOperations(store: Store<LakeFormationState>, account: string, glue: GlueClient): Operations {
    const { grants } = store.state;
    const addressed = (input: Grant) => {
        const resource = canonical(required(input.Resource, "Resource"), account);
        const principal = required(input.Principal?.DataLakePrincipalIdentifier, "Principal");
        return { resource, principal, key: JSON.stringify([principal, resource]) };
    };
    return {
        GrantPermissions: async (input: Grant) => {
            const { resource, principal, key } = addressed(input);
            const permissions = permissionsOf(resource, input.Permissions ?? []);
            const grantable = permissionsOf(resource, input.PermissionsWithGrantOption ?? []);
            if (permissions.length === 0) throw invalid("Permissions is empty.");
            await requireExisting(resource, store.state, glue);
            grants[key] = {
                Principal: { DataLakePrincipalIdentifier: principal },
                Resource: resource,
                Permissions: union(grants[key]?.Permissions, permissions),
                PermissionsWithGrantOption: union(grants[key]?.PermissionsWithGrantOption, grantable),
            };
            store.changed();
            return {};
        },
        RevokePermissions: (input: Grant) => {
            const { principal, key } = addressed(input);
            const held = grants[key];
            const gone = new Set([...(input.Permissions ?? []), ...(input.PermissionsWithGrantOption ?? [])]);
            if (held === undefined || !held.Permissions.some((permission) => gone.has(permission))) {
                throw invalid(`No permissions revoked. Grantee has no such permissions on the resource: ${principal}`);
            }
            held.Permissions = held.Permissions.filter((permission) => !gone.has(permission));
            held.PermissionsWithGrantOption = held.PermissionsWithGrantOption.filter((each) => !gone.has(each));
            if (held.Permissions.length === 0) delete grants[key];
            store.changed();
            return {};
        },
        ListPermissions: (input: ListRequest) => {
            if (input.ResourceType !== undefined) {
                throw invalid(
                    "The local Lake Formation lists permissions by Principal and Resource, not by ResourceType.",
                );
            }
            const wanted = input.Resource && tableOrSelf(canonical(input.Resource, account));
            const principal = input.Principal?.DataLakePrincipalIdentifier;
            const found = Object.values(grants).filter(
                (grant) =>
                    (principal === undefined || grant.Principal.DataLakePrincipalIdentifier === principal) &&
                    (wanted === undefined || tableOrSelf(grant.Resource) === wanted),
            );
            const { items, nextToken } = pageOf(found.flatMap(listed), input.NextToken, input.MaxResults ?? 1000);
            return { PrincipalResourcePermissions: items, NextToken: nextToken };
        },
    };
}

function permissionsOf(resource: Resource, permissions: readonly string[]): readonly string[] {
    const kind = kindOf(resource);
    const about = resource.LFTagPolicy?.ResourceType === "TABLE" ? "Table" : "Database";
    const possible = allowed[kind === "LFTagPolicy" ? about : kind];
    const wrong = permissions.filter((permission) => !possible.includes(permission));
    if (wrong.length > 0) throw invalid(`Permissions ${wrong.join(", ")} are not valid on ${kind}.`);
    return permissions;
}

/** A table and its columns are found together, as AWS lists them. */
function tableOrSelf(resource: Resource): string {
    const table = resource.Table ?? resource.TableWithColumns;
    return JSON.stringify(table === undefined ? resource : [table.CatalogId, table.DatabaseName, table.Name]);
}

/** SELECT on a table is listed as SELECT on all of its columns. */
function listed(grant: Required<Grant>): Grant[] {
    const { Table } = grant.Resource;
    if (Table === undefined || !grant.Permissions.includes("SELECT")) return [grant];
    const { CatalogId, DatabaseName, Name } = Table;
    const columns = { TableWithColumns: { CatalogId, DatabaseName, Name, ColumnWildcard: {} } };
    const only = (
        keep: (permission: string) => boolean,
    ): Pick<Grant, "Permissions" | "PermissionsWithGrantOption"> => ({
        Permissions: grant.Permissions.filter(keep),
        PermissionsWithGrantOption: grant.PermissionsWithGrantOption.filter(keep),
    });
    const rest = { ...grant, ...only((permission) => permission !== "SELECT") };
    const select = { ...grant, Resource: columns, ...only((permission) => permission === "SELECT") };
    return rest.Permissions.length === 0 ? [select] : [rest, select];
}

function union(held: readonly string[] = [], more: readonly string[]): string[] {
    return [...new Set([...held, ...more])].sort();
}
