/** What the rules need to know about a Glue catalog table before they judge it. */
import type { CatalogTableArgs } from "@pulumi/aws/glue/catalogTable";
import type { ResourceValidationArgs } from "@pulumi/policy";
import type { Unwrap } from "@pulumi/pulumi";
import { honourExceptions } from "./exceptions";
import { Preview, unknown } from "./preview";

export const catalogTableType = "aws:glue/catalogTable:CatalogTable";

export type CatalogTable = Unwrap<CatalogTableArgs>;

/** Table parameter that says which zone of the lake a table belongs to. A table without it counts as silver. */
export const zoneParameter = "lakeworks:zone";

/** How a table leaves the rules for silver and gold; ends their messages. */
export const bronzeHint = `If the table holds raw data, set its parameter "${zoneParameter}" to "bronze".`;

/** The table's name; the resource's where the table gets its name only in the update. */
export function tableName(args: ResourceValidationArgs): string {
    const table = args.props as CatalogTable;
    const name = new Preview().look(() => table.name);
    return typeof name === "string" ? name : args.name;
}

/**
 * The silver or gold table to judge. Whatever else the resource is ends the rule as not applicable: a view, a link to
 * another table, a bronze table, an exception. A table of which even that is not known yet ends it as unknown.
 */
export function refinedTable(args: ResourceValidationArgs): { readonly table: CatalogTable; readonly name: string } {
    const table = args.props as CatalogTable;
    const name = tableName(args);
    honourExceptions(args, name);
    if (Object.hasOwn(table, "targetTable")) {
        args.notApplicable(`"${name}" is a link to a table of another database`);
    }
    if (isView(table)) {
        args.notApplicable(`"${name}" is a view: it stores no data`);
    }
    if (table.parameters?.[zoneParameter] === "bronze") {
        args.notApplicable(`"${name}" is a bronze table: raw data stays as it arrived`);
    }
    return { table, name };
}

/** Is the table in Iceberg format, by the parameter that engines look at or by being created as one? */
export function isIceberg(table: CatalogTable, preview: Preview): boolean | typeof unknown {
    if (Object.hasOwn(table, "openTableFormatInput")) {
        return true;
    }
    const tableType = preview.look(() => table.parameters?.["table_type"]);
    return tableType === unknown ? unknown : tableType?.toUpperCase() === "ICEBERG";
}

function isView(table: CatalogTable): boolean {
    if (Object.hasOwn(table, "viewDefinition")) {
        return true;
    }
    return table.tableType === undefined
        ? Object.hasOwn(table, "viewOriginalText")
        : table.tableType.toUpperCase() === "VIRTUAL_VIEW";
}
