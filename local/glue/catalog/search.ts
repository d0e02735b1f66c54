/** SearchTables: https://docs.aws.amazon.com/glue/latest/webapi/API_SearchTables.html */
import type { PropertyPredicate, SearchTablesRequest, SortCriterion } from "@aws-sdk/client-glue";
import { AwsError, type Operations } from "../../protocol/operations";
import { pageOf } from "../../protocol/pages";
import { refuseMembers, type Catalog, type StoredTable } from "./state";

const largestPage = 1000;

export function searchOperations(catalog: Catalog): Operations {
    return {
        SearchTables: (input: SearchTablesRequest) => {
            catalog.checkCatalog(input);
            refuseMembers(input, "ResourceShareType", "IncludeStatusDetails");
            const conditions = (input.Filters ?? []).map(conditionOf);
            if (input.SearchText) conditions.push(textCondition(input.SearchText));
            const found = Object.values(catalog.databases())
                .flatMap((database) => Object.values(catalog.tablesOf(database)))
                .map(({ table }) => table)
                .filter((table) => conditions.every((holds) => holds(table)));
            const sorted = found.sort(order(input.SortCriteria?.[0]));
            const page = pageOf(sorted, input.NextToken, Math.min(input.MaxResults ?? 100, largestPage));
            return { TableList: page.items, NextToken: page.nextToken };
        },
    };
}

type Condition = (table: StoredTable) => boolean;

/** In quotes the text is a whole value; otherwise it is anywhere in one. */
function textCondition(given: string): Condition {
    const exact = /^(["'])(.*)\1$/s.exec(given)?.[2];
    const wanted = (exact ?? given).toLowerCase();
    return (table) =>
        textsOf(table).some((text) =>
            exact === undefined ? text.toLowerCase().includes(wanted) : text.toLowerCase() === wanted,
        );
}

function textsOf({ Name, Description, StorageDescriptor, PartitionKeys = [], Parameters = {} }: StoredTable): string[] {
    const columns = [...(StorageDescriptor?.Columns ?? []), ...PartitionKeys];
    const texts = [Name, Description, ...columns.flatMap((column) => [column.Name, column.Comment])];
    return [...texts, ...Object.values(Parameters)].filter((text): text is string => typeof text === "string");
}

/** @throws InvalidInputException for a time that is none */
function conditionOf({ Key = "", Value = "", Comparator = "EQUALS" }: PropertyPredicate): Condition {
    if (!isTime(Key)) {
        const wanted = Value.toLowerCase();
        return (table) => {
            const text = propertyOf(table, Key)?.toString().toLowerCase();
            return text !== undefined && (text === wanted || text.split(/[-_:#./\s]/).includes(wanted));
        };
    }
    const wanted = /^\d+(?:\.\d+)?$/.test(Value) ? Number(Value) : Date.parse(Value) / 1000;
    if (Number.isNaN(wanted)) throw new AwsError("InvalidInputException", `${Key}: '${Value}' is no time.`);
    return (table) => {
        const time = Number(propertyOf(table, Key));
        if (Comparator === "EQUALS") return time === wanted;
        if (Comparator.endsWith("_EQUALS") && time === wanted) return true;
        return Comparator.startsWith("GREATER") ? time > wanted : time < wanted;
    };
}

const times = ["CreateTime", "UpdateTime", "LastAccessTime", "LastAnalyzedTime"] as const;
const texts = ["Name", "DatabaseName", "Description", "Owner", "TableType", "CreatedBy", "CatalogId"] as const;

function isTime(key: string): key is (typeof times)[number] {
    return (times as readonly string[]).includes(key);
}

/** A member of the table, or one of its parameters. */
function propertyOf(table: StoredTable, key: string): string | number | undefined {
    const member = [...times, ...texts].find((name) => name.toLowerCase() === key.toLowerCase());
    return member === undefined ? table.Parameters?.[key] : table[member];
}

function order({ FieldName = "Name", Sort = "ASC" }: SortCriterion = {}): (a: StoredTable, b: StoredTable) => number {
    const direction = Sort === "DESC" ? -1 : 1;
    return (a, b) => {
        const [left, right] = [propertyOf(a, FieldName) ?? "", propertyOf(b, FieldName) ?? ""];
        return left === right ? 0 : left < right ? -direction : direction;
    };
}
