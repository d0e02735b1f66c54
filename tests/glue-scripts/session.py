"""One real Spark session for all tests."""

from __future__ import annotations

import json
import os
import sys
from functools import cache
from pathlib import Path

from lakeworks.settings import configure
from pyspark.sql import SparkSession

ROOT = Path(__file__).resolve().parents[2]


@cache
def session() -> SparkSession:
    toolchain = json.loads((ROOT / ".lakeworks" / "toolchain.json").read_text(encoding="utf-8"))
    os.environ["JAVA_HOME"] = toolchain["java17"]
    os.environ["PYSPARK_PYTHON"] = sys.executable
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        # Deequ, which judges the quality rules.
        .config("spark.driver.extraClassPath", f"{toolchain['sparkJars']}/*")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    configure(spark)
    return spark
