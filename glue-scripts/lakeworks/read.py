"""Reads bronze: raw lines and the object that each is from."""

from __future__ import annotations

from awsglue.context import GlueContext
from pyspark.sql import DataFrame
from pyspark.sql import functions as f

from lakeworks.contract import Contract
from lakeworks.csv_headers import with_headers
from lakeworks.names import LINE, SOURCE_OBJECT
from lakeworks.storage import open_lines

#: A control character that texts hardly hold and JSON never, so that a line comes in one column.
_SEPARATOR = "\x01"


def read_lines(glue_context: GlueContext, source: str, contract: Contract) -> DataFrame | None:
    """The lines that no committed run has read yet, by Glue's bookmarks; None when there is no such line.

    Lines of either format are read as one-column CSV without quotes: Glue's own parsers drop malformed records, and
    only Glue's readers keep bookmarks. Lines of white space alone are no records, and neither are the headers of CSV.
    https://docs.aws.amazon.com/glue/latest/dg/monitor-continuations.html
    """
    frame = glue_context.create_dynamic_frame.from_options(
        connection_type="s3",
        connection_options={"paths": [source], "recurse": True},
        format="csv",
        format_options={
            "separator": _SEPARATOR,
            "quoteChar": "-1",
            "withHeader": False,
            "attachFilename": SOURCE_OBJECT,
        },
        transformation_ctx="bronze",
    ).toDF()
    texts = sorted((name for name in frame.columns if name.startswith("col")), key=lambda name: int(name[3:]))
    if not texts:
        return None
    # A line that holds the separator is joined again, and so judged and quarantined whole.
    line = frame[texts[0]] if len(texts) == 1 else f.concat_ws(_SEPARATOR, *texts)
    lines = frame.select(line.alias(LINE), SOURCE_OBJECT).where(f.length(f.trim(LINE)) > 0)
    return with_headers(lines, contract, open_lines) if contract.raw_format == "csv" else lines
