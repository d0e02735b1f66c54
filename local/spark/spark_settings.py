"""How Spark is set up for a job run of the local AWS."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).resolve().parent
#: The class archive of archive.py, in the folder of the jars.
ARCHIVE = "spark.jsa"
#: The bucket that is asked for to load the S3 client; there is none of the name.
PRIME_BUCKET = "lakeworks-prime"


@dataclass(frozen=True)
class Launch:
    """What the parent process decides for one driver."""

    #: The gateway, `http://127.0.0.1:PORT`.
    endpoint: str
    access_key: str
    secret_key: str
    #: Folder of the jars that Spark gets besides its own.
    jars: str
    #: Folder of this driver's own files: shuffle, uploads, warehouse. The parent removes it.
    work: str
    memory_mib: int
    cores: int
    #: Folder of the jars of runs with `--datalake-formats iceberg`.
    iceberg_jars: str = ""


def class_path(launch: Launch, extra: list[str]) -> str:
    """The extra jars before the toolchain's. A library that Spark carries itself is left to Spark: two versions of
    Jackson on one class path break it."""
    import pyspark

    own = {_artifact(name) for name in os.listdir(Path(pyspark.__file__).parent / "jars")}
    added = sorted(Path(launch.jars).glob("*.jar"))
    return os.pathsep.join([*extra, *(str(jar) for jar in added if _artifact(jar.name) not in own)])


def _artifact(jar: str) -> str:
    return re.sub(r"-\d.*$", "", jar)


def spark_conf(launch: Launch) -> dict[str, str]:
    """Spark properties of every run; the job's `--conf` and the script may change what Spark lets them change."""
    s3a = {
        "impl": "org.apache.hadoop.fs.s3a.S3AFileSystem",
        "endpoint": launch.endpoint,
        "path.style.access": "true",
        "connection.ssl.enabled": "false",
        "aws.credentials.provider": "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
        "access.key": launch.access_key,
        "secret.key": launch.secret_key,
        # The run's role is not to be seen asking for it: it may have got the key while the driver was warming up.
        f"bucket.{PRIME_BUCKET}.access.key": "prime",
        f"bucket.{PRIME_BUCKET}.secret.key": "prime",
        # No request per bucket before its first use.
        "bucket.probe": "0",
        "attempts.maximum": "5",
        "retry.limit": "4",
        "buffer.dir": f"{launch.work}/s3a",
        # Files appear at the job's commit, whole, and never by renaming.
        "committer.name": "magic",
        "committer.magic.enabled": "true",
    }
    return {
        "spark.master": f"local[{launch.cores}]",
        "spark.driver.memory": f"{launch.memory_mib}m",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.extraJavaOptions": java_options(launch),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        # Counts of stages and tasks, which job_metrics.py reads.
        "spark.metrics.appStatusSource.enabled": "true",
        "spark.sql.warehouse.dir": f"{launch.work}/warehouse",
        "spark.sql.session.timeZone": "UTC",
        # Partitions of a shuffle: Spark's 200 are for clusters; adaptive execution joins small ones anyway.
        "spark.sql.shuffle.partitions": str(launch.cores * 4),
        # Parquet's own timestamps, which Athena and other readers take; Spark's default is the old INT96.
        "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
        "spark.sql.sources.commitProtocolClass": "org.apache.spark.internal.io.cloud.PathOutputCommitProtocol",
        "spark.sql.parquet.output.committer.class": "org.apache.spark.internal.io.cloud.BindingParquetOutputCommitter",
        "spark.hadoop.mapreduce.outputcommitter.factory.scheme.s3a": _COMMITTERS,
        "spark.hadoop.mapreduce.outputcommitter.factory.scheme.s3": _COMMITTERS,
        "spark.hadoop.hadoop.tmp.dir": f"{launch.work}/hadoop",
        # Scripts say s3://, as on Glue.
        "spark.hadoop.fs.s3.impl": s3a["impl"],
        "spark.hadoop.fs.s3n.impl": s3a["impl"],
        **{f"spark.hadoop.fs.s3a.{name}": value for name, value in s3a.items()},
    }


_COMMITTERS = "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory"


def java_options(launch: Launch) -> str:
    options = [
        "-Duser.timezone=UTC",
        f"-Djava.io.tmpdir={launch.work}/tmp",
        f"-Dlog4j2.configurationFile={_HERE / 'log4j2.properties'}",
        # Short-lived and on few cores: no time to win by a parallel collector's threads.
        "-XX:+UseSerialGC",
    ]
    archive = Path(launch.jars, ARCHIVE)
    if archive.exists():
        options += [f"-XX:SharedArchiveFile={archive}", "-Xlog:disable"]
    return " ".join(options)
