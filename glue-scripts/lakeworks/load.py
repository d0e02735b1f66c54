"""Raw objects to silver: what a run and a backfill do."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from awsglue.context import GlueContext

from lakeworks.arguments import JobArguments
from lakeworks.audit import audit, audit_rows
from lakeworks.catalog import Catalog
from lakeworks.contract import Contract
from lakeworks.crossing import find_losers
from lakeworks.fragments import Fragment, Merged, PartitionWork, Published, RawObject, Staged
from lakeworks.iceberg import IcebergLoad
from lakeworks.layout import in_order
from lakeworks.leftovers import clear_superseded, open_run, staging_of
from lakeworks.merge import MergeTask, merge
from lakeworks.publish import publish
from lakeworks.quarantine import QuarantineTask, check_share, write_quarantine
from lakeworks.report import RunReport
from lakeworks.stage import StageTask, stage
from lakeworks.tasks import balanced, on_spark

#: Bytes of raw objects of one task: so large that starting it does not matter, and its rows fit into memory.
_STAGE_BYTES = 384 * 1024**2
_MERGE_BYTES = 64 * 1024**2
#: A compressed object counts as this many times its size.
_COMPRESSED = 6
#: Tasks per core, so that a slow one does not hold the others up for long.
_TASKS_PER_CORE = 2


class UnknownFieldsError(Exception):
    """Records have fields that the contract does not name, and it says that this fails the run."""


class Load:
    def __init__(
        self,
        glue_context: GlueContext,
        arguments: JobArguments,
        contract: Contract,
        catalog: Catalog,
        report: RunReport,
    ) -> None:
        self._glue_context = glue_context
        self._spark = glue_context.spark_session
        self._run = on_spark(self._spark.sparkContext)
        self._cores = self._spark.sparkContext.defaultParallelism
        self._arguments = arguments
        self._contract = contract
        self._catalog = catalog
        self._report = report
        self._staging = staging_of(arguments)
        day = datetime.now(UTC).date()
        self._quarantine = f"{arguments.quarantine}run_date={day}/{arguments.run_id}.parquet"

    def load(self, objects: list[RawObject]) -> None:
        """The caller notes the objects as read, and closes the run."""
        report = self._report
        open_run(self._arguments, [self._quarantine])
        report.objects = len(objects)
        report.bytes_read = sum(raw.object.size for raw in objects)
        with report.stage("stage"):
            staged = self._stage(objects)
        self._account(staged)
        check_share(staged, self._contract)
        self._check_fields()
        if report.input == 0:
            return
        report.status = "succeeded"
        if self._contract.table_format == "iceberg":
            self._commit(staged)
        else:
            self._publish(staged)
        with report.stage("quarantine"):
            self._keep_bad(staged)

    def _commit(self, staged: list[Staged]) -> None:
        """Into the Iceberg table, in one commit."""
        load = IcebergLoad(self._spark, self._arguments, self._contract, self._report)
        load.load(
            staged, lambda rows: audit_rows(self._glue_context, self._arguments, self._contract, rows, self._report)
        )

    def _publish(self, staged: list[Staged]) -> None:
        """Partition by partition."""
        report = self._report
        with report.stage("merge"):
            merged = self._merge(staged)
        changed = [each for each in merged if each.changed]
        with report.stage("quality"):
            audit(self._glue_context, self._arguments, self._contract, changed, report)
        with report.stage("publish"):
            publish(changed, self._arguments.target, self._arguments.run_id, self._catalog)
        self._account_merged(merged)
        with report.stage("clear"):
            folders = {each.partition: self._folder(each) for each in changed if each.files}
            clear_superseded(self._arguments.target, [each.partition for each in changed], folders)

    def _stage(self, objects: list[RawObject]) -> list[Staged]:
        def weight(raw: RawObject) -> int:
            return raw.object.size * (_COMPRESSED if raw.key.endswith((".gz", ".zst", ".bz2")) else 1)

        groups = balanced(objects, weight, _STAGE_BYTES, self._cores * _TASKS_PER_CORE)
        return self._run(
            stage,
            [StageTask(number, group, self._contract, self._staging) for number, group in enumerate(groups)],
        )

    def _merge(self, staged: list[Staged]) -> list[Merged]:
        published = {found.partition: found for found in self._catalog.partitions()}
        losers = find_losers(self._contract, staged, published.values(), self._staging, self._run)
        self._report.bytes_scanned += losers.scanned
        ready, work = _split(_work(staged, published, losers.partitions), losers.partitions, self._contract)
        groups = balanced(work, lambda each: each.size, _MERGE_BYTES, self._cores * _TASKS_PER_CORE)
        tasks = [MergeTask(group, self._contract, self._staging, losers.location) for group in groups]
        merged = [each for group in self._run(merge, tasks) for each in group]
        return sorted([*ready, *merged], key=lambda each: in_order(each.partition))

    def _account(self, staged: list[Staged]) -> None:
        report = self._report
        reasons: Counter[str] = Counter()
        fields: Counter[str] = Counter()
        for task in staged:
            reasons.update(task.reasons)
            fields.update(task.unknown_fields)
            report.missing_fields += task.missing_fields
            report.peak_memory = max(report.peak_memory, task.peak_memory)
        report.input = sum(task.records for task in staged)
        report.duplicates = sum(task.duplicates for task in staged)
        report.quarantine_reasons = dict(reasons)
        report.quarantined = reasons.total()
        report.new_fields = dict(sorted(fields.items()))

    def _account_merged(self, merged: list[Merged]) -> None:
        report = self._report
        report.output = sum(each.added for each in merged)
        report.duplicates += sum(each.duplicates for each in merged)
        report.already_published = sum(each.already_published for each in merged)
        report.replaced = sum(each.replaced for each in merged)
        report.bytes_scanned += sum(each.scanned for each in merged)
        report.peak_memory = max([report.peak_memory, *(each.peak_memory for each in merged)])
        report.partitions = [each.partition for each in merged if each.changed]
        report.files = sum(len(each.files) for each in merged)
        report.bytes_written = sum(item.size for each in merged for item in each.files)

    def _check_fields(self) -> None:
        changes = [*self._report.new_fields, *self._report.missing_fields]
        if self._contract.schema_change == "fail" and changes:
            raise UnknownFieldsError(
                f"The raw objects of the dataset {self._contract.name} are not as its contract says "
                f"(schemaChange is fail), so nothing was published: {', '.join(changes)}. "
                "Name the fields in the contract, or choose ignore or append."
            )

    def _keep_bad(self, staged: list[Staged]) -> None:
        parts = [task.quarantine for task in staged if task.quarantine is not None]
        if parts:
            self._run(write_quarantine, [QuarantineTask(parts, self._quarantine, self._arguments.run_id)])

    def _folder(self, merged: Merged) -> str:
        return f"{self._arguments.target}{merged.partition}/{self._arguments.run_id}/"


def _work(staged: list[Staged], published: dict[str, Published], losers: frozenset[str]) -> list[PartitionWork]:
    """What there is to do for each partition that the run touches, by path."""
    fragments: dict[str, list[Fragment]] = {partition: [] for partition in losers}
    for task in staged:
        for fragment in task.fragments:
            fragments.setdefault(fragment.partition, []).append(fragment)
    return [PartitionWork(partition, found, published.get(partition)) for partition, found in sorted(fragments.items())]


def _split(
    work: list[PartitionWork], losers: frozenset[str], contract: Contract
) -> tuple[list[Merged], list[PartitionWork]]:
    """Partitions that are one fragment as it is, and those that have to be merged."""

    def is_ready(each: PartitionWork) -> bool:
        alone = len(each.fragments) == 1 and each.published is None and each.partition not in losers
        return alone and each.size <= contract.target_file_bytes

    return [Merged.of(each.fragments[0]) for each in work if is_ready(each)], [
        each for each in work if not is_ready(each)
    ]
