"""How a failed run is worded: Glue's ErrorMessage.

`Error Category: <category>; Failed Line Number: <line>; <class>: <message>`, the categories being those of
https://docs.aws.amazon.com/glue/latest/dg/monitor-observability.html
"""

from __future__ import annotations

import traceback

#: The API gives at most this much of a message.
_LONGEST = 1500

_CATEGORIES = {
    "SyntaxError": "SYNTAX_ERROR",
    "IndentationError": "SYNTAX_ERROR",
    "ImportError": "IMPORT_ERROR",
    "ModuleNotFoundError": "IMPORT_ERROR",
    "AnalysisException": "QUERY_ERROR",
    "ParseException": "QUERY_ERROR",
    "GlueArgumentError": "INVALID_ARGUMENT_ERROR",
    "IllegalArgumentException": "INVALID_ARGUMENT_ERROR",
    "NotImplementedError": "UNSUPPORTED_OPERATION_ERROR",
    "UnsupportedRule": "UNSUPPORTED_OPERATION_ERROR",
    "SystemExit": "SYSTEM_EXIT_ERROR",
    "NoSuchBucket": "RESOURCE_NOT_FOUND_ERROR",
    "NoSuchKey": "RESOURCE_NOT_FOUND_ERROR",
    "FileNotFoundError": "RESOURCE_NOT_FOUND_ERROR",
}


class LaunchError(Exception):
    """The run could not start: its script or a file that it names is not there."""


def reason(error: BaseException, script: str) -> str:
    line = error.lineno if isinstance(error, SyntaxError) else _line(error, script)
    where = f"Failed Line Number: {line}; " if line is not None else ""
    return f"Error Category: {_category(error)}; {where}{summary(error)}"


def summary(error: BaseException) -> str:
    """Class and message on one line, without Java's stack."""
    text = str(error)
    for mark in ("\n\tat ", "\n\nJVM stacktrace:"):
        text = text.partition(mark)[0]
    text = " ".join(text.split())
    return f"{type(error).__name__}: {text}"[:_LONGEST] if text else type(error).__name__


def _category(error: BaseException) -> str:
    if "java.lang.OutOfMemoryError" in str(error) or isinstance(error, MemoryError):
        return "OUT_OF_MEMORY_ERROR"
    return _CATEGORIES.get(type(error).__name__, "UNCLASSIFIED_ERROR")


def _line(error: BaseException, script: str) -> int | None:
    """The script's own line, the innermost one, not a library's."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == script]
    return lines[-1] if lines else None
