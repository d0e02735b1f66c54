"""CloudWatch alarms of the emulator, evaluated as CloudWatch does.

MiniStack's own evaluation mixes the metrics of all dimensions, looks at no missing data, runs only when a metric comes
in and forgets metric math. Here an alarm has its own metric, period by period, each minute; of metric math it has sums.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
"""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

from ministack.services import cloudwatch

INTERVAL_SECONDS = 60
SUM = "SUM(METRICS())"

Alarm = dict[str, Any]

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "GreaterThanOrEqualToThreshold": lambda value, threshold: value >= threshold,
    "GreaterThanThreshold": lambda value, threshold: value > threshold,
    "LessThanOrEqualToThreshold": lambda value, threshold: value <= threshold,
    "LessThanThreshold": lambda value, threshold: value < threshold,
}


def install() -> None:
    """Puts this module's evaluation in the place of MiniStack's."""
    cloudwatch._evaluate_alarm = evaluate
    cloudwatch._put_metric_alarm = put_metric_alarm


async def run() -> None:
    """Evaluates every alarm each minute."""
    while True:
        await asyncio.sleep(INTERVAL_SECONDS)
        try:
            cloudwatch._evaluate_all_alarms()
        except Exception:
            logging.getLogger(__name__).exception("evaluating alarms")


original_put = cloudwatch._put_metric_alarm


def put_metric_alarm(params: dict, data: dict, is_cbor: bool, is_json: bool = False) -> tuple:
    """PutMetricAlarm, with the metrics of metric math kept and what cannot be evaluated refused."""
    data = data or {}
    problem = unsupported(params, data)
    if problem is not None:
        return cloudwatch._error("InvalidParameterValue", problem, 400, use_json=is_json, use_cbor=is_cbor)
    answer = original_put(params, data, is_cbor, is_json)
    metrics = data.get("Metrics")
    if metrics and answer[0] == 200:
        alarm = cloudwatch._alarms[data["AlarmName"]]
        for member in ("MetricName", "Namespace", "Statistic", "ExtendedStatistic", "Period", "Dimensions", "Unit"):
            alarm.pop(member, None)
        alarm["Metrics"] = metrics
        evaluate(alarm)
    return answer


def unsupported(params: dict, data: dict) -> str | None:
    """What of the alarm cannot be evaluated here, if anything."""
    if any(name.startswith("Metrics.member.") for name in params):
        return "The local CloudWatch takes Metrics of an alarm by the JSON and CBOR protocols only."
    comparison = data.get("ComparisonOperator") or cloudwatch._p(params, "ComparisonOperator")
    if comparison not in COMPARISONS:
        return f"The local CloudWatch does not evaluate alarms by ComparisonOperator '{comparison}'."
    for metric in data.get("Metrics") or []:
        if "MetricStat" not in metric and metric.get("Expression") != SUM:
            return f"The local CloudWatch evaluates no expression but {SUM}: '{metric.get('Expression')}'."
        if "MetricStat" in metric and metric.get("ReturnData", True):
            return f"The local CloudWatch takes Metrics whose one result is {SUM}."
    return None


def evaluate(alarm: Alarm) -> None:
    """Sets the alarm's state from its metric, and acts where the state changes."""
    points = datapoints(alarm, time.time())
    wanted = alarm.get("DatapointsToAlarm") or len(points)
    state = state_of(alarm, points, wanted)
    old = alarm["StateValue"]
    if state in (None, old):
        return
    threshold = f"{alarm.get('ComparisonOperator')} {alarm.get('Threshold')}"
    reason = f"Threshold Crossed: {wanted} of the last {len(points)} datapoints {points} for {threshold}"
    if state == "INSUFFICIENT_DATA":
        reason = f"Insufficient Data: {len(points)} datapoints were unknown"
    alarm.update(StateValue=state, StateReason=reason, StateUpdatedTimestamp=int(time.time()))
    cloudwatch._record_history(alarm["AlarmName"], old, state, reason)
    cloudwatch._dispatch_alarm_actions(alarm, old, state, reason)
    cloudwatch._evaluate_parent_alarms(alarm)


def state_of(alarm: Alarm, points: list[float | None], wanted: int) -> str | None:
    """The state that the datapoints say; None for that it had."""
    missing = alarm.get("TreatMissingData", "missing")
    if missing in ("missing", "ignore") and all(point is None for point in points):
        return "INSUFFICIENT_DATA" if missing == "missing" else None
    breaches = COMPARISONS[alarm["ComparisonOperator"]]
    breaching = [missing == "breaching" if point is None else breaches(point, alarm["Threshold"]) for point in points]
    return "ALARM" if sum(breaching) >= wanted else "OK"


def datapoints(alarm: Alarm, now: float) -> list[float | None]:
    """One value for each period, the latest first; None where no metric came in."""
    stats = [metric["MetricStat"] for metric in alarm.get("Metrics", []) if "MetricStat" in metric]
    if not stats:
        statistic = alarm.get("ExtendedStatistic") or alarm.get("Statistic")
        stats = [{"Metric": alarm, "Period": alarm["Period"], "Stat": statistic}]
    periods = range(alarm.get("EvaluationPeriods", 1))
    return [total([value(stat, index, now) for stat in stats]) for index in periods]


def value(stat: dict[str, Any], index: int, now: float) -> float | None:
    """The statistic of the metric in the period that ended `index` periods ago."""
    metric = stat["Metric"]
    dimensions = {each["Name"]: each["Value"] for each in metric.get("Dimensions") or []}
    key = (metric["Namespace"], metric["MetricName"], cloudwatch._dims_key(dimensions))
    end = now - index * stat["Period"]
    points = [point for point in cloudwatch._metrics.get(key, []) if end - stat["Period"] < point["Timestamp"] <= end]
    return cloudwatch._stat_value(cloudwatch._calc_stats(points), stat["Stat"], points) if points else None


def total(values: list[float | None]) -> float | None:
    """The sum of what there is."""
    known = [each for each in values if each is not None]
    return sum(known) if known else None
