"""Reads Iceberg metadata files by Apache Iceberg's own library, which is among Trino's jars.

Takes the jars' folder and Java's home as arguments, and one metadata document on standard input; prints what the
library made of it as JSON.
"""

import json
import sys
from pathlib import Path

from py4j.java_gateway import GatewayParameters, JavaGateway, launch_gateway


def main(jars: str, java_home: str) -> None:
    port = launch_gateway(
        classpath=f"{jars}/*", java_path=str(Path(java_home) / "bin" / "java"), die_on_exit=True, redirect_stderr=None
    )
    gateway = JavaGateway(gateway_parameters=GatewayParameters(port=port, auto_convert=True))
    try:
        table = gateway.jvm.org.apache.iceberg.TableMetadataParser.fromJson("table.metadata.json", sys.stdin.read())
        print(
            json.dumps(
                {
                    "formatVersion": table.formatVersion(),
                    "location": table.location(),
                    "columns": [column.toString() for column in table.schema().columns()],
                    "lastColumnId": table.lastColumnId(),
                    "partitions": [field.toString() for field in table.spec().fields()],
                    "lastPartitionId": table.lastAssignedPartitionId(),
                    "sorted": table.sortOrder().isSorted(),
                    "snapshots": table.snapshots().size(),
                    "properties": dict(table.properties()),
                }
            )
        )
    finally:
        gateway.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
