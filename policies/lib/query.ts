/** What the rules need to know about queries that are kept in Athena: named queries and prepared statements. */
import { type Checks, type Judged } from "./resourceRule";
import { zoneParameter } from "./catalogTable";
import { readStatements, textProperty, type Unread, type WritingStatement } from "./sql";

/** A query that is kept, in front of a rule. */
export interface JudgedQuery {
    /** How messages name it: `Named query "monthly-summary"`. */
    readonly title: string;
    readonly report: (message: string) => void;
}

type QueryCheck<C extends object> = (query: JudgedQuery, statement: WritingStatement, config: C) => void;

/**
 * Checks for the two types of resources that keep a query, statement by statement. Tables of bronze are left out; so is what
 * cannot be read, which `parquet-output` tells of.
 */
export function queryChecks<C extends object = object>(
    check: QueryCheck<C>,
    onUnread: (
        query: JudgedQuery & { readonly advise: (message: string) => void },
        statement: Unread,
    ) => void = () => {},
): Checks<C> {
    const judge = async (judged: Judged<QueryType, C>, kind: string, sql: string): Promise<void> => {
        const query = {
            title: `${kind} "${judged.name}"`,
            report: (message: string) => judged.report(message),
            advise: (message: string) => judged.advise(message),
        };
        for (const statement of await readStatements(sql)) {
            if (statement.kind === "unread") {
                onUnread(query, statement);
            } else if (!isBronze(statement)) {
                check(query, statement, judged.config);
            }
        }
    };
    return {
        "aws:athena/namedQuery:NamedQuery": (judged) => judge(judged, "Named query", judged.props.query),
        "aws:athena/preparedStatement:PreparedStatement": (judged) =>
            judge(judged, "Prepared statement", judged.props.queryStatement),
    };
}

type QueryType = "aws:athena/namedQuery:NamedQuery" | "aws:athena/preparedStatement:PreparedStatement";

function isBronze(statement: WritingStatement): boolean {
    return statement.kind === "create" && textProperty(statement.properties, zoneParameter) === "BRONZE";
}
