"""Starting Spark's JVM, warming it up, and fetching what a run needs."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from awsglue import _run
from failures import LaunchError
from spark_settings import PRIME_BUCKET, Launch, class_path, java_options, spark_conf

#: Arguments that Glue takes for itself; the script does not see them.
_TAKEN = {
    "--additional-python-modules",
    "--conf",
    "--extra-files",
    "--extra-jars",
    "--extra-py-files",
    "--job-language",
    "--spark-event-logs-path",
    "--user-jars-first",
}
_TAKEN_PREFIXES = ("--enable-", "--continuous-log-")


@dataclass
class PreparedRun:
    script: str
    argv: list[str]
    #: Spark properties of the job's --conf.
    conf: dict[str, str] = field(default_factory=dict)
    jars: list[str] = field(default_factory=list)
    python_files: list[str] = field(default_factory=list)


def start(launch: Launch, jars: list[str], conf: dict[str, str]) -> subprocess.Popen[bytes]:
    """Starts the JVM that the script's SparkContext will use, and returns its process."""
    from pyspark import SparkContext
    from pyspark.java_gateway import launch_gateway

    for folder in ("tmp", "shuffle", "s3a", "hadoop"):
        os.makedirs(f"{launch.work}/{folder}", exist_ok=True)
    properties = {**spark_conf(launch), **conf}
    if "spark.driver.extraJavaOptions" in conf:
        properties["spark.driver.extraJavaOptions"] = f"{java_options(launch)} {conf['spark.driver.extraJavaOptions']}"
    given = [conf["spark.driver.extraClassPath"]] if "spark.driver.extraClassPath" in conf else []
    properties["spark.driver.extraClassPath"] = class_path(launch, [*jars, *given])
    # A file, since a command line with thousands of bytes of class path hides what matters in `ps`.
    file = Path(launch.work, "spark.properties")
    file.write_text("".join(f"{name} {_escape(value)}\n" for name, value in properties.items()), encoding="utf-8")
    # As an environment variable: Spark warns of the property at each start.
    os.environ["SPARK_LOCAL_DIRS"] = f"{launch.work}/shuffle"
    os.environ["PYSPARK_SUBMIT_ARGS"] = shlex.join(["--properties-file", str(file), "pyspark-shell"])
    gateway = launch_gateway()
    SparkContext._gateway = gateway
    SparkContext._jvm = gateway.jvm
    return gateway.proc


def _escape(value: str) -> str:
    return value.replace("\\", "\\\\")


def answers() -> bool:
    """Does the JVM still answer?"""
    from py4j.protocol import Py4JError
    from pyspark import SparkContext

    try:
        SparkContext._jvm.java.lang.System.nanoTime()
    except (Py4JError, OSError):
        return False
    return True


#: Enough rows for the JVM to compile what it does with them.
_PRIME_ROWS = 200_000
_PRIME_RULES = """Rules = [
    RowCount > 0, IsComplete "id", IsUnique "id", ColumnValues "amount" between -1 and 100, ColumnValues "price" >= 0,
    ColumnValues "kind" in ["a", "b", "c"]
]"""


def prime(launch: Launch) -> None:
    """Does what nearly every job does once, then stops the context: the next one starts warm. That is Parquet, an
    aggregate and quality rules, which are the part of a job that runs in the JVM."""
    from pyspark.sql import SparkSession

    session = SparkSession.builder.appName("prime").getOrCreate()
    with tempfile.TemporaryDirectory(dir=launch.work) as folder:
        rows = session.range(_PRIME_ROWS).selectExpr(
            "concat('T', id) AS id",
            "timestamp_seconds(1704067200 + id) AS at",
            "CAST(id % 100 AS int) AS amount",
            "CAST(id % 1000 AS decimal(10,2)) AS price",
            "CASE id % 3 WHEN 0 THEN 'a' WHEN 1 THEN 'b' ELSE 'c' END AS kind",
            "CAST(id % 5 AS int) AS day",
        )
        rows.write.partitionBy("day").option("compression", "zstd").parquet(f"{folder}/out")
        written = session.read.parquet(f"{folder}/out")
        written.groupBy("day", "kind").agg({"price": "sum", "amount": "sum"}).collect()
        engine = session._jvm.com.amazon.deequ.dqdl.EvaluateDataQuality
        engine.process(written._jdf, _PRIME_RULES).collect()
    _load_s3a(session)
    session.stop()


def _load_s3a(session: Any) -> None:
    """Loads the S3 client's classes by one request; its answer (no such bucket) is of no interest."""
    jvm, hadoop = session._jvm, session._jsc.hadoopConfiguration()
    path = jvm.org.apache.hadoop.fs.Path(f"s3://{PRIME_BUCKET}/x")
    try:
        path.getFileSystem(hadoop).exists(path)
    except Exception:
        return


def prepare(spec: dict[str, Any], launch: Launch, tell: Callable[..., None]) -> PreparedRun:
    """Downloads script and libraries and sets the run's identity. `tell` reaches the parent process.

    Raises LaunchError in Glue's words where an object is missing.
    """
    arguments: dict[str, str] = spec["arguments"]
    work = Path(launch.work)
    _run.current = _run.Run(
        job_name=spec["jobName"],
        run_id=spec["runId"],
        started_ms=spec["startedMs"],
        bookmark=spec["bookmark"],
        bookmark_file=spec["bookmarkFile"],
        tell=tell,
    )
    _check_modules(_list(arguments.get("--additional-python-modules")), work / "wheels")
    script = fetch(spec["script"], work / "script")
    python_files = [fetch(location, work / "python") for location in _list(arguments.get("--extra-py-files"))]
    jars = [fetch(location, work / "jars") for location in _list(arguments.get("--extra-jars"))]
    if arguments.get("--datalake-formats") == "iceberg":
        jars += [str(jar) for jar in sorted(Path(launch.iceberg_jars).glob("*.jar"))]
    for location in _list(arguments.get("--extra-files")):
        fetch(location, work)
    identity = {"--JOB_NAME": spec["jobName"], "--JOB_RUN_ID": spec["runId"]}
    passed = {name: value for name, value in arguments.items() if name not in _TAKEN}
    passed = {name: value for name, value in passed.items() if not name.startswith(_TAKEN_PREFIXES)}
    argv = [part for pair in {**passed, **identity}.items() for part in pair]
    return PreparedRun(script, argv, parse_conf(arguments.get("--conf", "")), jars, python_files)


def _check_modules(asked: list[str], folder: Path) -> None:
    """Glue installs them before the run. Here they have to be there: a run must not need the network. A wheel in S3 is
    fetched, so that one that is missing or may not be read fails here as well.

    https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-python-libraries.html
    """
    for module in asked:
        if module.endswith(".whl"):
            name, version = Path(fetch(module, folder)).name.split("-")[:2]
        else:
            name, _, version = module.partition("==")
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError as error:
            raise LaunchError(
                f"LAUNCH ERROR | --additional-python-modules: {name} is not installed in the local AWS's Python; "
                "add it to tools/python/requirements.txt and run npm run setup"
            ) from error
        if version not in ("", found):
            raise LaunchError(
                f"LAUNCH ERROR | --additional-python-modules: {module} is asked for, the local AWS's Python has "
                f"{name} {found}; change tools/python/requirements.txt or the job's argument"
            )


def apply(run: PreparedRun) -> None:
    """Puts the libraries on the path of the script and of Spark's Python workers."""
    from pyspark import SparkContext

    # A module is found in its folder, a zip or egg is a folder itself.
    sys.path[1:1] = [str(Path(file).parent) if file.endswith(".py") else file for file in run.python_files]
    SparkContext._jvm.java.lang.System.setProperty("spark.submit.pyFiles", ",".join(run.python_files))


def parse_conf(text: str) -> dict[str, str]:
    """Glue takes several properties in one argument: `a=1 --conf b=2`."""
    conf = {}
    for part in text.split("--conf"):
        name, separator, value = part.strip().partition("=")
        if name and not separator:
            raise LaunchError(f"LAUNCH ERROR | --conf {part.strip()!r} is not name=value")
        if name:
            conf[name.strip()] = value.strip()
    return conf


def fetch(location: str, folder: Path) -> str:
    """Downloads one S3 object into the folder under its own name."""
    import boto3
    from botocore.exceptions import ClientError

    parts = urlsplit(location, allow_fragments=False)
    bucket, key = parts.netloc, parts.path.lstrip("/")
    if parts.scheme not in ("s3", "s3a") or not bucket or not key:
        raise LaunchError(f"LAUNCH ERROR | {location!r} is not the location of an S3 object (s3://bucket/key)")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / Path(key).name
    try:
        target.write_bytes(boto3.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read())
    except ClientError as error:
        said = error.response["Error"].get("Message") or error.response["Error"].get("Code")
        raise LaunchError(
            f"LAUNCH ERROR | Error downloading from S3 for bucket: {bucket}, key: {key}. {said} "
            f"(Service: Amazon S3; Status Code: {error.response['ResponseMetadata']['HTTPStatusCode']}; "
            f"Error Code: {error.response['Error'].get('Code')})"
        ) from error
    return str(target)


def _list(value: str | None) -> list[str]:
    return [part.strip() for part in (value or "").split(",") if part.strip()]
