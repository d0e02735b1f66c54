/** The form that the rules for silver and gold share: one check per kind of resource that makes a table. */
import type { ReportViolation, ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";
import { type CatalogTable, catalogTableType, isIceberg, refinedTable } from "./catalogTable";
import { namedQueryType } from "./namedQuery";
import { Preview } from "./preview";

type TableCheck = (table: CatalogTable, name: string, preview: Preview, report: ReportViolation) => void;

export interface TableChecks {
    readonly hive: TableCheck;
    readonly iceberg: TableCheck;
    namedQuery(args: ResourceValidationArgs, report: ReportViolation): Promise<void>;
}

export function tableRule(checks: TableChecks): ResourceValidation {
    return async (args, report) => {
        switch (args.type) {
            case catalogTableType:
                return checkTable(args, report, checks);
            case namedQueryType:
                return checks.namedQuery(args, report);
            default:
                args.notApplicable("the rule is for Glue catalog tables and Athena named queries");
        }
    };
}

function checkTable(args: ResourceValidationArgs, report: ReportViolation, checks: TableChecks): void {
    const { table, name } = refinedTable(args);
    const preview = new Preview();
    const iceberg = isIceberg(table, preview);
    if (iceberg === true) {
        checks.iceberg(table, name, preview, report);
    } else if (iceberg === false) {
        checks.hive(table, name, preview, report);
    }
    preview.settle();
}
