"""Iceberg's catalog in Spark: AWS Glue's, under the name that AWS's documentation gives it.

https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-format-iceberg.html
"""

from __future__ import annotations

import os

from pyspark.sql import SparkSession

CATALOG = "glue_catalog"
#: The job's arguments for it: `--datalake-formats iceberg` and `--conf spark.sql.extensions=<this>`. It gives SQL the
#: statements for partition fields, sort orders and procedures, and can't be set any more once Spark runs.
EXTENSIONS = "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions"


class IcebergError(Exception):
    """The table can't become what the contract says, or Spark lacks Iceberg."""


def configure_iceberg(spark: SparkSession, warehouse: str) -> None:
    """Sets the catalog up, unless the job's `--conf` has done so.

    :param warehouse: where the catalog would put tables that name no location; ours all do.
    Raises IcebergError where the job lacks the argument for Iceberg's extensions.
    """
    if EXTENSIONS not in (spark.conf.get("spark.sql.extensions", None) or ""):
        raise IcebergError(
            f"The job needs the arguments --datalake-formats iceberg and --conf spark.sql.extensions={EXTENSIONS}"
        )
    catalog = f"spark.sql.catalog.{CATALOG}"
    if spark.conf.get(catalog, None) is not None:
        return
    settings = {
        "catalog-impl": "org.apache.iceberg.aws.glue.GlueCatalog",
        "io-impl": "org.apache.iceberg.aws.s3.S3FileIO",
        "warehouse": warehouse,
    }
    endpoint = os.environ.get("AWS_ENDPOINT_URL")
    if endpoint is not None:
        # The local AWS: one address for all services and buckets.
        settings |= {"glue.endpoint": endpoint, "s3.endpoint": endpoint, "s3.path-style-access": "true"}
    for name, value in settings.items():
        spark.conf.set(f"{catalog}.{name}", value)
    spark.conf.set(catalog, "org.apache.iceberg.spark.SparkCatalog")
