/** Shapes of the Lake Formation API that are kept here: https://docs.aws.amazon.com/lake-formation/latest/APIReference/Welcome.html */

export interface Principal {
    DataLakePrincipalIdentifier?: string;
}

export interface LfTagPair {
    CatalogId?: string;
    TagKey?: string;
    TagValues?: string[];
}

export interface TableResource {
    CatalogId?: string;
    DatabaseName?: string;
    Name?: string;
    TableWildcard?: object;
}

export interface TableWithColumns {
    CatalogId?: string;
    DatabaseName?: string;
    Name?: string;
    ColumnNames?: string[];
    ColumnWildcard?: { ExcludedColumnNames?: string[] };
}

/** What is granted on: one member is set. */
export interface Resource {
    Catalog?: { Id?: string };
    Database?: { CatalogId?: string; Name?: string };
    Table?: TableResource;
    TableWithColumns?: TableWithColumns;
    DataLocation?: { CatalogId?: string; ResourceArn?: string };
    LFTag?: LfTagPair;
    LFTagPolicy?: { CatalogId?: string; ResourceType?: string; Expression?: LfTagPair[] };
}

export interface Grant {
    Principal?: Principal;
    Resource?: Resource;
    Permissions?: string[];
    PermissionsWithGrantOption?: string[];
}

export interface Settings {
    DataLakeAdmins?: Principal[];
    ReadOnlyAdmins?: Principal[];
    CreateDatabaseDefaultPermissions?: Grant[];
    CreateTableDefaultPermissions?: Grant[];
    Parameters?: Record<string, string>;
    TrustedResourceOwners?: string[];
}

export interface Location {
    ResourceArn: string;
    RoleArn: string;
    HybridAccessEnabled: boolean;
    /** Seconds since 1970. */
    LastModified: number;
}
