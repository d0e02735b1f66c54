"""Where an evaluation's outcomes go besides the frame: an S3 prefix, CloudWatch metrics and an event."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from awsglue import _run


def publish(options: dict[str, Any], outcomes: Sequence[tuple[Any, ...]]) -> None:
    context = str(options.get("dataQualityEvaluationContext") or "")
    prefix = options.get("resultsS3Prefix")
    result_id = f"dqresult-{uuid.uuid4().hex}"
    if prefix:
        _to_s3(str(prefix), result_id, context, outcomes)
    if _true(options.get("enableDataQualityCloudWatchMetrics")):
        _to_cloudwatch(context, outcomes)
    if _true(options.get("enableDataQualityResultsPublishing")):
        _to_eventbridge(result_id, context, outcomes)


def _to_s3(prefix: str, result_id: str, context: str, outcomes: Sequence[tuple[Any, ...]]) -> None:
    import boto3

    names = ("Rule", "Outcome", "FailureReason", "EvaluatedMetrics")
    document = {
        "ResultId": result_id,
        "EvaluationContext": context,
        "JobName": _run.current.job_name,
        "JobRunId": _run.current.run_id,
        "CompletedOn": datetime.now(UTC).isoformat(),
        "Score": sum(row[1] == "Passed" for row in outcomes) / len(outcomes),
        "RuleResults": [dict(zip(names, row, strict=False)) for row in outcomes],
    }
    target = urlsplit(prefix, allow_fragments=False)
    key = f"{target.path.strip('/')}/{result_id}.json".lstrip("/")
    boto3.client("s3").put_object(Bucket=target.netloc, Key=key, Body=json.dumps(document).encode())


def _to_cloudwatch(context: str, outcomes: Sequence[tuple[Any, ...]]) -> None:
    """https://docs.aws.amazon.com/glue/latest/dg/data-quality-alerts.html"""
    import boto3

    passed = sum(row[1] == "Passed" for row in outcomes)
    dimensions = [{"Name": "EvaluationContext", "Value": context}] if context else []
    counts = {"glue.data.quality.rules.passed": passed, "glue.data.quality.rules.failed": len(outcomes) - passed}
    boto3.client("cloudwatch").put_metric_data(
        Namespace="Glue Data Quality",
        MetricData=[
            {"MetricName": name, "Value": value, "Unit": "Count", "Dimensions": dimensions}
            for name, value in counts.items()
        ],
    )


def _to_eventbridge(result_id: str, context: str, outcomes: Sequence[tuple[Any, ...]]) -> None:
    """The detail of `Data Quality Evaluation Results Available`, whose names differ from AWS's page: they are those of
    the events that AWS sends (`resultId`, `numRules…`).

    https://docs.aws.amazon.com/glue/latest/dg/data-quality-alerts.html
    """
    run = _run.current
    passed = sum(row[1] == "Passed" for row in outcomes)
    run.tell(
        "quality",
        detail={
            "resultId": result_id,
            "context": {
                "contextType": "GLUE_JOB",
                "jobId": run.run_id,
                "jobName": run.job_name,
                "evaluationContext": context,
            },
            "rulesetNames": [context] if context else [],
            "state": "SUCCEEDED" if passed == len(outcomes) else "FAILED",
            "score": passed / len(outcomes),
            "numRulesSucceeded": passed,
            "numRulesFailed": len(outcomes) - passed,
            "numRulesSkipped": 0,
        },
    )


def _true(value: Any) -> bool:
    return str(value).lower() == "true"
