"""Columns that the library adds to a dataset's own; a contract's names never begin with an underscore."""

#: The raw line.
LINE = "_line"

#: The S3 object that the line is from.
SOURCE_OBJECT = "_source_object"

#: The line's fields as a struct of texts by the source's names; null where the line is not exactly one record.
RECORD = "_record"

#: Null for a good row, else the first of: what is wrong with the line as a whole (malformed_json, header_invalid,
#: malformed_csv), `<column>_missing`, `<column>_invalid`, a row rule's name.
REASON = "_reason"
