"""Quality rules that hold for sure, as DuckDB measures the rows in one pass: then no other engine has to read them.

A proof only ever lets rules pass. Where one of a contract's rules is of another kind, where it does not hold, or where
a column that it asks about has NULLs, there is no proof, and EvaluateDataQuality judges the rows itself.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass

from lakeworks import storage
from lakeworks.contract import Contract
from lakeworks.engine import KEYS_MEMORY, name, peak_memory, text, texts, workspace

#: Bytes of files that one task measures; more are left to all workers, by EvaluateDataQuality.
MOST_BYTES = 1024**3

_NUMBER = r"-?\d+(?:\.\d+)?"
_CONDITION = rf"(?:(?:>=|<=|=|>|<) ?{_NUMBER}|between {_NUMBER} and {_NUMBER})"
_NUMBERS = re.compile(r"int|bigint|double|decimal.*")


@dataclass(frozen=True)
class Claim:
    """A figure of the rows that has to meet a condition."""

    #: As Deequ names it, `Column.quantity.Minimum`.
    metric: str
    #: An aggregate, as SQL.
    figure: str
    #: As DQDL writes it, `>= 0`.
    condition: str
    #: Asked about; it may not have a NULL, on which engines differ. None for the rows as such.
    column: str | None = None

    @property
    def label(self) -> str:
        """`Minimum_of_quantity`."""
        _, column, *kind = self.metric.split(".")
        return kind[-1] if column == "*" else f"{kind[-1]}_of_{column}"


@dataclass(frozen=True)
class Proof:
    """What was measured, by label."""

    figures: dict[str, float]
    peak_memory: int


@dataclass(frozen=True)
class ProofTask:
    claims: list[Claim]
    files: list[str]


def claims_of(contract: Contract) -> list[list[Claim]] | None:
    """What each rule claims; None where a rule can't be proven."""
    found = [_claims(rule, contract) for rule in contract.quality_rules]
    claims = [each for each in found if each is not None]
    figures = {claim.label: claim.figure for each in claims for claim in each}
    alike = all(figures[claim.label] == claim.figure for each in claims for claim in each)
    return claims if alike and len(claims) == len(found) else None


def _claims(rule: str, contract: Contract) -> list[Claim] | None:
    types = {column.name: column.type for column in contract.columns}
    kind, _, rest = rule.strip().partition(" ")
    if kind == "RowCount":
        return [Claim("Dataset.*.RowCount", "count(*)", rest)] if re.fullmatch(_CONDITION, rest) else None
    found = re.fullmatch(r'"([^".]+)"(?: (.+))?', rest)
    if found is None or found[1] not in types:
        return None
    asked, condition = found[1], found[2] or ""
    column, share = name(asked), f"count({name(asked)}) / count(*)"
    match kind:
        case "IsComplete" if not condition:
            return [Claim(f"Column.{asked}.Completeness", share, "= 1.0", asked)]
        case "IsUnique" if not condition:
            return [Claim(f"Column.{asked}.Uniqueness", f"count(DISTINCT {column}) / count(*)", "= 1.0", asked)]
        case "ColumnValues" if listed := re.fullmatch(r'in \[ ?("[^"\\]*"(?: ?, ?"[^"\\]*")*) ?\]', condition):
            if types[asked] != "string":
                return None
            values = ", ".join(text(value) for value in re.findall(r'"([^"]*)"', listed[1]))
            inside = f"count(*) FILTER ({column} IN ({values})) / count(*)"
            return [Claim(f"Column.{asked}.ColumnValues.Compliance", inside, "= 1.0", asked)]
        case "ColumnValues" if re.fullmatch(_CONDITION, condition) and _NUMBERS.fullmatch(types[asked]):
            least = Claim(f"Column.{asked}.Minimum", f"min({column})", condition, asked)
            most = Claim(f"Column.{asked}.Maximum", f"max({column})", condition, asked)
            return [each for each, bounds in ((least, ">=b"), (most, "<=b")) if condition[0] in bounds]
    return None


def prove(task: ProofTask) -> Proof | None:
    """None where a claim does not hold."""
    with workspace(os.cpu_count() or 1, KEYS_MEMORY) as (connection, folder):
        paths = [folder / f"{number}.parquet" for number in range(len(task.files))]
        storage.for_each(lambda pair: storage.download(*pair), zip(task.files, paths, strict=True))
        figures = {claim.label: claim.figure for claim in task.claims}
        measured = [f"CAST({figure} AS DOUBLE)" for figure in figures.values()]
        columns = dict.fromkeys(claim.column for claim in task.claims if claim.column is not None)
        whole = " AND ".join(["true", *(f"count({name(column)}) = count(*)" for column in columns)])
        files = texts([str(path) for path in paths])
        source = f"read_parquet({files}, union_by_name = true, hive_partitioning = false)"
        row = connection.execute(f"SELECT {whole}, {', '.join(measured)} FROM {source}").fetchone()
        assert row is not None
        found = dict(zip(figures, row[1:], strict=True))
        if not row[0] or not all(holds(claim.condition, found[claim.label]) for claim in task.claims):
            return None
        return Proof(found, peak_memory())


_HOLDS: dict[str, Callable[[float, float], bool]] = {
    ">=": lambda value, bound: value >= bound,
    "<=": lambda value, bound: value <= bound,
    ">": lambda value, bound: value > bound,
    "<": lambda value, bound: value < bound,
    "=": lambda value, bound: value == bound,
}


def holds(condition: str, value: float) -> bool:
    """The bounds of `between` are outside, as https://docs.aws.amazon.com/glue/latest/dg/dqdl.html says."""
    bounds = [float(number) for number in re.findall(_NUMBER, condition)]
    if condition.startswith("between"):
        return bounds[0] < value < bounds[1]
    return _HOLDS[condition.rstrip("0123456789.- ")](value, bounds[0])
