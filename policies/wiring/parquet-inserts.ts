import { isIceberg } from "../lib/catalogTable";
import { keptQueries } from "../lib/keptQueries";
import { isParquetWord } from "../lib/parquet";
import { known, look, stackRule } from "../lib/stackRule";
import { isNamed, tablesOf } from "../lib/tables";

export const parquetInserts = stackRule(
    {
        name: "parquet-inserts",
        displayName: "Queries insert into Parquet",
        description: "What queries of the stack insert is stored as Parquet.",
        severity: "high",
        tags: ["cost", "performance"],
        url: "https://docs.aws.amazon.com/athena/latest/ug/insert-into.html",
        remediationSteps:
            "Insert into a table of Parquet or Iceberg. Raw tables are for what arrives, not for what queries compute.",
    },
    async (stack) => {
        const tables = tablesOf(stack);
        for (const { member, title, database, statements } of await keptQueries(stack)) {
            for (const statement of statements) {
                const table =
                    statement.kind === "insert" && tables.find((each) => isNamed(each, statement.table, database));
                if (!table || look(() => isIceberg(table.member.props, look)) !== false) {
                    continue;
                }
                const serde = known(() => table.member.props.storageDescriptor?.serDeInfo?.serializationLibrary);
                if (serde !== undefined && !isParquetWord(serde)) {
                    stack.report(
                        member,
                        `${title} inserts into table "${table.name}", whose rows are stored by "${serde}" and not as Parquet. ` +
                            "Insert into a Parquet or Iceberg table, or make this table one.",
                    );
                }
            }
        }
    },
);
