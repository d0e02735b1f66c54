"""DQDL by AWS's documentation: rules over one small table with the outcomes that follow from the reference.

https://docs.aws.amazon.com/glue/latest/dg/dqdl-rule-types.html
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

#: id, name, email, amount, ratio, day, status, code
SCHEMA = "id int, name string, email string, amount int, ratio double, day date, status string, code string"
ROWS = [
    (1, "anna", "a@example.com", 10, 1.0, "2024-01-01", "open", "A1"),
    (2, "bert", "b@example.com", 20, 2.0, "2024-01-02", "open", "A2"),
    (3, "carl", "c@example.com", 30, 3.0, "2024-01-03", "closed", "B1"),
    (4, "dora", None, 40, 4.0, "2024-01-04", "closed", "B2"),
    (5, "emil", "not an address", 50, 5.0, "2024-01-05", "open", "12"),
]


@dataclass(frozen=True)
class Case:
    #: The rule type's name, as the page of the reference calls it.
    kind: str
    rule: str
    #: Passed or Failed.
    outcome: str


def _cases(kind: str, passed: list[str], failed: list[str]) -> list[Case]:
    return [*(Case(kind, rule, "Passed") for rule in passed), *(Case(kind, rule, "Failed") for rule in failed)]


CORPUS: list[Case] = [
    *_cases("RowCount", ["RowCount = 5", "RowCount between 4 and 6", "RowCount > 4"], ["RowCount > 5", "RowCount = 6"]),
    *_cases("Completeness", ['Completeness "email" >= 0.8', 'Completeness "id" = 1.0'], ['Completeness "email" > 0.8']),
    *_cases("IsComplete", ['IsComplete "id"'], ['IsComplete "email"']),
    *_cases("Uniqueness", ['Uniqueness "id" = 1.0', 'Uniqueness "status" = 0.0'], ['Uniqueness "status" > 0.5']),
    *_cases("IsUnique", ['IsUnique "id"'], ['IsUnique "status"']),
    *_cases("UniqueValueRatio", ['UniqueValueRatio "id" = 1.0'], ['UniqueValueRatio "status" > 0.0']),
    *_cases("DistinctValuesCount", ['DistinctValuesCount "status" = 2'], ['DistinctValuesCount "status" > 2']),
    *_cases(
        "IsPrimaryKey",
        ['IsPrimaryKey "id"', 'IsPrimaryKey "status" "id"'],
        ['IsPrimaryKey "email"', 'IsPrimaryKey "status"'],
    ),
    *_cases(
        "ColumnValues",
        [
            'ColumnValues "amount" > 5',
            'ColumnValues "amount" between 9 and 51',
            'ColumnValues "status" in ["open", "closed"]',
            'ColumnValues "status" not in ["lost"]',
            'ColumnValues "code" matches "[A-Z0-9]+"',
            'ColumnValues "day" > "2023-12-31"',
            'ColumnValues "name" != NULL',
            'ColumnValues "name" != EMPTY',
            'ColumnValues "name" != WHITESPACES_ONLY',
            'ColumnValues "day" <= now()',
            'ColumnValues "amount" > 25 where "status = \'closed\'"',
        ],
        [
            'ColumnValues "amount" > 10',
            'ColumnValues "amount" between 10 and 50',
            'ColumnValues "status" in ["open"]',
            'ColumnValues "code" matches "[A-Z][0-9]"',
            'ColumnValues "email" != NULL',
            'ColumnValues "day" > (now() - 3 days)',
        ],
    ),
    *_cases(
        "ColumnLength", ['ColumnLength "name" = 4', 'ColumnLength "code" between 1 and 3'], ['ColumnLength "name" > 4']
    ),
    *_cases("ColumnDataType", ['ColumnDataType "amount" = "Integer"'], ['ColumnDataType "code" = "Integer"']),
    *_cases("ColumnExists", ['ColumnExists "id"'], ['ColumnExists "nope"']),
    *_cases("ColumnCount", ["ColumnCount = 8", "ColumnCount > 7"], ["ColumnCount = 7"]),
    *_cases(
        "ColumnCorrelation", ['ColumnCorrelation "amount" "ratio" > 0.9'], ['ColumnCorrelation "amount" "ratio" < 0.5']
    ),
    *_cases("ColumnNamesMatchPattern", ['ColumnNamesMatchPattern "[a-z]+"'], ['ColumnNamesMatchPattern "x.*"']),
    *_cases("Mean", ['Mean "amount" = 30.0', 'Mean "ratio" between 2.9 and 3.1'], ['Mean "amount" > 30']),
    *_cases("Sum", ['Sum "amount" = 150', 'Sum "ratio" > 14.9'], ['Sum "amount" > 150']),
    *_cases("StandardDeviation", ['StandardDeviation "amount" between 14 and 15'], ['StandardDeviation "amount" > 16']),
    *_cases("Entropy", ['Entropy "status" between 0.6 and 0.7'], ['Entropy "status" > 0.7']),
    *_cases(
        "CustomSql",
        [
            'CustomSql "select count(*) from primary" = 5',
            "CustomSql \"select sum(amount) from primary where status = 'open'\" > 79",
        ],
        ['CustomSql "select count(*) from primary" > 5'],
    ),
    *_cases("DataFreshness", ['DataFreshness "day" > 100 days'], ['DataFreshness "day" < 24 hours']),
    *_cases(
        "Composite",
        [
            '(IsComplete "id") and (IsUnique "id")',
            '(IsComplete "email") or (IsComplete "id")',
            '(IsComplete "id") and ((IsUnique "status") or (RowCount = 5))',
        ],
        ['(IsComplete "email") and (IsComplete "id")', '(IsComplete "email") or (IsUnique "status")'],
    ),
    *_cases("RowCountMatch", ['RowCountMatch "reference" = 1.0'], ['RowCountMatch "other" between 0.9 and 1.1']),
    *_cases("SchemaMatch", ['SchemaMatch "reference" = 1.0'], ['SchemaMatch "other" = 1.0']),
    *_cases(
        "ReferentialIntegrity",
        ['ReferentialIntegrity "id" "reference.id" = 1.0'],
        ['ReferentialIntegrity "id" "other.id" = 1.0'],
    ),
    *_cases("DatasetMatch", ['DatasetMatch "reference" "id" = 1.0'], ['DatasetMatch "other" "id" = 1.0']),
    *_cases(
        "AggregateMatch",
        ['AggregateMatch "sum(amount)" "sum(reference.amount)" = 1.0'],
        ['AggregateMatch "sum(amount)" "sum(other.amount)" = 1.0'],
    ),
]

#: Of the table `other`; the table `reference` is like the first.
OTHER_SCHEMA = "id int, amount bigint"
OTHER_ROWS = [(7, 1)]

#: Rules that need what the local AWS does not have: they are refused by name, not answered wrongly.
REFUSED = {
    "DetectAnomalies": 'DetectAnomalies "RowCount"',
    "FileFreshness": 'FileFreshness "S3://bucket/" > (now() - 1 days)',
    "FileMatch": 'FileMatch "S3://bucket/a" "S3://bucket/b"',
    "FileSize": "FileSize < 3 MB",
    "FileUniqueness": 'FileUniqueness "S3://bucket/" > 0.5',
    "dynamic rules": "RowCount > avg(last(10))",
    "ColumnValues with a threshold": 'ColumnValues "status" in ["open"] with threshold > 0.5',
}


def evaluate(context: Any, rules: list[str]) -> list[dict[str, Any]]:
    """The outcomes of rules over the table, with the two others at hand."""
    from awsglue.dynamicframe import DynamicFrame
    from awsgluedq.transforms import EvaluateDataQuality

    def frame(rows: list[tuple[Any, ...]], schema: str) -> DynamicFrame:
        return DynamicFrame.fromDF(context.spark_session.createDataFrame(rows, schema), context, "rows")

    typed = [(*row[:5], date.fromisoformat(str(row[5])), *row[6:]) for row in ROWS]
    outcomes = EvaluateDataQuality.apply(
        frame=frame(typed, SCHEMA),
        ruleset=f"Rules = [ {', '.join(rules)} ]",
        publishing_options={"dataQualityEvaluationContext": "corpus"},
        additional_data_sources={"reference": frame(typed, SCHEMA), "other": frame(OTHER_ROWS, OTHER_SCHEMA)},
    )
    return [row.asDict() for row in outcomes.toDF().collect()]
