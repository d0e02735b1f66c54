"""Columns that the library adds to a dataset's own; a contract's names never begin with an underscore."""

#: The raw line.
LINE = "_line"

#: The S3 object that the line is from.
SOURCE_OBJECT = "_source_object"

#: Null for a good row, else the first of: malformed_json, `<column>_missing`, `<column>_invalid`, a row rule's name.
REASON = "_reason"
