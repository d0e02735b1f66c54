"""The dataset contract as the jobs read it: the JSON of `datasets/<name>/contract.ts`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    nullable: bool
    #: Names that the field has, or has had, in the raw records; the first that is present and not null counts.
    sources: tuple[str, ...]
    #: Spark SQL; the column is computed and not read.
    expression: str | None


@dataclass(frozen=True)
class Partition:
    name: str
    type: str
    expression: str


@dataclass(frozen=True)
class RowRule:
    #: The quarantine reason of rows that break the rule.
    name: str
    condition: str


@dataclass(frozen=True)
class GoldColumn:
    name: str
    type: str


@dataclass(frozen=True)
class GoldTable:
    """An aggregate of silver, kept up to date by rewriting the partitions that a run touched."""

    name: str
    #: In the table's order, without the partition keys.
    columns: tuple[GoldColumn, ...]
    #: Partition columns of silver by which the aggregate is partitioned as well.
    partition_keys: tuple[str, ...]
    #: Spark SQL over the view `silver`; gives the columns and the partition keys.
    sql: str


@dataclass(frozen=True)
class Contract:
    name: str
    #: json (one object a line), csv (RFC 4180 with a header line) xml (an element per record) or parquet.
    raw_format: str
    #: Folder key of the arrival layout, `<key>=YYYY-MM-DD/`.
    arrival_key: str
    #: Between the fields of CSV.
    separator: str
    #: The element of one record of XML.
    row_tag: str | None
    columns: tuple[Column, ...]
    business_key: tuple[str, ...]
    event_time: str
    partitions: tuple[Partition, ...]
    row_rules: tuple[RowRule, ...]
    #: What becomes of fields that the contract does not name: ignore, fail or append.
    schema_change: str
    #: How many days around a row's own its key is looked for in other partitions; None searches all of them.
    duplicates_within_days: int | None
    #: Order of the rows within a file.
    sort_by: tuple[str, ...]
    #: Share of a run's records above which the run fails instead of quarantining them.
    max_quarantined_share: float
    quality_rules: tuple[str, ...]
    #: Whether passed and failed rules are counted in CloudWatch.
    quality_metrics: bool
    #: Prefix for the outcomes of each evaluation as JSON; None keeps them in Glue and the results table alone.
    quality_results: str | None
    #: Whether a failed quality rule fails the run, or is only reported.
    gate: bool
    target_file_bytes: int
    #: parquet or iceberg.
    table_format: str
    gold: tuple[GoldTable, ...]

    @property
    def records_are_json(self) -> bool:
        """Whether a reader leaves records as JSON; else it boxes their fields."""
        return self.raw_format in ("json", "parquet")

    @property
    def read_columns(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.expression is None)

    @property
    def computed_columns(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.expression is not None)

    @property
    def column_names(self) -> list[str]:
        return [column.name for column in self.columns]

    @property
    def partition_names(self) -> list[str]:
        return [partition.name for partition in self.partitions]

    @property
    def silver_columns(self) -> list[str]:
        """Columns of a silver file: the contract's, and the technical ones."""
        extra = [EXTRA_FIELDS] if self.schema_change == "append" else []
        return [*self.column_names, *extra, SOURCE_OBJECT]

    @staticmethod
    def parse(text: str) -> Contract:
        raw = json.loads(text)
        source = raw["raw"]
        business_key = tuple(raw["businessKey"])
        quality = raw["quality"]
        return Contract(
            name=raw["name"],
            raw_format=source["format"],
            arrival_key=source.get("arrivalKey", "ingest_date"),
            separator=source.get("separator", ","),
            row_tag=source.get("rowTag"),
            columns=tuple(_column(column) for column in raw["columns"]),
            business_key=business_key,
            event_time=raw["eventTime"],
            partitions=tuple(Partition(part["name"], part["type"], part["expression"]) for part in raw["partitions"]),
            row_rules=tuple(RowRule(rule["name"], rule["condition"]) for rule in raw["rowRules"]),
            schema_change=raw.get("schemaChange", "ignore"),
            duplicates_within_days=raw.get("duplicates", {}).get("withinDays"),
            sort_by=tuple(raw.get("sortBy") or dict.fromkeys([raw["eventTime"], *business_key])),
            max_quarantined_share=raw.get("quarantine", {}).get("maxShare", 0.5),
            quality_rules=tuple(quality["rules"]),
            quality_metrics=quality.get("metrics", True),
            quality_results=quality.get("resultsLocation"),
            gate=quality["onFailure"] == "fail",
            target_file_bytes=int(raw["targetFileMiB"] * 1024 * 1024),
            table_format=raw.get("tableFormat", "parquet"),
            gold=tuple(_gold(table) for table in raw.get("gold", [])),
        )


#: The silver column that says which raw object a row is from: its key below the dataset's bronze prefix.
SOURCE_OBJECT = "source_object"

#: The silver column that keeps fields which the contract does not name, as the JSON text of one object.
EXTRA_FIELDS = "extra_fields"


def _column(raw: dict[str, Any]) -> Column:
    source = raw.get("source", raw["name"])
    return Column(
        name=raw["name"],
        type=raw["type"],
        nullable=raw.get("nullable", False),
        sources=(source,) if isinstance(source, str) else tuple(source),
        expression=raw.get("expression"),
    )


def _gold(raw: dict[str, Any]) -> GoldTable:
    columns = tuple(GoldColumn(column["name"], column["type"]) for column in raw["columns"])
    return GoldTable(raw["name"], columns, tuple(raw["partitionKeys"]), raw["sql"])
