"""Compaction: partitions of many small files become partitions of few, which no reader ever sees half done."""

from __future__ import annotations

from datetime import date

from awsglue.context import GlueContext

from lakeworks import storage
from lakeworks.arguments import JobArguments
from lakeworks.catalog import Catalog
from lakeworks.contract import Contract
from lakeworks.fragments import PartitionWork, Published
from lakeworks.leftovers import clear_superseded, staging_of
from lakeworks.merge import MergeTask, merge
from lakeworks.publish import publish
from lakeworks.report import RunReport
from lakeworks.tasks import balanced, on_spark

_MERGE_BYTES = 64 * 1024**2
_EPOCH = date(1970, 1, 1)


def compact(
    glue_context: GlueContext, arguments: JobArguments, contract: Contract, catalog: Catalog, report: RunReport
) -> None:
    """Rewrites the partitions with events of the arguments' days that have more files than their size calls for, and
    removes what earlier publications have left in any of those days' partitions."""
    due = [found for found in catalog.partitions() if _within(found, arguments)]
    with report.stage("list"):
        listed = storage.for_each(lambda found: found.files(), due)
    work = []
    for found, files in zip(due, listed, strict=True):
        size = sum(item.size for item in files)
        if len(files) > max(1, -(-size // contract.target_file_bytes)):
            work.append(
                PartitionWork(found.partition, [], Published(found.partition, found.location, size, found.span))
            )
    with report.stage("merge"):
        groups = balanced(work, lambda each: each.size, _MERGE_BYTES, 1)
        tasks = [MergeTask(group, contract, staging_of(arguments), None, rewrite=True) for group in groups]
        merged = [each for group in on_spark(glue_context.spark_session.sparkContext)(merge, tasks) for each in group]
    with report.stage("publish"):
        publish(merged, arguments.target, arguments.run_id, catalog)
    with report.stage("clear"):
        current = {found.partition: found.location for found in catalog.partitions()}
        clear_superseded(arguments.target, [found.partition for found in due], current)
    if merged:
        report.status = "succeeded"
    report.partitions = [each.partition for each in merged]
    report.files = sum(len(each.files) for each in merged)
    report.bytes_scanned = sum(each.scanned for each in merged)
    report.bytes_written = sum(item.size for each in merged for item in each.files)


def _within(found: Published, arguments: JobArguments) -> bool:
    """A partition that this library did not write may hold events of any day."""
    if found.span is None:
        return True
    first, last = arguments.from_day, arguments.to_day
    assert first is not None and last is not None
    return found.span.day_max >= (first - _EPOCH).days and found.span.day_min <= (last - _EPOCH).days
