import type { Mutation } from "./mutation";

const file = "queryStatements.ts";

export const mutations: Mutation[] = [
    {
        breaks: "queries are started, read and stopped in exactly the workgroup named",
        file,
        replace: "Resource: `${athena}:${workgroup}`",
        by: "Resource: `${athena}:workgroup/*`",
    },
    {
        breaks: "queries are started, read and stopped in exactly the workgroup named",
        file,
        replace: '    "athena:StopQueryExecution",\n',
        by: "",
    },
    {
        breaks: "queries are started, read and stopped in exactly the workgroup named",
        file,
        replace: '"athena:ListWorkGroups"]',
        by: '"athena:StartQueryExecution"]',
    },
    {
        breaks: "only the tables named are found in the catalog, and none can be changed",
        file,
        replace: "table/${rights.databaseName}/${table}",
        by: "table/${rights.databaseName}/*",
    },
    {
        breaks: "only the tables named are found in the catalog, and none can be changed",
        file,
        replace: '    "glue:GetTables",\n',
        by: '    "glue:GetTables",\n    "glue:UpdateTable",\n',
    },
    {
        breaks: "only the prefixes of dataLocations are read, and nothing is written but the workgroup's results",
        file,
        replace: "...readStatements(partition, readable)",
        by: "...readStatements(partition, results)",
    },
    {
        breaks: "only the prefixes of dataLocations are read, and nothing is written but the workgroup's results",
        file,
        replace: "Resource: objectArns(partition, results)",
        by: 'Resource: objectArns(partition, [...results, "s3://gold/sales/"])',
    },
    {
        breaks: "results are kept: the role cannot delete them",
        file,
        replace: '"s3:PutObject"]',
        by: '"s3:PutObject", "s3:DeleteObject"]',
    },
    {
        breaks: "keys are used through the service that holds the data alone, that of the tables for reading only",
        file,
        replace: '["kms:Decrypt"]',
        by: '["kms:Decrypt", "kms:GenerateDataKey"]',
    },
    {
        breaks: "keys are used through the service that holds the data alone, that of the tables for reading only",
        file,
        replace: 'Condition: { StringLike: { "kms:ViaService": service } },',
        by: "",
    },
];
