import { known, look, sources, stackRule } from "../lib/stackRule";
import { tablesOf, type DeclaredTable } from "../lib/tables";
import { isIceberg } from "../lib/catalogTable";

interface Config {
    readonly fromPartitions: number;
    readonly fromGiB: number;
}

/** Table parameter that states how many partitions a table is going to have. */
const partitionsParameter = "lakeworks:partitions";
/** Table parameters that state a size in bytes: a crawler's, and Hive's. */
const sizeParameters = ["sizeKey", "totalSize"];

export const partitionLookup = stackRule<Config>(
    {
        name: "partition-lookup",
        displayName: "Large tables find their partitions fast",
        description: "A table with many partitions has a partition index or partition projection.",
        severity: "medium",
        tags: ["cost", "performance"],
        url: "https://docs.aws.amazon.com/athena/latest/ug/glue-best-practices.html",
        remediationSteps:
            "Declare the table with LakeTable, or give it partitionIndices over its keys together with the parameter " +
            'partition_filtering.enabled = "true", or partition projection.',
        config: {
            fromPartitions: {
                type: "integer",
                minimum: 0,
                default: 1000,
                description: `Stated partitions (parameter ${partitionsParameter}) above which it is needed.`,
            },
            fromGiB: {
                type: "number",
                minimum: 0,
                default: 100,
                description: `Stated size (parameter ${sizeParameters.join(" or ")}, in bytes) above which it is needed.`,
            },
        },
    },
    (stack) => {
        for (const table of tablesOf(stack, "of").filter(({ refined }) => refined)) {
            const size = statedSize(table, stack.config);
            const { props } = table.member;
            if (size === undefined || isIceberg(props, look) !== false) {
                continue; // Iceberg finds its files by its own metadata.
            }
            const projected = known(() => props.parameters?.["projection.enabled"]?.toLowerCase() === "true");
            const indexed =
                (known(() => props.partitionIndices?.length ?? 0) ?? 1) > 0 ||
                stack
                    .every("aws:glue/partitionIndex:PartitionIndex")
                    .some(
                        (index) =>
                            known(() => index.props.tableName) === table.name ||
                            sources(index, "tableName").some(({ urn }) => urn === table.member.urn),
                    );
            if (projected !== true && !indexed) {
                stack.report(
                    table.member,
                    `Table "${table.name}" states ${size}, and has neither a partition index nor projection: each query ` +
                        "asks Glue for all partitions. Add partitionIndices over its partition keys and the parameter " +
                        '"partition_filtering.enabled" = "true".',
                );
            } else if (
                projected !== true &&
                look(() => props.parameters?.["partition_filtering.enabled"]?.toLowerCase() ?? "false") === "false"
            ) {
                stack.report(
                    table.member,
                    `Table "${table.name}" states ${size}, and has a partition index that Athena does not ask. ` +
                        'Set its parameter "partition_filtering.enabled" to "true".',
                );
            }
        }
    },
);

/** What a table states of its size where that is above the limits. */
function statedSize({ member: { props } }: DeclaredTable, { fromPartitions, fromGiB }: Config): string | undefined {
    const partitions = Number(known(() => props.parameters?.[partitionsParameter]));
    if (partitions > fromPartitions) {
        return `${partitions.toLocaleString("en-US")} partitions`;
    }
    const bytes = Math.max(...sizeParameters.map((name) => Number(known(() => props.parameters?.[name]) ?? 0)));
    return bytes > fromGiB * 1024 ** 3 ? `${Math.round(bytes / 1024 ** 3).toLocaleString("en-US")} GiB` : undefined;
}
