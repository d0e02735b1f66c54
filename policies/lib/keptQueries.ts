/** The queries that a stack keeps in Athena, with what they write. */
import { readStatements, type WritingStatement } from "./sql";
import { type JudgedStack, known, type Member } from "./stackRule";

export interface KeptQuery {
    readonly member: Member;
    /** `Named query "…"` or `Prepared statement "…"`. */
    readonly title: string;
    /** Database in which a named query runs. */
    readonly database: string | undefined;
    readonly statements: readonly WritingStatement[];
}

/** Queries whose text is not known yet write nothing here. */
export async function keptQueries(stack: Pick<JudgedStack, "of">): Promise<readonly KeptQuery[]> {
    const named = stack.of("aws:athena/namedQuery:NamedQuery").map((member) => ({
        member,
        title: `Named query "${member.name}"`,
        database: known(() => member.props.database),
        sql: known(() => member.props.query),
    }));
    const prepared = stack.of("aws:athena/preparedStatement:PreparedStatement").map((member) => ({
        member,
        title: `Prepared statement "${member.name}"`,
        database: undefined,
        sql: known(() => member.props.queryStatement),
    }));
    return Promise.all(
        [...named, ...prepared].map(async ({ sql, ...query }) => ({
            ...query,
            statements: (await readStatements(sql ?? "")).filter((each) => each.kind !== "unread"),
        })),
    );
}
