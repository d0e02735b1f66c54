import type { ReportViolation, ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { advise } from "./lib/advise";
import { bronzeHint, type CatalogTable } from "./lib/catalogTable";
import { exceptionsSchema } from "./lib/exceptions";
import { textProperty, writingStatements } from "./lib/namedQuery";
import { type Preview, unknown } from "./lib/preview";
import { tableRule } from "./lib/tableRule";

/** Keys that queries compare with numbers. */
const numericKeys = new Set(["year", "quarter", "month", "week", "day", "hour"]);

export const partitionedTables: ResourceValidationPolicy = {
    name: "partitioned-tables",
    displayName: "Silver and gold tables are partitioned",
    description: "Silver and gold tables are partitioned, by keys of types that queries can prune by.",
    enforcementLevel: "mandatory",
    severity: "high",
    tags: ["cost", "performance"],
    url: "https://docs.aws.amazon.com/athena/latest/ug/partitions.html",
    remediationSteps:
        "Declare the table with LakeTable, or give it partition keys that its queries filter by, with year, month and " +
        "day as int. In a CTAS, set partitioned_by, or partitioning for Iceberg.",
    configSchema: exceptionsSchema,
    validateResource: tableRule({ hive: checkKeys, iceberg: checkIceberg, namedQuery: checkNamedQuery }),
};

function checkKeys(table: CatalogTable, name: string, preview: Preview, report: ReportViolation): void {
    const keys = preview.look(() => table.partitionKeys ?? []);
    if (keys === unknown) {
        return;
    }
    if (keys.length === 0) {
        report(
            `Table "${name}" has no partition keys, so every query reads all of it. Add the columns that its queries ` +
                `filter by, for example year, month and day of type int, to partitionKeys. ${bronzeHint}`,
        );
    }
    for (const index of keys.keys()) {
        const key = preview.look(() => ({ name: keys[index]!.name, type: keys[index]!.type }));
        if (key !== unknown && numericKeys.has(key.name.toLowerCase()) && isText(key.type)) {
            report(
                `Table "${name}" has the partition key "${key.name}" of type ${key.type ?? "(not set)"}: comparing it with a number ` +
                    `(${key.name} = 7) fails in Athena with TYPE_MISMATCH, and ranges of it sort as text, "10" before ` +
                    `"9", so that the wrong partitions are read. Give "${key.name}" the type int.`,
            );
        }
    }
}

function checkIceberg(table: CatalogTable, name: string, preview: Preview, report: ReportViolation): void {
    if (table.openTableFormatInput === undefined) {
        advise(
            report,
            `Iceberg table "${name}" keeps its partitioning in its metadata file, which is not checked. ` +
                "Create the table with openTableFormatInput and a partitionSpec to have it checked.",
        );
        return;
    }
    const input = preview.look(() => table.openTableFormatInput?.icebergInput.icebergTableInput);
    const fields = input === unknown ? unknown : preview.look(() => input?.partitionSpec?.fields ?? []);
    if (fields === unknown) {
        return;
    }
    const transforms = Array.from(fields.keys(), (index) => preview.look(() => fields[index]!.transform));
    if (transforms.every((transform) => transform === "void")) {
        report(
            `Iceberg table "${name}" has no partition fields, so every query reads all of it. Add the columns that its ` +
                `queries filter by, for example the day of the event's time, to partitionSpec.fields. ${bronzeHint}`,
        );
    }
}

async function checkNamedQuery(args: ResourceValidationArgs, report: ReportViolation): Promise<void> {
    const { name, statements } = await writingStatements(args, report);
    for (const statement of statements) {
        if (statement.kind !== "ctas") {
            continue; // UNLOAD writes files, not a table.
        }
        const property = textProperty(statement, "table_type") === "ICEBERG" ? "partitioning" : "partitioned_by";
        if (!isFilledArray(statement.properties.get(property))) {
            report(
                `Named query "${name}" creates table "${statement.table}" without partitions. ` +
                    `Set ${property} = ARRAY['…'] in its WITH clause, with the columns that queries of the table filter ` +
                    `by${property === "partitioned_by" ? ", and select those columns last" : ""}.`,
            );
        }
    }
}

/** Athena takes names of columns and transforms here, as an array of literals. */
function isFilledArray(value: string | readonly string[] | undefined): boolean {
    return Array.isArray(value) && value.length > 0;
}

/** `string`, `char(n)`, `varchar(n)`, and no type at all, which engines take for text. */
function isText(type: string | undefined): boolean {
    return type === undefined || /^(string|char|varchar)\b/i.test(type);
}
