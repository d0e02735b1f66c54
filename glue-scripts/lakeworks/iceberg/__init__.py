"""Silver as an Iceberg table: what a run, a compaction and gold do where the contract's table format is iceberg."""

from lakeworks.iceberg.catalog import configure_iceberg
from lakeworks.iceberg.load import IcebergLoad
from lakeworks.iceberg.maintenance import compact_iceberg
from lakeworks.iceberg.silver import IcebergSilver

__all__ = ["IcebergLoad", "IcebergSilver", "compact_iceberg", "configure_iceberg"]
