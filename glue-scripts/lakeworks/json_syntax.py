"""Strict JSON over DuckDB's parser, which lets some things through: NaN and infinities, a comma before a closing
bracket. Nothing else, by a comparison with Python's parser in the tests."""

from __future__ import annotations

from collections.abc import Sequence

from lakeworks.engine import text

_TEXT = r'"(?:[^"\\]|\\.)*"'
#: What is left of a record without its texts holds one of these.
_LOOSE = r"(?i)nan|inf|,\s*[\]}]"
_SPACE = "E' \\t\\r\\n'"
#: Characters that a nested value begins with, and those that NaN and infinities begin with.
_BRACKETS = (ord("["), ord("{"))
_LETTERS = tuple(ord(character) for character in "-nNiI")
_NO_NUMBERS = "('nan', '-nan', 'inf', '-inf', 'infinity', '-infinity')"


def pointer(field: str, *above: str) -> str:
    """A field's place as a JSON pointer, as SQL: https://www.rfc-editor.org/rfc/rfc6901"""
    return text("".join("/" + name.replace("~", "~0").replace("/", "~1") for name in (*above, field)))


def is_object(line: str) -> str:
    """SQL of whether a line that is JSON is an object."""
    return f"(starts_with({line}, '{{') OR starts_with(ltrim({line}, {_SPACE}), '{{'))"


def ends_loosely(line: str) -> str:
    """SQL of whether a comma stands before the last bracket."""
    return rf"regexp_matches({line}, ',\s*\}}\s*$')"


def may_be_loose(value: str) -> str:
    """SQL that is false for the text of a field with nothing loose in it: neither a nested value nor NaN or infinity.

    It is quick, and asks for `is_loose`, which is not. In a record without nested values there is no other place for
    loose things but its end.
    """
    first = f"ascii({value})"
    words = f"{first} IN {_BRACKETS} OR lower({value}) IN {_NO_NUMBERS}"
    return f"CASE WHEN {first} IN {(*_BRACKETS, *_LETTERS)} THEN {words} ELSE false END"


def is_loose(line: str) -> str:
    """SQL of whether a line that DuckDB takes for JSON is none."""
    return f"regexp_matches(regexp_replace({line}, '{_TEXT}', '0', 'g'), '{_LOOSE}')"


def repeats_a_name(names: str) -> str:
    """:param names: SQL of the list of a record's names."""
    return f"(len(list_distinct({names})) < len({names}))"


def last_of_each(line: str, names: Sequence[str]) -> str:
    """SQL of the texts of the fields of a record that repeats a name: the last one counts, as in most parsers."""
    keys, values = f"list_reverse(json_keys({line}))", f"list_reverse(json_extract_string({line}, '$.*'))"
    return "[" + ", ".join(f"{values}[list_position({keys}, {text(name)})]" for name in names) + "]"


def number_as_written(line: str, field: str) -> str:
    """SQL of a number's digits in the record; NULL where the name stands in it more than once, in nested objects.

    Within a text a quote has a backslash before it: the pattern matches names alone.
    """
    name = "".join(letter if letter.isalnum() or letter == "_" else f"\\x{{{ord(letter):x}}}" for letter in field)
    pattern = rf'"{name}"\s*:\s*"?([+-]?[0-9][0-9.eE+-]*)'
    found = f"regexp_extract_all({line}, {text(pattern)}, 1)"
    return f"CASE WHEN len({found}) = 1 THEN {found}[1] END"
