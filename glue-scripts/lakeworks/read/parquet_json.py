"""Values of Parquet as JSON that loses nothing and that the casts take, as DuckDB's SQL by their types.

Numbers stay numbers, but for decimals, and for NaN and infinities, which JSON has not: those are texts. Times are
ISO 8601, moments in UTC; bytes are base64. Lists, structs and maps are arrays and objects.
"""

from __future__ import annotations

from duckdb.sqltypes import DuckDBPyType

from lakeworks.engine import text

#: Types whose JSON in DuckDB is as it should be.
_PLAIN = frozenset(
    ("boolean", "tinyint", "smallint", "integer", "bigint", "utinyint", "usmallint", "uinteger", "ubigint", "varchar")
)


def json_of(value: str, kind: DuckDBPyType, depth: int = 0) -> str:
    """SQL of a value that `to_json` writes.

    :param value: SQL of the value.
    :param depth: of the value within lists and maps, for the names of their members.
    """
    if _is_plain(kind):
        return value
    inner = f"_{depth}"
    match kind.id:
        case "list" | "array":
            return f"list_transform({value}, lambda {inner}: {json_of(inner, kind.children[0][1], depth + 1)})"
        case "struct":
            members = ", ".join(
                f"{text(name)}: {json_of(f'struct_extract({value}, {text(name)})', child, depth)}"
                for name, child in kind.children
            )
            return f"CASE WHEN {value} IS NOT NULL THEN {{{members}}} END"
        case "map":
            key, item = (json_of(f"{inner}.{part}", child, depth + 1) for part, child in kind.children)
            pairs = f"list_transform(map_entries({value}), lambda {inner}: {{'k': {key}, 'v': {item}}})"
            return f"CASE WHEN {value} IS NOT NULL THEN map_from_entries({pairs}) END"
        case "float":
            # The shortest digits that tell it from others: as a double, 0.1 would be 0.10000000149011612.
            return _finite(f"CAST(CAST({value} AS VARCHAR) AS DOUBLE)")
        case "double":
            return _finite(value)
        case "blob":
            return f"base64({value})"
        case "timestamp with time zone":
            return f"{_moment(f'CAST({value} AS TIMESTAMP)')} || 'Z'"
    return _moment(value) if kind.id.startswith("timestamp") else f"CAST({value} AS VARCHAR)"


def _is_plain(kind: DuckDBPyType) -> bool:
    """JSON within Parquet is of the id of texts; it stays one, well-formed or not."""
    if kind.id in ("list", "array", "struct", "map"):
        return all(_is_plain(child) for _, child in kind.children if isinstance(child, DuckDBPyType))
    return kind.id in _PLAIN and str(kind) != "JSON"


def _finite(value: str) -> str:
    return f"CASE WHEN isfinite({value}) THEN to_json({value}) ELSE to_json(CAST({value} AS VARCHAR)) END"


def _moment(value: str) -> str:
    return f"replace(CAST({value} AS VARCHAR), ' ', 'T')"
