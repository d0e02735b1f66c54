/**
 * What a Glue operation needs rights on. A catalog's are checked on the resource and all above it:
 * https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html
 */

/** Operations on a table by the member that names it; others say `TableName`. */
const tableMembers: Readonly<Record<string, string>> = { GetTable: "Name", DeleteTable: "Name" };
const databaseOperations = new Set(["GetDatabase", "UpdateDatabase", "DeleteDatabase"]);

/** Resources that are not the catalog's, by the operation's end and the member with their name. */
const others: readonly (readonly [RegExp, string, string])[] = [
    [/JobRuns?$|Job$/, "JobName", "job"],
    [/Connection$/, "Name", "connection"],
    [/Crawler$/, "Name", "crawler"],
    [/DataQualityRuleset$/, "Name", "dataQualityRuleset"],
];

/** @param arn makes an ARN of a Glue resource. @returns `*` where the operation names none */
export function glueResources(
    operation: string,
    input: Readonly<Record<string, unknown>>,
    arn: (resource: string) => string,
): string[] {
    const text = (name: string) => (typeof input[name] === "string" ? input[name].toLowerCase() : undefined);
    const database = text("DatabaseName") ?? (databaseOperations.has(operation) ? text("Name") : undefined);
    if (database !== undefined) {
        const ofInput = (input.TableInput as { Name?: string } | undefined)?.Name?.toLowerCase();
        const table = text(tableMembers[operation] ?? "TableName") ?? ofInput;
        const above = [arn("catalog"), arn(`database/${database}`)];
        // A list of tables shows those that the caller may list, and so needs no right on any of them.
        return table === undefined ? above : [...above, arn(`table/${database}/${table}`)];
    }
    for (const [operations, member, kind] of others) {
        const name = input[member];
        if (operations.test(operation) && typeof name === "string") return [arn(`${kind}/${name}`)];
    }
    return ["*"];
}
