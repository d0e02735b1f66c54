/** Named queries and prepared statements of a workgroup. */
import { randomUUID } from "node:crypto";
import type * as athena from "@aws-sdk/client-athena";
import { AwsError, type Operations } from "../protocol/operations";
import { invalid, pageOf, pageSize, required } from "./errors";
import { preparedKey, type AthenaStore, type StoredNamedQuery, type StoredPreparedStatement } from "./state";
import { findWorkGroup } from "./workgroups";

/** https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */
const longestQuery = 262_144;

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_CreatePreparedStatement.html */
const statementName = /^[a-zA-Z_][a-zA-Z0-9_@:]{1,255}$/;

export function checkQueryText(text: string): string {
    if (Buffer.byteLength(text) > longestQuery) throw invalid(`The query has more than ${longestQuery} bytes.`);
    return text;
}

export function namedQueryOperations(store: AthenaStore): Operations {
    const { namedQueries } = store.state;
    const find = (id: string | undefined): StoredNamedQuery => {
        const wanted = required(id, "namedQueryId");
        const query = Object.hasOwn(namedQueries, wanted) ? namedQueries[wanted] : undefined;
        if (query === undefined) throw invalid(`NamedQuery ${wanted} was not found`);
        return query;
    };
    return {
        CreateNamedQuery: (input: athena.CreateNamedQueryInput) => {
            const workGroup = findWorkGroup(store, input.WorkGroup).name;
            const token = input.ClientRequestToken;
            const same =
                token === undefined ? undefined : Object.values(namedQueries).find((query) => query.token === token);
            if (same) return { NamedQueryId: same.id };
            const query: StoredNamedQuery = {
                id: randomUUID(),
                name: required(input.Name, "name"),
                description: input.Description,
                database: required(input.Database, "database"),
                query: checkQueryText(required(input.QueryString, "queryString")),
                workGroup,
                token,
            };
            namedQueries[query.id] = query;
            store.changed();
            return { NamedQueryId: query.id };
        },
        GetNamedQuery: (input: athena.GetNamedQueryInput) => ({ NamedQuery: describeNamed(find(input.NamedQueryId)) }),
        BatchGetNamedQuery: (input: athena.BatchGetNamedQueryInput) => {
            const ids = required(input.NamedQueryIds, "namedQueryIds");
            const missing = ids.filter((id) => !Object.hasOwn(namedQueries, id));
            return {
                NamedQueries: ids.filter((id) => !missing.includes(id)).map((id) => describeNamed(find(id))),
                UnprocessedNamedQueryIds: missing.map((NamedQueryId) => ({
                    NamedQueryId,
                    ErrorCode: "INVALID_INPUT",
                    ErrorMessage: `NamedQuery ${NamedQueryId} was not found`,
                })),
            };
        },
        ListNamedQueries: (input: athena.ListNamedQueriesInput) => {
            const { name } = findWorkGroup(store, input.WorkGroup);
            const ids = Object.values(namedQueries)
                .filter(({ workGroup }) => workGroup === name)
                .map(({ id }) => id);
            const { page, next } = pageOf(ids, input.NextToken, pageSize(input.MaxResults, 50, 0));
            return { NamedQueryIds: page, NextToken: next };
        },
        UpdateNamedQuery: (input: athena.UpdateNamedQueryInput) => {
            const query = find(input.NamedQueryId);
            query.name = required(input.Name, "name");
            query.query = checkQueryText(required(input.QueryString, "queryString"));
            query.description = input.Description ?? query.description;
            store.changed();
            return {};
        },
        DeleteNamedQuery: (input: athena.DeleteNamedQueryInput) => {
            delete namedQueries[find(input.NamedQueryId).id];
            store.changed();
            return {};
        },
    };
}

function describeNamed(query: StoredNamedQuery): athena.NamedQuery {
    return {
        Name: query.name,
        Description: query.description,
        Database: query.database,
        QueryString: query.query,
        NamedQueryId: query.id,
        WorkGroup: query.workGroup,
    };
}

function describePrepared(statement: StoredPreparedStatement): athena.PreparedStatement {
    return {
        StatementName: statement.name,
        QueryStatement: statement.query,
        WorkGroupName: statement.workGroup,
        Description: statement.description,
        LastModifiedTime: new Date(statement.modified),
    };
}

/** Prepared statements by workgroup and name, for the API and for PREPARE, EXECUTE and DEALLOCATE. */
export class PreparedStatements {
    constructor(private readonly store: AthenaStore) {}

    find(workGroup: string, name: string): StoredPreparedStatement | undefined {
        const { preparedStatements } = this.store.state;
        const key = preparedKey(workGroup, name);
        return Object.hasOwn(preparedStatements, key) ? preparedStatements[key] : undefined;
    }

    put(statement: Omit<StoredPreparedStatement, "modified">): void {
        const { workGroup, name } = statement;
        this.store.state.preparedStatements[preparedKey(workGroup, name)] = { ...statement, modified: Date.now() };
        this.store.changed();
    }

    remove(workGroup: string, name: string): void {
        delete this.store.state.preparedStatements[preparedKey(workGroup, name)];
        this.store.changed();
    }

    operations(): Operations {
        const wanted = (input: { StatementName?: string; WorkGroup?: string }) => ({
            name: required(input.StatementName, "statementName"),
            workGroup: findWorkGroup(this.store, required(input.WorkGroup, "workGroup")).name,
        });
        const found = (input: { StatementName?: string; WorkGroup?: string }): StoredPreparedStatement => {
            const { name, workGroup } = wanted(input);
            const statement = this.find(workGroup, name);
            if (statement) return statement;
            throw new AwsError(
                "ResourceNotFoundException",
                `PreparedStatement ${name} was not found in workGroup ${workGroup}`,
            );
        };
        return {
            CreatePreparedStatement: (input: athena.CreatePreparedStatementInput) => {
                const { name, workGroup } = wanted(input);
                if (!statementName.test(name)) {
                    throw invalid(
                        `1 validation error detected: Value '${name}' at 'statementName' failed to satisfy constraint: ` +
                            `Member must satisfy regular expression pattern: [a-zA-Z_][a-zA-Z0-9_@:]{1,256}`,
                    );
                }
                if (this.find(workGroup, name))
                    throw invalid(`PreparedStatement ${name} already exists in WorkGroup ${workGroup}`);
                const query = checkQueryText(required(input.QueryStatement, "queryStatement"));
                this.put({ name, workGroup, query, description: input.Description });
                return {};
            },
            GetPreparedStatement: (input: athena.GetPreparedStatementInput) => ({
                PreparedStatement: describePrepared(found(input)),
            }),
            BatchGetPreparedStatement: (input: athena.BatchGetPreparedStatementInput) => {
                const { name: workGroup } = findWorkGroup(this.store, required(input.WorkGroup, "workGroup"));
                const names = required(input.PreparedStatementNames, "preparedStatementNames");
                return {
                    PreparedStatements: names
                        .map((name) => this.find(workGroup, name))
                        .filter((statement) => statement !== undefined)
                        .map(describePrepared),
                    UnprocessedPreparedStatementNames: names
                        .filter((name) => this.find(workGroup, name) === undefined)
                        .map((StatementName) => ({
                            StatementName,
                            ErrorCode: "STATEMENT_NOT_FOUND",
                            ErrorMessage: `PreparedStatement ${StatementName} was not found in workGroup ${workGroup}`,
                        })),
                };
            },
            ListPreparedStatements: (input: athena.ListPreparedStatementsInput) => {
                const { name } = findWorkGroup(this.store, required(input.WorkGroup, "workGroup"));
                const all = Object.values(this.store.state.preparedStatements).filter(
                    ({ workGroup }) => workGroup === name,
                );
                const { page, next } = pageOf(all, input.NextToken, pageSize(input.MaxResults, 50));
                return {
                    PreparedStatements: page.map((one) => ({
                        StatementName: one.name,
                        LastModifiedTime: new Date(one.modified),
                    })),
                    NextToken: next,
                };
            },
            UpdatePreparedStatement: (input: athena.UpdatePreparedStatementInput) => {
                const { name, workGroup, description } = found(input);
                const query = checkQueryText(required(input.QueryStatement, "queryStatement"));
                this.put({ name, workGroup, query, description: input.Description ?? description });
                return {};
            },
            DeletePreparedStatement: (input: athena.DeletePreparedStatementInput) => {
                const { name, workGroup } = found(input);
                this.remove(workGroup, name);
                return {};
            },
        };
    }
}
