/** Declared resources for the tests of the estimate. */
import type { DeclaredResource } from "../../../automation/cost/resources";
import { volumesOf, type Volumes } from "../../../automation/cost/volumes";
import type { Recorded } from "../../components/mocks";

/** How the engine says that a text is not known yet. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function resource(type: string, name: string, inputs: DeclaredResource["inputs"] = {}): DeclaredResource {
    return { urn: `urn:pulumi:test::lakeworks::${type}::${name}`, type, name, inputs };
}

export function job(inputs: DeclaredResource["inputs"] = {}): DeclaredResource {
    return resource("aws:glue/job:Job", "etl", {
        name: "etl",
        command: { name: "glueetl" },
        workerType: "G.1X",
        numberOfWorkers: 2,
        ...inputs,
    });
}

const hive = "org.apache.hadoop.hive.ql.io.parquet";

/** A partitioned Parquet table in zstd. */
export function table(inputs: DeclaredResource["inputs"] = {}): DeclaredResource {
    return resource("aws:glue/catalogTable:CatalogTable", "sales-table", {
        name: "sales",
        parameters: { classification: "parquet", "parquet.compression": "ZSTD" },
        partitionKeys: [{ name: "day", type: "date" }],
        storageDescriptor: { inputFormat: `${hive}.MapredParquetInputFormat` },
        ...inputs,
    });
}

export function workgroup(configuration: DeclaredResource["inputs"] = {}): DeclaredResource {
    return resource("aws:athena/workgroup:Workgroup", "queries", {
        configuration,
        tags: { "lakeworks:dataset": "sales" },
    });
}

/** The defaults of all volumes but these. */
export function volumes(
    everyDataset: Readonly<Record<string, number>> = {},
    lake: Readonly<Record<string, number>> = {},
): Volumes {
    return volumesOf({ everyDataset, lake }, "test", []);
}

/** What the mocks recorded, as the engine would tell it. */
export function declared(recorded: readonly Recorded[], stack: string): DeclaredResource[] {
    return recorded.map(({ type, name, parent, inputs }) => {
        const parents = parent === "" ? "" : `${parent.split("::")[2]}$`;
        const urn = `urn:pulumi:${stack}::lakeworks::${parents}${type}::${name}`;
        return { urn, type, name, parent: parent === "" ? undefined : parent, inputs };
    });
}
