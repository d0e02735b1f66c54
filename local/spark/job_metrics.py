"""What Spark knows of a run, put to CloudWatch every 30 seconds and at the run's end.

Begun by the script's GlueContext, as on Glue. Figures that only a cluster has (executors, worker utilization, skew) and
those that Glue takes from its own readers are not put.

https://docs.aws.amazon.com/glue/latest/dg/monitoring-awsglue-with-cloudwatch-metrics.html
https://docs.aws.amazon.com/glue/latest/dg/monitor-observability.html
"""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

_INTERVAL_SECONDS = 30
_MEGABYTE = 1024**2
_GIGABYTE = 1024**3
#: Longest wait for what Spark's listeners have not counted yet at the end.
_LISTENERS_MS = 5_000
_S3_SCHEMES = ("s3", "s3a", "s3n")

#: Counters of Spark's own sources by the metric that is their growth.
_COUNTERS = {
    "glue.driver.aggregate.bytesRead": ("executor", "bytesRead", "Bytes"),
    "glue.driver.aggregate.recordsRead": ("executor", "recordsRead", "Count"),
    "glue.driver.aggregate.shuffleBytesWritten": ("executor", "shuffleBytesWritten", "Bytes"),
    "glue.driver.aggregate.shuffleLocalBytesRead": ("executor", "shuffleLocalBytesRead", "Bytes"),
    "glue.driver.aggregate.numCompletedStages": ("appStatus", "stages.completedStages", "Count"),
    "glue.driver.aggregate.numCompletedTasks": ("appStatus", "tasks.completedTasks", "Count"),
    "glue.driver.aggregate.numFailedTasks": ("appStatus", "tasks.failedTasks", "Count"),
    "glue.driver.aggregate.numKilledTasks": ("appStatus", "tasks.killedTasks", "Count"),
}

Datum = dict[str, Any]


def reporter(job_name: str, run_id: str, work: str, arguments: dict[str, str]) -> Reporter | None:
    """None where the job asks for no metrics of Spark."""
    profile = _asked(arguments.get("--enable-metrics"))
    observe = _asked(arguments.get("--enable-observability-metrics"))
    return Reporter(job_name, run_id, work, profile, observe) if profile or observe else None


def _asked(value: str | None) -> bool:
    return value is not None and value.lower() != "false"


def _failed(error: Exception) -> None:
    print(f"Metrics of the run could not be put: {error}", file=sys.stderr)


class Reporter:
    def __init__(self, job_name: str, run_id: str, work: str, profile: bool, observe: bool) -> None:
        self._job_name, self._run_id, self._work = job_name, run_id, work
        self._profile, self._observe = profile, observe
        self._context: Any = None
        self._begun = 0.0
        self._before: dict[str, float] = {}
        self._ended = threading.Event()
        self._reporting = threading.Lock()

    def begin(self, context: Any) -> None:
        """Once, by the first GlueContext of the script. Neither this nor a report makes a run fail."""
        if self._context is not None:
            return
        self._context, self._begun = context, time.monotonic()
        try:
            # Some counters are the JVM's, which was warmed up before the run.
            self._before = dict(self._totals())
        except Exception as error:
            _failed(error)
        # A script may stop Spark itself, and its figures go with it.
        stop = context.stop
        context.stop = lambda: (self.end(), stop())
        threading.Thread(target=self._run, daemon=True).start()

    def end(self) -> None:
        """Puts what is left; later calls do nothing."""
        if self._context is None or self._ended.is_set():
            return
        self._ended.set()
        self._report()

    def _run(self) -> None:
        while not self._ended.wait(_INTERVAL_SECONDS):
            self._report()

    def _report(self) -> None:
        import boto3

        with self._reporting:
            try:
                self._context._jsc.sc().listenerBus().waitUntilEmpty(_LISTENERS_MS)
                data = list(self._data())
                boto3.client("cloudwatch").put_metric_data(Namespace="Glue", MetricData=data)
            except Exception as error:
                _failed(error)

    def _data(self) -> Iterator[Datum]:
        heap_used, heap_most = self._heap()
        if self._profile:
            totals = dict(self._totals())
            for name, total in totals.items():
                unit = _COUNTERS[name][2] if name in _COUNTERS else "Bytes"
                kind = "count" if name in _COUNTERS else "gauge"
                yield from self._datum(name, total - self._before.get(name, 0), unit, kind)
            self._before = totals
            yield from self._datum("glue.driver.aggregate.elapsedTime", self._elapsed(), "Milliseconds", "count")
            disk = self._source("BlockManager").getGauges().get("disk.diskSpaceUsed_MB").getValue()
            yield from self._datum("glue.driver.BlockManager.disk.diskSpaceUsed_MB", disk, "Megabytes", "gauge")
            for who in ("driver", "ALL"):
                yield from self._datum(f"glue.{who}.jvm.heap.used", heap_used, "Bytes", "gauge")
                yield from self._datum(f"glue.{who}.jvm.heap.usage", heap_used / heap_most, "Percent", "gauge")
        if self._observe:
            disk = shutil.disk_usage(self._work)
            figures = {
                "memory.heap.used": (heap_used, "Bytes"),
                "memory.heap.available": (heap_most - heap_used, "Bytes"),
                "memory.heap.used.percentage": (100 * heap_used / heap_most, "Percent"),
                "disk.used_GB": (disk.used / _GIGABYTE, "Gigabytes"),
                "disk.available_GB": (disk.free / _GIGABYTE, "Gigabytes"),
                "disk.used.percentage": (100 * disk.used / disk.total, "Percent"),
            }
            for who in ("driver", "ALL"):
                for name, (value, unit) in figures.items():
                    yield from self._datum(f"glue.{who}.{name}", value, unit, "gauge", "resource_utilization")

    def _datum(self, name: str, value: float, unit: str, kind: str, group: str | None = None) -> Iterator[Datum]:
        """Of this run, and of all runs of the job."""
        for run in (self._run_id, "ALL"):
            dimensions = {"JobName": self._job_name, "JobRunId": run, "Type": kind}
            if group is not None:
                dimensions["ObservabilityGroup"] = group
            yield {
                "MetricName": name,
                "Value": float(value),
                "Unit": unit,
                "Dimensions": [{"Name": each, "Value": text} for each, text in dimensions.items()],
            }

    def _totals(self) -> Iterator[tuple[str, float]]:
        """Since the JVM's or the context's start. The driver is the one executor, so `driver` is `ALL`."""
        for name, (source, counter, _) in _COUNTERS.items():
            yield name, self._source(source).getCounters().get(counter).getCount()
        filesystem = self._context._jvm.org.apache.hadoop.fs.FileSystem
        of_s3 = [each for each in filesystem.getAllStatistics() if each.getScheme() in _S3_SCHEMES]
        read, written = sum(each.getBytesRead() for each in of_s3), sum(each.getBytesWritten() for each in of_s3)
        for who in ("driver", "ALL"):
            yield f"glue.{who}.s3.filesystem.read_bytes", read
            yield f"glue.{who}.s3.filesystem.write_bytes", written

    def _source(self, name: str) -> Any:
        """The registry of one of Spark's own sources."""
        system = self._context._jvm.org.apache.spark.SparkEnv.get().metricsSystem()
        return system.getSourcesByName(name).head().metricRegistry()

    def _heap(self) -> tuple[int, int]:
        runtime = self._context._jvm.java.lang.Runtime.getRuntime()
        return runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory()

    def _elapsed(self) -> float:
        """Milliseconds since the last report."""
        now = time.monotonic()
        passed, self._begun = now - self._begun, now
        return passed * 1000
