/** The rule types of DQDL, and what each is written with: https://docs.aws.amazon.com/glue/latest/dg/dqdl-rule-types.html */

export interface RuleType {
    /** How many parameters the rule takes: least and most. */
    readonly parameters: readonly [least: number, most: number];
    /** Whether the parameters are columns of the table. */
    readonly columns: boolean;
    /** Whether a condition follows, as in `> 0` or `between 1 and 9`. */
    readonly condition: "needed" | "none" | "possible";
    readonly example: string;
}

const column = { parameters: [1, 1], columns: true } as const;
const table = { parameters: [0, 0], columns: false } as const;
const reference = { parameters: [1, 1], columns: false, condition: "needed" } as const;
const file = { parameters: [0, 1], columns: false, condition: "possible" } as const;

export const ruleTypes: Readonly<Record<string, RuleType>> = {
    AggregateMatch: { ...reference, parameters: [2, 2], example: 'AggregateMatch "sum(a)" "sum(reference.a)" >= 0.9' },
    ColumnCorrelation: {
        parameters: [2, 2],
        columns: true,
        condition: "needed",
        example: 'ColumnCorrelation "a" "b" > 0.5',
    },
    ColumnCount: { ...table, condition: "needed", example: "ColumnCount = 10" },
    ColumnDataType: { ...column, condition: "needed", example: 'ColumnDataType "a" = "Integer"' },
    // The one rule about a column that may be missing.
    ColumnExists: { parameters: [1, 1], columns: false, condition: "none", example: 'ColumnExists "a"' },
    ColumnLength: { ...column, condition: "needed", example: 'ColumnLength "a" between 1 and 20' },
    ColumnNamesMatchPattern: {
        parameters: [1, 1],
        columns: false,
        condition: "none",
        example: 'ColumnNamesMatchPattern "[a-z_]+"',
    },
    ColumnValues: { ...column, condition: "needed", example: 'ColumnValues "a" in ["x", "y"]' },
    Completeness: { ...column, condition: "needed", example: 'Completeness "a" > 0.95' },
    CustomSql: {
        parameters: [1, 1],
        columns: false,
        condition: "possible",
        example: 'CustomSql "select count(*) from primary" > 0',
    },
    DataFreshness: { ...column, condition: "needed", example: 'DataFreshness "a" <= 24 hours' },
    DatasetMatch: { ...reference, parameters: [2, 3], example: 'DatasetMatch "reference" "id" >= 0.9' },
    DetectAnomalies: { parameters: [1, 2], columns: false, condition: "none", example: 'DetectAnomalies "RowCount"' },
    DistinctValuesCount: { ...column, condition: "needed", example: 'DistinctValuesCount "a" > 3' },
    Entropy: { ...column, condition: "needed", example: 'Entropy "a" > 1' },
    FileFreshness: { ...file, example: 'FileFreshness "s3://bucket/folder/" > (now() - 1 days)' },
    FileMatch: { ...file, parameters: [0, 2], example: 'FileMatch "s3://bucket/a/" "s3://bucket/b/"' },
    FileSize: { ...file, example: 'FileSize "s3://bucket/folder/" > 1 MB' },
    FileUniqueness: { ...file, example: 'FileUniqueness "s3://bucket/folder/" = 1.0' },
    IsComplete: { ...column, condition: "none", example: 'IsComplete "a"' },
    IsPrimaryKey: { parameters: [1, 20], columns: true, condition: "none", example: 'IsPrimaryKey "a" "b"' },
    IsUnique: { ...column, condition: "none", example: 'IsUnique "a"' },
    Mean: { ...column, condition: "needed", example: 'Mean "a" between 1 and 9' },
    ReferentialIntegrity: { ...reference, parameters: [2, 2], example: 'ReferentialIntegrity "a" "reference.a" = 1.0' },
    RowCount: { ...table, condition: "needed", example: "RowCount > 0" },
    RowCountMatch: { ...reference, example: 'RowCountMatch "reference" >= 0.9' },
    SchemaMatch: { ...reference, example: 'SchemaMatch "reference" = 1.0' },
    StandardDeviation: { ...column, condition: "needed", example: 'StandardDeviation "a" < 2' },
    Sum: { ...column, condition: "needed", example: 'Sum "a" > 0' },
    UniqueValueRatio: { ...column, condition: "needed", example: 'UniqueValueRatio "a" > 0.9' },
    Uniqueness: { ...column, condition: "needed", example: 'Uniqueness "a" > 0.9' },
};
