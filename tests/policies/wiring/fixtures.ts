/** A stack that complies with every rule on how its parts fit together; each test changes what it is about. */
import { job, namedQuery, parameters, storage, table } from "../fixtures";
import type { Subject } from "../harness";

export const sales: Subject = { ...table(), name: "sales-table" };
export const etl: Subject = job();

export const processed: Subject = crawler("processed", {
    catalogTargets: [{ databaseName: "lakeworks_dev_sales", tables: ["sales"] }],
});
export const raw: Subject = crawler("raw", { tablePrefix: "raw_", s3Targets: [{ path: "s3://bronze/sales/" }] });

/** Another table, in another place. */
export const orders: Subject = {
    ...table({ name: "orders", storageDescriptor: { ...storage, location: "s3://silver/orders/" } }),
    name: "orders-table",
};

export const view: Subject = {
    ...table({ name: "daily", tableType: "VIRTUAL_VIEW", storageDescriptor: undefined }),
    name: "view",
};

/** A table of raw JSON lines. */
export const rawTable: Subject = {
    ...table({
        name: "raw_sales",
        parameters: { ...parameters, "lakeworks:zone": "bronze" },
        storageDescriptor: {
            ...storage,
            location: "s3://bronze/sales/",
            serDeInfo: { serializationLibrary: "org.openx.data.jsonserde.JsonSerDe" },
        },
    }),
    name: "raw-table",
};

export function crawler(name: string, props: object): Subject {
    return {
        type: "aws:glue/crawler:Crawler",
        name: `${name}-crawler`,
        props: { name, databaseName: "lakeworks_dev_sales", ...props },
    };
}

export function query(sql: string, database = "lakeworks_dev_sales"): Subject {
    const { type, props } = namedQuery(sql);
    return { type, name: "query", props: { ...props, database } };
}

export function bucket(name: string): Subject {
    return { type: "aws:s3/bucket:Bucket", name, props: {} };
}
