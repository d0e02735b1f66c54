/** Resources that comply with every rule; each test changes what it is about. */
import type { CatalogTable } from "../../policies/lib/catalogTable";
import type { Subject } from "./harness";

type Changes<T> = { readonly [K in keyof T]?: T[K] | string | object };

const hive = "org.apache.hadoop.hive.ql.io.parquet";

export const storage = {
    location: "s3://silver/sales/",
    inputFormat: `${hive}.MapredParquetInputFormat`,
    outputFormat: `${hive}.MapredParquetOutputFormat`,
    serDeInfo: { serializationLibrary: `${hive}.serde.ParquetHiveSerDe` },
    columns: [{ name: "transaction_id", type: "string" }],
};

export const parameters = { classification: "parquet", "lakeworks:zone": "silver" };

const compliantTable = {
    name: "sales",
    databaseName: "lakeworks_dev_sales",
    tableType: "EXTERNAL_TABLE",
    parameters,
    storageDescriptor: storage,
    partitionKeys: [
        { name: "year", type: "int" },
        { name: "month", type: "int" },
        { name: "day", type: "int" },
    ],
} satisfies CatalogTable;

/** The compliant table with some properties replaced; `undefined` takes one away. */
export function table(changes: Changes<CatalogTable> = {}): Subject {
    return { type: "aws:glue/catalogTable:CatalogTable", props: given({ ...compliantTable, ...changes }) };
}

/** A compliant table created as Iceberg. */
export function icebergTable(changes: object = {}): Subject {
    const icebergTableInput = given({
        location: "s3://silver/sales/",
        schema: { fields: [{ id: 1, name: "sold_at", required: true, type: '"timestamp"' }] },
        partitionSpec: { fields: [{ name: "sold_day", sourceId: 1, transform: "day" }] },
        ...changes,
    });
    return table({
        partitionKeys: undefined,
        storageDescriptor: undefined,
        parameters: { "lakeworks:zone": "gold" },
        openTableFormatInput: { icebergInput: { metadataOperation: "CREATE", icebergTableInput } },
    });
}

export function namedQuery(query: string): Subject {
    return {
        type: "aws:athena/namedQuery:NamedQuery",
        props: { name: "monthly-summary", database: "lakeworks_dev_sales", query },
    };
}

export function preparedStatement(queryStatement: string): Subject {
    return {
        type: "aws:athena/preparedStatement:PreparedStatement",
        props: { name: "monthly_summary", workgroup: "sales", queryStatement },
    };
}

/** A CTAS with these properties in its WITH clause. */
export function ctas(properties: string): Subject {
    return namedQuery(`CREATE TABLE monthly_summary WITH (${properties}) AS SELECT region, year FROM sales`);
}

/** A job that is told which table it writes, with some properties replaced. */
export function job(changes: object = {}): Subject {
    return {
        type: "aws:glue/job:Job",
        name: "etl",
        props: given({
            name: "sales-etl",
            command: { name: "glueetl", scriptLocation: "s3://scripts/etl.py" },
            glueVersion: "5.1",
            defaultArguments: { "--source": "s3://bronze/sales/", "--target": "s3://silver/sales/" },
            ...changes,
        }),
    };
}

/** The engine passes no properties that are not set. */
function given<T extends object>(properties: T): Partial<T> {
    return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as Partial<T>;
}
