import { type RefinedTable, tableCheck } from "../lib/catalogTable";
import { manyValues } from "../lib/partitionKeys";
import { unknown } from "../lib/preview";
import { projectedPartitions } from "../lib/projection";
import { queryChecks, type JudgedQuery } from "../lib/query";
import { resourceRule } from "../lib/resourceRule";
import { isIcebergStatement, listProperty, type WritingStatement } from "../lib/sql";

interface Config {
    readonly maxLevels: number;
    readonly maxPartitions: number;
    readonly allowedKeys: readonly string[];
}

export const boundedPartitions = resourceRule<Config>(
    {
        name: "bounded-partitions",
        displayName: "Tables have few enough partitions",
        description: "Silver and gold tables are not cut into more partitions than queries can plan with.",
        severity: "medium",
        tags: ["cost", "performance"],
        url: "https://docs.aws.amazon.com/athena/latest/ug/ctas-partitioning-and-bucketing-where-to-use.html",
        remediationSteps:
            "Partition by what queries filter by and what has at most some thousand values, in three levels or fewer. " +
            "Sort the files by the others, or use bucketing or an Iceberg bucket transform for identifiers.",
        config: {
            maxLevels: { type: "integer", minimum: 1, default: 3, description: "Most partition keys of a table." },
            maxPartitions: {
                type: "integer",
                minimum: 1,
                // Athena reads no more in one scan: https://docs.aws.amazon.com/athena/latest/ug/service-limits.html
                default: 1_000_000,
                description: "Most partitions that a table's projection may yield.",
            },
            allowedKeys: {
                type: "array",
                items: { type: "string" },
                default: [],
                description: "Keys that look like identifiers and have few values, for example tenant_id.",
            },
        },
    },
    { ...tableCheck<Config>(checkTable), ...queryChecks<Config>(checkStatement) },
);

function checkTable(table: RefinedTable<Config>): void {
    const keys = table.iceberg ? icebergKeys(table) : hiveKeys(table);
    if (keys !== unknown) {
        checkKeys(`Table "${table.name}"`, keys, table.config, table.report);
    }
    const { props, look, config, name, report } = table;
    const partitions = look(() => projectedPartitions(props.parameters ?? {}));
    if (typeof partitions === "number" && partitions > config.maxPartitions) {
        report(
            `Table "${name}" has a projection that yields ${partitions.toLocaleString("en-US")} partitions, more than ` +
                `${config.maxPartitions.toLocaleString("en-US")}. Narrow the ranges in its parameters ` +
                `"projection.<key>.range", or project fewer keys.`,
        );
    }
}

interface Key {
    readonly name: string;
    readonly type?: string;
}

function hiveKeys({ props, look }: RefinedTable<Config>): readonly Key[] | typeof unknown {
    return look(() => (props.partitionKeys ?? []).map(({ name, type }) => ({ name, type })));
}

/** The source columns of the fields that keep a value as it is; other transforms bound the number of values. */
function icebergKeys({ props, look }: RefinedTable<Config>): readonly Key[] | typeof unknown {
    return look(() => {
        const input = props.openTableFormatInput?.icebergInput.icebergTableInput;
        const columns = new Map((input?.schema.fields ?? []).map((field) => [field.id, field]));
        return (input?.partitionSpec?.fields ?? [])
            .filter(({ transform }) => transform !== "void")
            .map(({ name, sourceId, transform }) => {
                const column = columns.get(sourceId);
                // Iceberg's schema has its types as JSON.
                const type = column?.type.replaceAll('"', "");
                return transform === "identity" ? { name: column?.name ?? name, type } : { name: "" };
            });
    });
}

function checkStatement({ title, report }: JudgedQuery, statement: WritingStatement, config: Config): void {
    if (statement.kind === "create") {
        checkKeys(`${title}: table "${statement.table}"`, statement.partitionKeys.map(bare), config, report);
    }
    if (statement.kind === "ctas") {
        const property = isIcebergStatement(statement) ? "partitioning" : "partitioned_by";
        const keys = listProperty(statement.properties, property) ?? [];
        checkKeys(
            `${title}: table "${statement.table}"`,
            keys.map((name) => bare({ name })),
            config,
            report,
        );
    }
}

/** A transform, `bucket(customer_id, 16)`, bounds the number of values: it counts as a level, not as an identifier. */
function bare(key: Key): Key {
    return key.name.includes("(") ? { name: "" } : key;
}

function checkKeys(subject: string, keys: readonly Key[], config: Config, report: (message: string) => void): void {
    if (keys.length > config.maxLevels) {
        report(
            `${subject} has ${keys.length} levels of partitions, more than ${config.maxLevels}: each level multiplies ` +
                "their number, and files become too small. Keep the keys that most queries filter by, and sort the " +
                "files by the others.",
        );
    }
    for (const { name, type } of keys.filter((key) => !config.allowedKeys.includes(key.name))) {
        const fault = manyValues(name, type);
        if (fault !== undefined) {
            report(
                `${subject} is partitioned by "${name}", and so ${fault}. Partition by a part of it (its day, its ` +
                    `region), bucket by it, or sort by it. If it has few values, add it to the rule's allowedKeys.`,
            );
        }
    }
}
