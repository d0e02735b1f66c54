/** Databases. @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-databases.html */
import type {
    CreateDatabaseRequest,
    DatabaseInput,
    DeleteDatabaseRequest,
    GetDatabaseRequest,
    GetDatabasesRequest,
    UpdateDatabaseRequest,
} from "@aws-sdk/client-glue";
import { AwsError, type Operations } from "../../protocol/operations";
import { pageOf } from "../../protocol/pages";
import { nowSeconds } from "../../protocol/wire";
import { nameOf, own, refuseMembers, type Catalog, type StoredDatabase } from "./state";

const largestPage = 100;

/** What AWS gives a database outside of Lake Formation: IAM alone decides. */
const defaultPermissions: StoredDatabase["CreateTableDefaultPermissions"] = [
    { Principal: { DataLakePrincipalIdentifier: "IAM_ALLOWED_PRINCIPALS" }, Permissions: ["ALL"] },
];

export function databaseOperations(catalog: Catalog): Operations {
    return {
        CreateDatabase: (input: CreateDatabaseRequest) => {
            createDatabase(catalog, input);
            return {};
        },
        GetDatabase: (input: GetDatabaseRequest) => {
            return { Database: catalog.database(input, input.Name) };
        },
        GetDatabases: (input: GetDatabasesRequest) => {
            catalog.checkCatalog(input);
            const all = Object.values(catalog.databases()).sort((a, b) => ((a.Name ?? "") < (b.Name ?? "") ? -1 : 1));
            const page = pageOf(all, input.NextToken, Math.min(input.MaxResults ?? largestPage, largestPage));
            return { DatabaseList: page.items, NextToken: page.nextToken };
        },
        UpdateDatabase: (input: UpdateDatabaseRequest) => {
            const before = catalog.database(input, input.Name);
            const given = input.DatabaseInput as DatabaseInput;
            const name = before.Name ?? "";
            if (nameOf("Database name", given.Name) !== name) {
                throw new AwsError("InvalidInputException", `A database cannot be renamed: ${name} to ${given.Name}`);
            }
            catalog.putDatabase(name, stored(catalog, name, given, before.CreateTime ?? nowSeconds()));
            return {};
        },
        DeleteDatabase: (input: DeleteDatabaseRequest) => {
            catalog.removeDatabase(catalog.database(input, input.Name).Name ?? "");
            return {};
        },
    };
}

/** @throws AlreadyExistsException, InvalidInputException */
export function createDatabase(catalog: Catalog, input: CreateDatabaseRequest): void {
    catalog.checkCatalog(input);
    const given = input.DatabaseInput as DatabaseInput;
    const name = nameOf("Database name", given.Name);
    if (own(catalog.databases(), name) !== undefined) {
        throw new AwsError("AlreadyExistsException", `Database already exists: ${name}`);
    }
    catalog.putDatabase(name, stored(catalog, name, given, nowSeconds()));
    catalog.tags.set(catalog.arn(`database/${name}`), input.Tags);
}

function stored(catalog: Catalog, name: string, given: DatabaseInput, createTime: number): StoredDatabase {
    refuseMembers(given, "TargetDatabase", "FederatedDatabase");
    return {
        Name: name,
        Description: given.Description,
        LocationUri: given.LocationUri,
        Parameters: given.Parameters,
        CreateTime: createTime,
        CreateTableDefaultPermissions: given.CreateTableDefaultPermissions ?? defaultPermissions,
        CatalogId: catalog.account,
    };
}
