/** What the rules need to know about an Athena named query before they judge it. */
import type { NamedQueryArgs } from "@pulumi/aws/athena/namedQuery";
import type { ReportViolation, ResourceValidationArgs } from "@pulumi/policy";
import type { Unwrap } from "@pulumi/pulumi";
import { advise } from "./advise";
import { honourExceptions } from "./exceptions";
import { Preview } from "./preview";
import { readStatements, type Statement } from "./sql";

export const namedQueryType = "aws:athena/namedQuery:NamedQuery";

/** A statement that the grammar could read. */
export type ReadStatement = Exclude<Statement, { readonly kind: "unread" }>;

/**
 * The statements of a named query that create a table or unload; one that cannot be read is reported as advisory.
 * An exception ends the rule as not applicable, a query not known yet as unknown.
 */
export async function writingStatements(
    args: ResourceValidationArgs,
    report: ReportViolation,
): Promise<{ readonly name: string; readonly statements: readonly ReadStatement[] }> {
    const query = args.props as Unwrap<NamedQueryArgs>;
    const known = new Preview().look(() => query.name);
    const name = typeof known === "string" ? known : args.name;
    honourExceptions(args, name);
    const statements = await readStatements(query.query);
    for (const statement of statements) {
        if (statement.kind === "unread") {
            advise(
                report,
                `Named query "${name}" creates a table or unloads in words that the rule cannot read ` +
                    `(${statement.problem}), so what it writes is not checked. Write it as CREATE TABLE … AS SELECT, ` +
                    "or declare the table as a resource.",
            );
        }
    }
    return { name, statements: statements.filter((each): each is ReadStatement => each.kind !== "unread") };
}

/** A property's value as it is to be shown and compared: upper case, `undefined` where it is not given. */
export function textProperty(statement: ReadStatement, property: string): string | undefined {
    if (!statement.properties.has(property)) {
        return undefined;
    }
    const value = statement.properties.get(property);
    return typeof value === "string" ? value.toUpperCase() : "an expression";
}
