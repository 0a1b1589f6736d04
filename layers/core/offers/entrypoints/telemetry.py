"""Logs and metrics. Logs name requests and transactions, never persons: no names, addresses,
tokens or bodies."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from offers.entrypoints.metric_names import Metric

logger = Logger(service=os.environ.get("POWERTOOLS_SERVICE_NAME", "offers"), utc=True)
"""Everything under ``logging.getLogger("offers")`` ends here, as JSON with the ids of the
current event."""

_NAMESPACE = os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "Offers")
_SERVICE = os.environ.get("POWERTOOLS_SERVICE_NAME", "offers")

_encode = json.JSONEncoder(separators=(",", ":")).encode


def begin(request_id: str, context: LambdaContext) -> None:
    """Forget the event before; from here on every log line carries these ids."""
    logger.thread_safe_clear_keys()
    logger.thread_safe_append_keys(
        request_id=request_id, function_request_id=getattr(context, "aws_request_id", "")
    )


def about_transaction(transaction_id: object) -> None:
    """Every further log line of this event names the transaction."""
    logger.thread_safe_append_keys(transaction_id=str(transaction_id))


def _encode_quickly(fields: dict[str, Any]) -> str:
    """By pydantic, which is loaded where requests are served, and need not be elsewhere."""
    from pydantic_core import to_json

    return to_json(fields).decode()


_REQUEST_METRICS = (
    Metric.REQUESTS,
    Metric.CLIENT_ERRORS,
    Metric.SERVER_ERRORS,
    Metric.REQUEST_DURATION,
)


def measure(metric: Metric, value: float = 1, **dimensions: str) -> None:
    """Emit one value now. The dimensions are those the registry names, neither more nor fewer."""
    _emit((metric,), (value,), dimensions, {})


def request_served(event: dict[str, Any], status: int, seconds: float) -> None:
    """One line per request: its metrics and, for whoever reads the log, its ids and outcome."""
    route = f"{event.get('httpMethod', '')} {event.get('resource') or event.get('path', '')}"
    is_server_error = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    is_client_error = status >= HTTPStatus.BAD_REQUEST and not is_server_error
    values = (1, int(is_client_error), int(is_server_error), round(seconds * 1000, 3))
    properties = {**logger.thread_safe_get_current_keys(), "status": status}
    _emit(_REQUEST_METRICS, values, {"route": route}, properties, _encode_quickly)


def _emit(
    metrics: tuple[Metric, ...],
    values: tuple[float, ...],
    dimensions: dict[str, str],
    properties: dict[str, Any],
    encode: Callable[[dict[str, Any]], str] = _encode,
) -> None:
    """Write CloudWatch's embedded metric format, one flushed line.

    Not Powertools' Metrics: that keeps state between calls, loses it when the process dies, and
    takes four times as long, which the budget of a status poll has no room for.
    """
    names, directive = _described(metrics, tuple(dimensions))
    measured = dict(zip(names, values, strict=True))
    fields = {"service": _SERVICE, **dimensions, **measured, **properties}
    head = f'{{"_aws":{{"Timestamp":{int(time.time() * 1000)},"CloudWatchMetrics":[{directive}]}},'
    sys.stdout.write(f"{head}{encode(fields)[1:]}\n")
    sys.stdout.flush()


@cache
def _described(
    metrics: tuple[Metric, ...], dimensions: tuple[str, ...]
) -> tuple[tuple[str, ...], str]:
    """Names, and the directive that makes metrics of them; once for each combination."""
    types = tuple(metric.value for metric in metrics)
    for each in types:
        if set(each.dimensions) != set(dimensions):
            message = f"{each.name} has the dimensions {each.dimensions}"
            raise ValueError(message)
    directive = {
        "Namespace": _NAMESPACE,
        "Dimensions": [["service", *dimensions]],
        "Metrics": [{"Name": each.name, "Unit": each.unit} for each in types],
    }
    return tuple(each.name for each in types), _encode(directive)
