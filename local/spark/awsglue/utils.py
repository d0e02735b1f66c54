"""Job arguments: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-pyspark-extensions-get-resolved-options.html"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NoReturn

BOOKMARK_CHOICES = ("job-bookmark-enable", "job-bookmark-disable", "job-bookmark-pause")

#: Names that Glue itself parses: a script may not ask for the first two, and gets them all back.
_RESERVED = ("job-bookmark-option", "encryption-type")
_OPTIONAL = (
    "job-bookmark-from",
    "job-bookmark-to",
    "JOB_ID",
    "JOB_RUN_ID",
    "SECURITY_CONFIGURATION",
    "enable-data-lineage",
    "RedshiftTempDir",
    "TempDir",
)


class GlueArgumentError(Exception):
    """An argument that the script needs is missing or malformed."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise GlueArgumentError(message)


def getResolvedOptions(args: Sequence[str], options: Sequence[str]) -> dict[str, str]:
    """The values of the named arguments, without the leading `--`, out of `sys.argv`.

    As on Glue 5.x, unambiguous prefixes of a name are accepted, and some ten more keys come back
    (`TempDir`, `JOB_RUN_ID`, `job_bookmark_option`…; None where the run has no such argument).

    Raises GlueArgumentError when a named argument is missing, RuntimeError for a reserved name.
    """
    reserved = set(_RESERVED) | {name.replace("-", "_") for name in _RESERVED}
    clash = reserved & set(options)
    if clash:
        raise RuntimeError(f"Using reserved arguments {', '.join(sorted(clash))}")
    parser = _Parser(add_help=False)
    parser.add_argument("--job-bookmark-option", choices=BOOKMARK_CHOICES, default="job-bookmark-disable")
    parser.add_argument("--encryption-type", choices=("sse-s3", "sse-kms"))
    for name in _OPTIONAL:
        if name not in options:
            parser.add_argument(f"--{name}")
    for name in options:
        parser.add_argument(f"--{name}", required=True)
    return vars(parser.parse_known_args(list(args)[1:])[0])
