"""A run's figures as metrics of Amazon CloudWatch, namespace `Lakeworks`, by dataset."""

from __future__ import annotations

from typing import Any

import boto3

from lakeworks.report import RunReport

NAMESPACE = "Lakeworks"


def put_metrics(report: RunReport) -> None:
    """https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html"""
    dimensions = [{"Name": "Dataset", "Value": report.dataset}]
    client: Any = boto3.client("cloudwatch")
    client.put_metric_data(
        Namespace=NAMESPACE,
        MetricData=[
            {"MetricName": name, "Value": value, "Unit": unit, "Dimensions": dimensions}
            for name, value, unit in _figures(report)
        ],
    )


def _figures(report: RunReport) -> list[tuple[str, float, str]]:
    return [
        ("RecordsRead", report.input, "Count"),
        ("RowsPublished", report.output, "Count"),
        ("RowsReplaced", report.replaced, "Count"),
        ("RecordsQuarantined", report.quarantined, "Count"),
        ("DuplicatesDropped", report.duplicates + report.already_published, "Count"),
        ("BytesRead", report.bytes_read, "Bytes"),
        ("BytesScanned", report.bytes_scanned, "Bytes"),
        ("BytesWritten", report.bytes_written, "Bytes"),
        ("FilesWritten", report.files, "Count"),
        ("QualityRulesFailed", sum(outcome.outcome != "Passed" for outcome in report.quality), "Count"),
        ("RunSeconds", round(sum(seconds for _, seconds in report.stages), 3), "Seconds"),
    ]
