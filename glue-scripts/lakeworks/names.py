"""Columns that the library adds to a row while it is made; a contract's names never begin with an underscore."""

#: The raw text of a record that became no row; null for a good one.
RAW = "_raw"

#: Null for a good row, else the first of: what is wrong with the record as a whole (malformed_json, header_invalid…),
#: `<column>_missing`, `<column>_invalid`, a row rule's name.
REASON = "_reason"

#: Hash of the list of a record's fields, and the list itself unless its shape is a usual one, see survey.py.
SHAPE, KEYS = "_shape", "_keys"
