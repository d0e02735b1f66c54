import type { ReportViolation, ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { bronzeHint, type CatalogTable } from "./lib/catalogTable";
import { exceptionsSchema } from "./lib/exceptions";
import { type ReadStatement, textProperty, writingStatements } from "./lib/namedQuery";
import { type Preview, unknown } from "./lib/preview";
import { tableRule } from "./lib/tableRule";

const hive = "org.apache.hadoop.hive.ql.io.parquet";

/** What makes Athena, Spark and Glue all read and write a Hive table as Parquet; they look at different ones. */
const facts: readonly {
    readonly what: string;
    readonly wanted: string;
    of(table: CatalogTable): string | undefined;
}[] = [
    {
        what: "storageDescriptor.inputFormat",
        wanted: `${hive}.MapredParquetInputFormat`,
        of: (table) => table.storageDescriptor?.inputFormat,
    },
    {
        what: "storageDescriptor.outputFormat",
        wanted: `${hive}.MapredParquetOutputFormat`,
        of: (table) => table.storageDescriptor?.outputFormat,
    },
    {
        what: "storageDescriptor.serDeInfo.serializationLibrary",
        wanted: `${hive}.serde.ParquetHiveSerDe`,
        of: (table) => table.storageDescriptor?.serDeInfo?.serializationLibrary,
    },
    { what: 'parameters["classification"]', wanted: "parquet", of: (table) => table.parameters?.["classification"] },
];

/** Names under which engines take the format that an Iceberg table's data files are written in. */
const icebergFormatProperties = ["write.format.default", "write_format", "format"];

export const parquetOutput: ResourceValidationPolicy = {
    name: "parquet-output",
    displayName: "Silver and gold output is Parquet",
    description: "Silver and gold data is stored as Parquet, or as Iceberg on Parquet.",
    enforcementLevel: "mandatory",
    severity: "high",
    tags: ["cost", "performance"],
    url: "https://docs.aws.amazon.com/athena/latest/ug/columnar-storage.html",
    remediationSteps:
        "Declare the table with LakeTable, or give it the input format, output format, SerDe and classification of " +
        "Parquet. In a CTAS or UNLOAD, set format = 'PARQUET'.",
    configSchema: exceptionsSchema,
    validateResource: tableRule({ hive: checkHive, iceberg: checkIceberg, namedQuery: checkNamedQuery }),
};

function checkHive(table: CatalogTable, name: string, preview: Preview, report: ReportViolation): void {
    const wrong = facts
        .map((fact) => ({ ...fact, found: preview.look(() => fact.of(table)) }))
        .filter(({ found, wanted }) => found !== unknown && found !== wanted);
    if (wrong.length > 0) {
        const found = wrong.map((each) => `${each.what} is ${quoted(each.found as string | undefined)}`);
        const wanted = wrong.map((each) => `${each.what} to "${each.wanted}"`);
        report(`Table "${name}" is not Parquet: ${list(found)}. Set ${list(wanted)}. ${bronzeHint}`);
    }
}

function checkIceberg(table: CatalogTable, name: string, preview: Preview, report: ReportViolation): void {
    for (const property of icebergFormatProperties) {
        const created = preview.look(
            () => table.openTableFormatInput?.icebergInput.icebergTableInput?.properties?.[property],
        );
        const format = created ?? preview.look(() => table.parameters?.[property]);
        if (typeof format === "string" && format.toLowerCase() !== "parquet") {
            report(
                `Iceberg table "${name}" writes its data files as "${format}" (property "${property}"). ` +
                    `Set "${property}" to "parquet", or leave it out. ${bronzeHint}`,
            );
        }
    }
}

async function checkNamedQuery(args: ResourceValidationArgs, report: ReportViolation): Promise<void> {
    const { name, statements } = await writingStatements(args, report);
    for (const statement of statements) {
        const format = textProperty(statement, "format");
        if (format === "PARQUET" || (format === undefined && statement.kind === "ctas")) {
            continue; // Athena's default for CREATE TABLE AS is Parquet; UNLOAD has none.
        }
        report(
            `Named query "${name}" ${action(statement)} ${format === undefined ? "without a format" : `as ${format}`}. ` +
                "Set format = 'PARQUET' in its WITH clause.",
        );
    }
}

function action(statement: ReadStatement): string {
    return statement.kind === "ctas" ? `creates table "${statement.table}"` : "unloads";
}

function quoted(value: string | undefined): string {
    return value === undefined ? "not set" : `"${value}"`;
}

function list(items: readonly string[]): string {
    return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
