import { bronzeHint, icebergProperty, type RefinedTable, tableCheck } from "../lib/catalogTable";
import { list } from "../lib/list";
import { parquetClasses, isParquetWord } from "../lib/parquet";
import { unknown } from "../lib/preview";
import { queryChecks, type JudgedQuery } from "../lib/query";
import { resourceRule } from "../lib/resourceRule";
import { isIcebergStatement, textProperty, type WritingStatement } from "../lib/sql";

/** What makes Athena, Spark and Glue all read and write a Hive table as Parquet; they look at different ones. */
const facts: readonly {
    readonly what: string;
    /** The first is the one to write. */
    readonly accepted: readonly [string, ...string[]];
    of(table: RefinedTable["props"]): string | undefined;
}[] = [
    {
        what: "storageDescriptor.inputFormat",
        accepted: parquetClasses.input,
        of: (table) => table.storageDescriptor?.inputFormat,
    },
    {
        what: "storageDescriptor.outputFormat",
        accepted: parquetClasses.output,
        of: (table) => table.storageDescriptor?.outputFormat,
    },
    {
        what: "storageDescriptor.serDeInfo.serializationLibrary",
        accepted: parquetClasses.serde,
        of: (table) => table.storageDescriptor?.serDeInfo?.serializationLibrary,
    },
    {
        what: 'parameters["classification"]',
        accepted: ["parquet", "hudi"],
        of: (table) => table.parameters?.["classification"]?.toLowerCase(),
    },
];

export const parquetOutput = resourceRule(
    {
        name: "parquet-output",
        displayName: "Silver and gold output is Parquet",
        description:
            "Silver and gold data is stored as Parquet, or as Iceberg on Parquet: queries then read, and are billed for, " +
            "only the columns that they name.",
        severity: "high",
        tags: ["cost", "performance"],
        url: "https://docs.aws.amazon.com/athena/latest/ug/columnar-storage.html",
        remediationSteps:
            "Declare the table with LakeTable, or give it the input format, output format, SerDe and classification of " +
            "Parquet. In a CTAS or UNLOAD, set format = 'PARQUET'; in DDL, write STORED AS PARQUET.",
    },
    {
        ...tableCheck((table) => (table.iceberg ? checkIceberg(table) : checkHive(table))),
        ...queryChecks(checkStatement, ({ title, advise }, { problem }) =>
            advise(
                `${title} creates a table, inserts or unloads in words that the rule cannot read ` +
                    `(${problem}), so what it writes is not checked. Write it as CREATE TABLE … AS SELECT, ` +
                    "or declare the table as a resource.",
            ),
        ),
    },
);

function checkHive({ props, name, look, report, notApplicable }: RefinedTable): void {
    if (look(() => props.parameters?.["classification"]?.toLowerCase()) === "delta") {
        notApplicable(`"${name}" is a Delta Lake table, whose files are always Parquet`);
    }
    const wrong = facts
        .map((fact) => ({ ...fact, found: look(() => fact.of(props)) }))
        .filter(({ found, accepted }) => found !== unknown && !accepted.includes((found as string | undefined) ?? ""));
    if (wrong.length > 0) {
        const found = wrong.map((each) => `${each.what} is ${quoted(each.found as string | undefined)}`);
        const wanted = wrong.map((each) => `${each.what} to "${each.accepted[0]}"`);
        report(`Table "${name}" is not Parquet: ${list(found)}. Set ${list(wanted)}. ${bronzeHint}`);
    }
}

/** Names under which engines take the format that an Iceberg table's data files are written in. */
const icebergFormat = ["write.format.default", "write_format", "format"];

function checkIceberg({ props, name, look, report }: RefinedTable): void {
    const format = icebergProperty(props, look, icebergFormat);
    if (format !== undefined && format.value.toLowerCase() !== "parquet") {
        report(
            `Iceberg table "${name}" writes its data files as "${format.value}" (property "${format.name}"). ` +
                `Set "${format.name}" to "parquet", or leave it out. ${bronzeHint}`,
        );
    }
}

function checkStatement({ title, report }: JudgedQuery, statement: WritingStatement): void {
    if (statement.kind === "insert") {
        return; // The table has its format already: the rule parquet-inserts looks at that.
    }
    if (statement.kind === "create" && !isIcebergStatement(statement)) {
        const others = statement.formats.filter((format) => !isParquetWord(format));
        if (others.length > 0) {
            report(
                `${title} creates table "${statement.table}" as ${list(others)}. Write STORED AS PARQUET, without another ` +
                    `SerDe. If the table holds raw data, add TBLPROPERTIES ('lakeworks:zone' = 'bronze').`,
            );
        }
        return;
    }
    const format = textProperty(statement.properties, "format", "write.format.default");
    if (format === "PARQUET" || (format === undefined && statement.kind !== "unload")) {
        return; // The default of CREATE TABLE AS and of Iceberg is Parquet; UNLOAD has none.
    }
    const action = statement.kind === "unload" ? "unloads" : `creates table "${statement.table}"`;
    const clause = statement.kind === "create" ? "TBLPROPERTIES" : "WITH";
    report(
        `${title} ${action} ${format === undefined ? "without a format" : `as ${format}`}. ` +
            `Set ${statement.kind === "create" ? "'format'" : "format"} = 'PARQUET' in its ${clause} clause.`,
    );
}

function quoted(value: string | undefined): string {
    return value === undefined ? "not set" : `"${value}"`;
}
