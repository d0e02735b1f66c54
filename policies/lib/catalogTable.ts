/** What the rules need to know about a Glue catalog table before they judge it. */
import { unknown, type Preview } from "./preview";
import type { Judged } from "./resourceRule";
import type { Props } from "./resourceTypes";

export const catalogTableType = "aws:glue/catalogTable:CatalogTable";

export type CatalogTable = Props<typeof catalogTableType>;

/** Table parameter that says which zone of the lake a table belongs to. A table without it counts as silver. */
export const zoneParameter = "lakeworks:zone";

/** How a table leaves the rules for silver and gold; ends their messages. */
export const bronzeHint = `If the table holds raw data, set its parameter "${zoneParameter}" to "bronze".`;

type Look = Preview["look"];

/** A silver or gold table in front of a rule. */
export interface RefinedTable<C extends object = object> extends Judged<typeof catalogTableType, C> {
    readonly iceberg: boolean;
}

/**
 * A check of silver and gold tables. For whatever else a table resource is the rule is not applicable; where not even that is
 * known yet, it ends as unknown.
 */
export function tableCheck<C extends object>(check: (table: RefinedTable<C>) => void | Promise<void>) {
    return {
        [catalogTableType]: async (judged: Judged<typeof catalogTableType, C>): Promise<void> => {
            const reason = whyNotRefined(judged.props, judged.name);
            if (reason !== undefined) {
                judged.notApplicable(reason);
            }
            const iceberg = isIceberg(judged.props, judged.look);
            if (iceberg !== unknown) {
                await check({ ...judged, iceberg });
            }
        },
    };
}

/**
 * Why a table resource is no silver or gold table; undefined where it is one.
 * @throws the SDK's error where that is not known at preview
 */
export function whyNotRefined(table: CatalogTable, name: string): string | undefined {
    if (isGiven(table, "targetTable")) {
        return `"${name}" is a link to a table of another database`;
    }
    if (isView(table)) {
        return `"${name}" is a view: it stores no data`;
    }
    if (table.parameters?.[zoneParameter]?.toLowerCase() === "bronze") {
        return `"${name}" is a bronze table: raw data stays as it arrived`;
    }
    return undefined;
}

/** Is the table in Iceberg format, by the parameter that engines look at or by being created as one? */
export function isIceberg(table: CatalogTable, look: Look): boolean | typeof unknown {
    if (isGiven(table, "openTableFormatInput")) {
        return true;
    }
    const tableType = look(() => table.parameters?.["table_type"]);
    return tableType === unknown ? unknown : tableType?.toUpperCase() === "ICEBERG";
}

/** A property of an Iceberg table under the first of the names that engines take it by, with the name that is used. */
export function icebergProperty(
    table: CatalogTable,
    look: Look,
    names: readonly string[],
): { readonly name: string; readonly value: string } | undefined {
    for (const name of names) {
        const created = look(() => table.openTableFormatInput?.icebergInput.icebergTableInput?.properties?.[name]);
        const value = created ?? look(() => table.parameters?.[name]);
        if (typeof value === "string") {
            return { name, value };
        }
    }
    return undefined;
}

function isView(table: CatalogTable): boolean {
    if (isGiven(table, "viewDefinition")) {
        return true;
    }
    // What the provider gives back, as stack rules see it, has empty texts for what is not set.
    return (table.tableType ?? "") === ""
        ? isGiven(table, "viewOriginalText")
        : table.tableType?.toUpperCase() === "VIRTUAL_VIEW";
}

/** Is a property there, be it known yet or not? Asked without reading it, as unknown values throw. */
function isGiven(table: CatalogTable, property: keyof CatalogTable): boolean {
    if (!Object.hasOwn(table, property)) {
        return false;
    }
    const descriptor = Object.getOwnPropertyDescriptor(table, property)?.value as unknown;
    return descriptor !== undefined && descriptor !== null && descriptor !== "";
}
