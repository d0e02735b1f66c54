"""Partitions in the Glue catalog."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import boto3

#: https://docs.aws.amazon.com/glue/latest/webapi/API_BatchCreatePartition.html
_PARTITIONS_PER_CALL = 100


def register(database: str, table: str, target: str, partitions: Sequence[str]) -> None:
    """Makes the partitions known to the catalog, each with the table's own storage descriptor.

    Those that are there already stay as they are. Raises RuntimeError with the catalog's error for any other reason.
    """
    if not partitions:
        return
    glue = boto3.client("glue")
    descriptor = glue.get_table(DatabaseName=database, Name=table)["Table"]["StorageDescriptor"]
    for start in range(0, len(partitions), _PARTITIONS_PER_CALL):
        inputs = [_input(descriptor, target, path) for path in partitions[start : start + _PARTITIONS_PER_CALL]]
        answer = glue.batch_create_partition(DatabaseName=database, TableName=table, PartitionInputList=inputs)
        for error in answer.get("Errors", []):
            detail = error["ErrorDetail"]
            if detail["ErrorCode"] != "AlreadyExistsException":
                raise RuntimeError(
                    f"The catalog refused the partition {error['PartitionValues']} of {database}.{table}: "
                    f"{detail['ErrorCode']}: {detail.get('ErrorMessage', '')}"
                )


def _input(descriptor: dict[str, Any], target: str, path: str) -> dict[str, Any]:
    values = [part.split("=", 1)[1] for part in path.split("/")]
    return {"Values": values, "StorageDescriptor": {**descriptor, "Location": f"{target}{path}/"}}
