"""One Spark for all tests of this folder, started as the runner starts it."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import warnings
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "local" / "spark"))

import driver  # noqa: E402
from awsglue import _run  # noqa: E402
from spark_settings import Launch  # noqa: E402

_context: Any = None


def glue_context() -> Any:
    """The GlueContext that a script would make."""
    global _context
    if _context is None:
        toolchain = json.loads((ROOT / ".lakeworks" / "toolchain.json").read_text())
        os.environ["JAVA_HOME"] = toolchain["java17"]
        os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
        work = tempfile.mkdtemp(prefix="lakeworks-spark-")
        launch = Launch("http://127.0.0.1:1", "test", "test", toolchain["sparkJars"], work, 1024, 2)
        jvm = driver.start(launch, [], {})
        from awsglue.context import GlueContext
        from pyspark.context import SparkContext

        _context = GlueContext(SparkContext.getOrCreate())
        atexit.register(_end, jvm, work)
    return _context


def _end(jvm: subprocess.Popen[bytes], work: str) -> None:
    _context.spark_session.stop()
    jvm.kill()
    jvm.wait()
    shutil.rmtree(work, ignore_errors=True)


class GlueTestCase(unittest.TestCase):
    """A fresh folder and a fresh job run per test."""

    def setUp(self) -> None:
        # py4j leaves sockets to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        self.folder = Path(tempfile.mkdtemp(prefix="lakeworks-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.glue = glue_context()
        self.spark = self.glue.spark_session
        _run.current = _run.Run()

    def put(self, name: str, text: str | bytes, age_seconds: float = 60) -> Path:
        """Writes an input file, last modified some time ago."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        moment = time.time() - age_seconds
        os.utime(path, (moment, moment))
        return path

    def source(self, format: str, options: dict[str, Any] | None = None, ctx: str = "", **connection: Any) -> Any:
        """A DynamicFrame of the folder."""
        return self.glue.create_dynamic_frame.from_options(
            connection_type="s3",
            connection_options={"paths": [f"file://{self.folder}/"], "recurse": True, **connection},
            format=format,
            format_options=options or {},
            transformation_ctx=ctx,
        )
