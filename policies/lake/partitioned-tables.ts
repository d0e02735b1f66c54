import { bronzeHint, type RefinedTable, tableCheck } from "../lib/catalogTable";
import { unprunable } from "../lib/partitionKeys";
import { unknown } from "../lib/preview";
import { queryChecks, type JudgedQuery } from "../lib/query";
import { resourceRule } from "../lib/resourceRule";
import { isIcebergStatement, listProperty, type WritingStatement } from "../lib/sql";

export const partitionedTables = resourceRule(
    {
        name: "partitioned-tables",
        displayName: "Silver and gold tables are partitioned",
        description:
            "Silver and gold tables are partitioned, by keys of types that queries can prune by: without them each query " +
            "reads the whole table.",
        severity: "high",
        tags: ["cost", "performance"],
        url: "https://docs.aws.amazon.com/athena/latest/ug/partitions.html",
        remediationSteps:
            "Declare the table with LakeTable, or give it partition keys that its queries filter by, with year, month and " +
            "day as int. In a CTAS, set partitioned_by, or partitioning for Iceberg; in DDL, write PARTITIONED BY.",
    },
    {
        ...tableCheck((table) => (table.iceberg ? checkIceberg(table) : checkKeys(table))),
        ...queryChecks(checkStatement),
    },
);

function checkKeys({ props, name, look, report }: RefinedTable): void {
    const keys = look(() => props.partitionKeys ?? []);
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
        const key = look(() => ({ name: keys[index]!.name, type: keys[index]!.type }));
        const fault = key === unknown ? undefined : unprunable(key.name, key.type);
        if (key !== unknown && fault !== undefined) {
            report(`Table "${name}" has the partition key "${key.name}" ${fault}`);
        }
    }
}

function checkIceberg({ props, name, look, report, advise }: RefinedTable): void {
    if (props.openTableFormatInput === undefined) {
        advise(
            `Iceberg table "${name}" keeps its partitioning in its metadata file, which is not checked. ` +
                "Create the table with openTableFormatInput and a partitionSpec to have it checked.",
        );
        return;
    }
    const input = look(() => props.openTableFormatInput?.icebergInput.icebergTableInput);
    const fields = input === unknown ? unknown : look(() => input?.partitionSpec?.fields ?? []);
    if (fields === unknown) {
        return;
    }
    const transforms = Array.from(fields.keys(), (index) => look(() => fields[index]!.transform));
    if (transforms.every((transform) => transform === "void")) {
        report(
            `Iceberg table "${name}" has no partition fields, so every query reads all of it. Add the columns that its ` +
                `queries filter by, for example the day of the event's time, to partitionSpec.fields. ${bronzeHint}`,
        );
    }
}

function checkStatement({ title, report }: JudgedQuery, statement: WritingStatement): void {
    if (statement.kind === "create") {
        if (statement.partitionKeys.length === 0) {
            report(
                `${title} creates table "${statement.table}" without partitions. Write PARTITIONED BY with the columns ` +
                    `that its queries filter by. If the table holds raw data, add TBLPROPERTIES ('lakeworks:zone' = 'bronze').`,
            );
        }
        for (const { name, type } of isIcebergStatement(statement) ? [] : statement.partitionKeys) {
            const fault = unprunable(name, type);
            if (fault !== undefined) {
                report(`${title} creates table "${statement.table}" with the partition key "${name}" ${fault}`);
            }
        }
    }
    if (statement.kind === "ctas") {
        const property = isIcebergStatement(statement) ? "partitioning" : "partitioned_by";
        if ((listProperty(statement.properties, property) ?? []).length === 0) {
            report(
                `${title} creates table "${statement.table}" without partitions. ` +
                    `Set ${property} = ARRAY['…'] in its WITH clause, with the columns that queries of the table filter ` +
                    `by${property === "partitioned_by" ? ", and select those columns last" : ""}.`,
            );
        }
    }
}
