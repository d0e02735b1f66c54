/** The tables that a stack declares, and how names and places lead to them. */
import { catalogTableType, whyNotRefined } from "./catalogTable";
import { known, look, sources, type JudgedStack, type Member } from "./stackRule";
import { placeOf } from "./location";
import { unknown } from "./preview";

export interface DeclaredTable {
    readonly member: Member<typeof catalogTableType>;
    readonly name: string;
    readonly database: string | undefined;
    /** Place of its files, as `placeOf` gives it; undefined where it is not known yet. */
    readonly place: string | undefined;
    /** URNs of the resources that its storage is made from. */
    readonly sources: readonly string[];
    /** Is it a table of silver or gold? Not where that is not known. */
    readonly refined: boolean;
}

type Stack = Pick<JudgedStack, "of" | "every">;

/** Tables with data of their own. @param which `of` leaves the rule's exceptions out */
export function tablesOf(stack: Stack, which: keyof Stack = "every"): readonly DeclaredTable[] {
    return stack[which](catalogTableType).flatMap((member) => {
        const reason = look(() => whyNotRefined(member.props, member.name));
        const data = reason === undefined || reason === unknown || reason.includes("bronze table");
        const location = known(
            () =>
                member.props.storageDescriptor?.location ??
                member.props.openTableFormatInput?.icebergInput.icebergTableInput?.location,
        );
        const database = known(() => member.props.databaseName);
        const table = {
            member,
            name: member.name,
            database,
            place: location === undefined ? undefined : placeOf(location),
            sources: sources(member, "storageDescriptor").map(({ urn }) => urn),
            refined: reason === undefined,
        };
        return data ? [table] : [];
    });
}

/** The table's own name, in lower case: `"lake"."Sales"` and `lake.sales` → `sales`. */
export function tableNameOf(text: string): string {
    return (text.split(".").at(-1) ?? "").replaceAll(/["`]/g, "").toLowerCase();
}

/** Does a name as SQL has it mean the table? One without a database is taken to mean the query's own. */
export function isNamed(table: DeclaredTable, text: string, database?: string): boolean {
    const parts = text.replaceAll(/["`]/g, "").toLowerCase().split(".");
    const named = parts.length > 1 ? parts.at(-2) : database?.toLowerCase();
    return (
        parts.at(-1) === table.name.toLowerCase() &&
        (named === undefined || table.database === undefined || named === table.database.toLowerCase())
    );
}
