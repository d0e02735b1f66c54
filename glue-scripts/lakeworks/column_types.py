"""The contract's column types in DuckDB."""

from __future__ import annotations

_TYPES = {
    "string": "VARCHAR",
    "int": "INTEGER",
    "bigint": "BIGINT",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
}


def engine_type(contract_type: str) -> str:
    """Decimals are called alike in both."""
    return _TYPES.get(contract_type, contract_type)
