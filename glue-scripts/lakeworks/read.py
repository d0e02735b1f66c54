"""Reads bronze: raw lines and the object that each is from."""

from __future__ import annotations

from awsglue.context import GlueContext
from pyspark.sql import DataFrame
from pyspark.sql import functions as f

from lakeworks.names import LINE, SOURCE_OBJECT

#: A control character that a JSON text can't hold unescaped, so that a line stays whole.
_SEPARATOR = "\x01"


def read_lines(glue_context: GlueContext, source: str) -> DataFrame | None:
    """The lines that no committed run has read yet, by Glue's bookmarks; None when there is no such line.

    Lines are read as one-column CSV because Glue's JSON reader drops malformed records, and only Glue's readers
    keep bookmarks. Lines of white space alone are no records.
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
    # A line that holds the separator is malformed JSON; joined again it is quarantined whole.
    line = frame[texts[0]] if len(texts) == 1 else f.concat_ws(_SEPARATOR, *texts)
    return frame.select(line.alias(LINE), SOURCE_OBJECT).where(f.length(f.trim(LINE)) > 0)
