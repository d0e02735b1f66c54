import { type RefinedTable, tableCheck } from "../lib/catalogTable";
import { list } from "../lib/list";
import { unknown } from "../lib/preview";
import { queryChecks, type JudgedQuery } from "../lib/query";
import { resourceRule } from "../lib/resourceRule";
import { listProperty, type Properties, type WritingStatement } from "../lib/sql";

interface Config {
    readonly maxBuckets: number;
}

export const soundBucketing = resourceRule<Config>(
    {
        name: "sound-bucketing",
        displayName: "Bucketing is whole",
        description: "A bucketed table names its bucket columns and how many buckets there are, and not too many.",
        severity: "medium",
        tags: ["cost", "performance"],
        url: "https://docs.aws.amazon.com/athena/latest/ug/ctas-partitioning-and-bucketing-what-is-bucketing.html",
        remediationSteps:
            "Give bucket columns and number of buckets together, columns that are no partition keys, and so few buckets " +
            "that each file of each partition has 100 MB or more; or do without bucketing.",
        config: {
            maxBuckets: {
                type: "integer",
                minimum: 1,
                default: 128,
                description: "Most buckets: each is a file in every partition.",
            },
        },
    },
    { ...tableCheck<Config>(checkTable), ...queryChecks<Config>(checkStatement) },
);

interface Bucketing {
    readonly columns: readonly string[];
    /** Undefined where it is not given, or no number. */
    readonly count: number | undefined;
    readonly partitionKeys: readonly string[];
    /** Undefined where the columns of the table are not known. */
    readonly tableColumns?: readonly string[];
}

function checkTable({ props, name, look, config, report }: RefinedTable<Config>): void {
    const bucketing = look((): Bucketing => {
        const storage = props.storageDescriptor;
        const count = storage?.numberOfBuckets ?? 0;
        return {
            columns: (storage?.bucketColumns ?? []).map((column) => column),
            count: count > 0 ? count : undefined,
            partitionKeys: (props.partitionKeys ?? []).map((key) => key.name),
            tableColumns: storage?.columns?.map((column) => column.name),
        };
    });
    if (bucketing !== unknown) {
        const names = { columns: "storageDescriptor.bucketColumns", count: "storageDescriptor.numberOfBuckets" };
        for (const fault of faultsOf(bucketing, names, config)) {
            report(`Table "${name}" ${fault}`);
        }
    }
}

function checkStatement({ title, report }: JudgedQuery, statement: WritingStatement, config: Config): void {
    const faults = (bucketing: Bucketing, names: Names) => faultsOf(bucketing, names, config);
    if (statement.kind === "ctas" || statement.kind === "unload") {
        const { properties } = statement;
        const bucketing = {
            columns: listProperty(properties, "bucketed_by") ?? [],
            count: numberProperty(properties, "bucket_count"),
            partitionKeys: listProperty(properties, "partitioned_by") ?? [],
        };
        const target = statement.kind === "ctas" ? `creates table "${statement.table}"` : "unloads";
        for (const fault of faults(bucketing, { columns: "bucketed_by", count: "bucket_count" })) {
            report(`${title} ${target}, which ${fault}`);
        }
    }
    if (statement.kind === "create" && statement.buckets !== undefined) {
        const bucketing = { ...statement.buckets, partitionKeys: statement.partitionKeys.map((key) => key.name) };
        for (const fault of faults(bucketing, { columns: "CLUSTERED BY", count: "INTO … BUCKETS" })) {
            report(`${title} creates table "${statement.table}", which ${fault}`);
        }
    }
}

/** How the two halves of bucketing are written where the fault is. */
interface Names {
    readonly columns: string;
    readonly count: string;
}

function faultsOf({ columns, count, partitionKeys, tableColumns }: Bucketing, names: Names, config: Config): string[] {
    const faults: string[] = [];
    if (columns.length > 0 && count === undefined) {
        faults.push(
            `is bucketed by ${list(columns)} into no number of buckets. Set ${names.count}, or leave bucketing out.`,
        );
    }
    if (columns.length === 0 && (count ?? 0) > 1) {
        faults.push(`has ${count} buckets of no column. Set ${names.columns}, or leave bucketing out.`);
    }
    if ((count ?? 0) > config.maxBuckets) {
        faults.push(
            `has ${count} buckets, more than ${config.maxBuckets}: each is a file in every partition, and small ` +
                `files cost more requests than the buckets save. Lower ${names.count}.`,
        );
    }
    for (const column of columns) {
        if (partitionKeys.includes(column)) {
            faults.push(
                `is bucketed by its own partition key "${column}", of which each partition has one value. ` +
                    `Take another column in ${names.columns}.`,
            );
        } else if (tableColumns !== undefined && !tableColumns.includes(column)) {
            faults.push(`is bucketed by "${column}", which is none of its columns. Correct ${names.columns}.`);
        }
    }
    return faults;
}

function numberProperty(properties: Properties, name: string): number | undefined {
    const value = Number(properties.get(name));
    return Number.isInteger(value) && value > 0 ? value : undefined;
}
