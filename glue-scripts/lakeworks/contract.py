"""The dataset contract as the jobs read it: the JSON of `datasets/<name>/contract.ts`."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    nullable: bool
    #: The field's name in the raw records.
    source: str
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
class Contract:
    name: str
    #: json (one object a line) or csv (RFC 4180 with a header line).
    raw_format: str
    columns: tuple[Column, ...]
    business_key: tuple[str, ...]
    event_time: str
    partitions: tuple[Partition, ...]
    row_rules: tuple[RowRule, ...]
    quality_rules: tuple[str, ...]
    #: Whether passed and failed rules are counted in CloudWatch.
    quality_metrics: bool
    #: Prefix for the outcomes of each evaluation as JSON; None keeps them in Glue and the report alone.
    quality_results: str | None
    #: Whether a failed quality rule fails the run, or is only reported.
    gate: bool
    target_file_bytes: int

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

    @staticmethod
    def parse(text: str) -> Contract:
        raw = json.loads(text)
        return Contract(
            name=raw["name"],
            raw_format=raw["raw"]["format"],
            columns=tuple(
                Column(
                    name=column["name"],
                    type=column["type"],
                    nullable=column.get("nullable", False),
                    source=column.get("source", column["name"]),
                    expression=column.get("expression"),
                )
                for column in raw["columns"]
            ),
            business_key=tuple(raw["businessKey"]),
            event_time=raw["eventTime"],
            partitions=tuple(Partition(part["name"], part["type"], part["expression"]) for part in raw["partitions"]),
            row_rules=tuple(RowRule(rule["name"], rule["condition"]) for rule in raw["rowRules"]),
            quality_rules=tuple(raw["quality"]["rules"]),
            quality_metrics=raw["quality"].get("metrics", True),
            quality_results=raw["quality"].get("resultsLocation"),
            gate=raw["quality"]["onFailure"] == "fail",
            target_file_bytes=int(raw["targetFileMiB"] * 1024 * 1024),
        )
