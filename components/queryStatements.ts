/** What a reader of some tables needs in Athena, the Glue catalog, S3 and KMS: the statements of QueryAccess. Pure. */
import { catalogStatements, readStatements, splitArn, type Statement } from "./iam";
import { objectArns, parseS3Uri } from "./s3Uri";

export interface QueryRights {
    readonly workgroupArn: string;
    readonly databaseName: string;
    readonly tables: readonly string[];
    readonly dataLocations: readonly string[];
    readonly dataKmsKeyArn?: string;
    /** Undefined = Athena keeps the results itself. */
    readonly resultsLocation?: string;
    readonly resultsKmsKeyArn?: string;
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonathena.html */
const workgroupActions = [
    "athena:BatchGetNamedQuery",
    "athena:BatchGetPreparedStatement",
    "athena:BatchGetQueryExecution",
    "athena:GetNamedQuery",
    "athena:GetPreparedStatement",
    "athena:GetQueryExecution",
    "athena:GetQueryResults",
    // No call of the API: the JDBC and ODBC drivers stream results by it.
    "athena:GetQueryResultsStream",
    // What a query spent and where, in the console's query statistics.
    "athena:GetQueryRuntimeStatistics",
    "athena:GetWorkGroup",
    "athena:ListNamedQueries",
    "athena:ListPreparedStatements",
    "athena:ListQueryExecutions",
    "athena:StartQueryExecution",
    "athena:StopQueryExecution",
];

/** How the console's editor and the drivers browse the catalog; what they show is by Glue's rights below. */
const browseActions = [
    "athena:GetDataCatalog",
    "athena:GetDatabase",
    "athena:GetTableMetadata",
    "athena:ListDatabases",
    "athena:ListTableMetadata",
];

/** Without these the console's query editor does not open. They know no resource, and show names only. */
const consoleActions = ["athena:ListDataCatalogs", "athena:ListEngineVersions", "athena:ListWorkGroups"];

const tableActions = [
    "glue:BatchGetPartition",
    "glue:GetDatabase",
    "glue:GetDatabases",
    "glue:GetPartition",
    "glue:GetPartitions",
    "glue:GetTable",
    "glue:GetTables",
];

export function queryStatements(rights: QueryRights): Statement[] {
    const [athena, workgroup] = splitArn(rights.workgroupArn);
    const [, partition = "aws", , region = ""] = athena.split(":");
    const glue = athena.replace(":athena:", ":glue:");
    const tableArns = rights.tables.map((table) => `${glue}:table/${rights.databaseName}/${table}`);
    const results = rights.resultsLocation === undefined ? [] : [rights.resultsLocation];
    const readable = [...new Set([...rights.dataLocations, ...results])];
    return [
        { Sid: "Query", Effect: "Allow", Action: workgroupActions, Resource: `${athena}:${workgroup}` },
        { Sid: "Browse", Effect: "Allow", Action: browseActions, Resource: `${athena}:datacatalog/AwsDataCatalog` },
        { Sid: "Console", Effect: "Allow", Action: consoleActions, Resource: "*" },
        ...catalogStatements("Catalog", tableArns, tableActions),
        // Athena looks for the default database before it runs any statement:
        // https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html
        {
            Sid: "DefaultDatabase",
            Effect: "Allow",
            Action: "glue:GetDatabase",
            Resource: [`${glue}:catalog`, `${glue}:database/default`],
        },
        ...readStatements(partition, readable),
        // Athena asks for the region of each bucket that it reads or writes.
        {
            Sid: "Buckets",
            Effect: "Allow",
            Action: "s3:GetBucketLocation",
            Resource: [...new Set(readable.map((uri) => `arn:${partition}:s3:::${parseS3Uri(uri).bucket}`))].sort(),
        },
        ...resultStatements(partition, results),
        ...keyStatements("DataKey", rights.dataKmsKeyArn, ["kms:Decrypt"], `s3.${region}.amazonaws.com*`),
        ...(results.length > 0
            ? keyStatements(
                  "ResultsKey",
                  rights.resultsKmsKeyArn,
                  ["kms:Decrypt", "kms:GenerateDataKey"],
                  `s3.${region}.amazonaws.com*`,
              )
            : // https://docs.aws.amazon.com/athena/latest/ug/encrypting-managed-results.html
              keyStatements(
                  "ResultsKey",
                  rights.resultsKmsKeyArn,
                  ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
                  `athena.${region}.amazonaws.com*`,
              )),
    ];
}

/** Athena writes results with the rights of who asks, large ones in parts. */
function resultStatements(partition: string, results: readonly string[]): Statement[] {
    if (results.length === 0) {
        return [];
    }
    return [
        {
            Sid: "Results",
            Effect: "Allow",
            Action: ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"],
            Resource: objectArns(partition, results),
        },
        {
            Sid: "PendingUploads",
            Effect: "Allow",
            Action: "s3:ListBucketMultipartUploads",
            Resource: results.map((uri) => `arn:${partition}:s3:::${parseS3Uri(uri).bucket}`),
        },
    ];
}

function keyStatements(sid: string, key: string | undefined, actions: string[], service: string): Statement[] {
    return key === undefined
        ? []
        : [
              {
                  Sid: sid,
                  Effect: "Allow",
                  Action: actions,
                  Resource: key,
                  Condition: { StringLike: { "kms:ViaService": service } },
              },
          ];
}
