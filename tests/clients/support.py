"""The local AWS of the tests of clients, on a folder of its own and a free port; ended with the process."""

from __future__ import annotations

import atexit
import logging
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import boto3

ROOT = Path(__file__).resolve().parents[2]
REGION = "us-east-1"
START_SECONDS = 120

# Clients log the failures that the tests look for.
logging.disable(logging.CRITICAL)


@cache
def endpoint() -> str:
    """Of the local AWS, which is started by the first call. From then on every client of this process talks to it."""
    folder = Path(tempfile.mkdtemp(prefix="lakeworks-clients-"))
    log = folder / "local.log"
    main = ["local/main.ts", "--state", str(folder / "state"), "--port", "0"]
    command = ["node", "--disable-proto=delete", "-r", "ts-node/register/transpile-only", *main]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    atexit.register(_end, process, folder)
    deadline = time.monotonic() + START_SECONDS
    while not (ready := re.search(r"ready at (http://\S+)", log.read_text(encoding="utf-8"))):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The local AWS did not start: {log.read_text(encoding='utf-8')[-2000:]}")
        time.sleep(0.1)
    # Files and variables of whoever runs the tests must not lead the clients elsewhere.
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update(
        AWS_ENDPOINT_URL=ready[1],
        AWS_REGION=REGION,
        AWS_DEFAULT_REGION=REGION,
        AWS_ACCESS_KEY_ID="test",
        AWS_SECRET_ACCESS_KEY="test",
        AWS_EC2_METADATA_DISABLED="true",
        AWS_CONFIG_FILE=str(folder / "none"),
        AWS_SHARED_CREDENTIALS_FILE=str(folder / "none"),
    )
    return ready[1]


def _end(process: subprocess.Popen[bytes], folder: Path) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
    shutil.rmtree(folder, ignore_errors=True)


def client(service: str, **settings: Any) -> Any:
    return boto3.client(service, endpoint_url=endpoint(), **settings)


class ClientTestCase(unittest.TestCase):
    """A database, and a bucket for its tables and for the results of its queries, of the test class's own."""

    database: ClassVar[str]
    bucket: ClassVar[str]

    @classmethod
    def setUpClass(cls) -> None:
        cls.database = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        cls.bucket = cls.database.replace("_", "-")
        client("s3").create_bucket(Bucket=cls.bucket)
        client("glue").create_database(DatabaseInput={"Name": cls.database})

    @property
    def results(self) -> str:
        return f"s3://{self.bucket}/results/"

    def run_sql(self, sql: str) -> str:
        """Runs a statement by boto3 alone, so that a client is not judged by itself. Returns the execution's id."""
        athena = client("athena")
        started = athena.start_query_execution(
            QueryString=sql,
            QueryExecutionContext={"Database": self.database},
            ResultConfiguration={"OutputLocation": self.results},
        )
        while True:
            execution = athena.get_query_execution(QueryExecutionId=started["QueryExecutionId"])["QueryExecution"]
            state = execution["Status"]["State"]
            if state == "SUCCEEDED":
                return str(started["QueryExecutionId"])
            if state in ("FAILED", "CANCELLED"):
                raise AssertionError(f"{sql}: {state}: {execution['Status'].get('StateChangeReason')}")
            time.sleep(0.1)

    def rows(self, sql: str) -> list[tuple[str | None, ...]]:
        """The rows of a SELECT as text, by boto3 alone; NULL is None."""
        paginator = client("athena").get_paginator("get_query_results")
        pages = paginator.paginate(QueryExecutionId=self.run_sql(sql))
        found = [row["Data"] for page in pages for row in page["ResultSet"]["Rows"]]
        return [tuple(cell.get("VarCharValue") for cell in row) for row in found[1:]]

    def keys(self, prefix: str) -> list[str]:
        """Names of the objects below a prefix of the bucket."""
        pages = client("s3").get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        return [each["Key"] for page in pages for each in page.get("Contents", [])]

    def failure(self, call: Callable[[], Any]) -> str:
        """What a call fails with, by its type and text."""
        try:
            call()
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        raise AssertionError("the call was expected to fail")
