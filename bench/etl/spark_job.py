"""A Spark session as the local AWS gives one to a job, and lakes in folders on which the job runs in it."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
for folder in ("local/spark", "glue-scripts", "tests/glue-scripts"):
    sys.path.insert(0, str(ROOT / folder))
# Spark's Python workers look for modules in the same places.
os.environ["PYTHONPATH"] = os.pathsep.join(str(ROOT / folder) for folder in ("local/spark", "glue-scripts"))
os.environ["PYSPARK_PYTHON"] = sys.executable

#: Memory of the driver's JVM, in which the executor's threads run too: what the local AWS gives to a G.1X job.
HEAP_MIB = 2048
CORES = 2


def start(warm: bool = True) -> Any:
    """The GlueContext of a new JVM.

    :param warm: whether it has done what nearly every job does once: so the local AWS keeps one ready.
    """
    import driver
    from spark_settings import Launch

    toolchain = json.loads((ROOT / ".lakeworks" / "toolchain.json").read_text(encoding="utf-8"))
    os.environ["JAVA_HOME"] = toolchain["java17"]
    work = tempfile.mkdtemp(prefix="lakeworks-bench-")
    launch = Launch("http://127.0.0.1:1", "none", "none", toolchain["sparkJars"], work, HEAP_MIB, CORES)
    driver.start(launch, [], {"spark.executorEnv.PYTHONPATH": os.environ["PYTHONPATH"]})
    if warm:
        driver.prime(launch)
    from awsglue.context import GlueContext
    from awsgluedq import _publish
    from pyspark.context import SparkContext

    # There is no Glue here to tell of outcomes; rules are evaluated all the same.
    _publish.publish = lambda *_: None
    context = SparkContext.getOrCreate()
    context.setLogLevel("ERROR")
    return GlueContext(context)


def peak_heap_mib() -> int:
    """Most memory that the JVM's heap has had in use, by the peaks of its pools."""
    from pyspark import SparkContext

    factory = SparkContext._jvm.java.lang.management.ManagementFactory
    pools = [pool for pool in factory.getMemoryPoolMXBeans() if pool.getType().toString() == "Heap memory"]
    return sum(pool.getPeakUsage().getUsed() for pool in pools) // 1024**2
