"""Records as texts of fields, whatever format they are from, as DuckDB's SQL."""

from __future__ import annotations

from dataclasses import dataclass

from lakeworks.contract import Column, Contract
from lakeworks.engine import text
from lakeworks.json_syntax import last_of_each, number_as_written, pointer, repeats_a_name
from lakeworks.names import KEYS, SHAPE
from lakeworks.read.records import Records
from lakeworks.survey import Survey

#: The record as it came, what its reader found wrong with it, the JSON that its fields are in, whether there is any.
LINE, FAULT, DOCUMENT, FOUND = "_line", "_fault", "_document", "_found"
#: Whether all fields of the record are looked at, and none stands in it twice.
USUAL = "_usual"
_TEXTS, _SEEN = "_texts", "_seen"


@dataclass(frozen=True)
class Fields:
    """The fields that are looked at; the text of each is a column."""

    #: First those of the most usual shape, in its order: of its records all values can be taken as they stand.
    names: tuple[str, ...]
    #: Whether the document is the record itself, JSON, and not a reader's box.
    raw: bool
    #: Whether a number may have more digits in the record than DuckDB reads of it; Parquet's then are texts.
    numbers_as_written: bool
    #: Hashes of the usual shapes, the most usual first.
    shapes: tuple[int, ...]

    @staticmethod
    def of(contract: Contract, survey: Survey) -> Fields:
        named = [source for column in contract.read_columns for source in column.sources]
        first = next(iter(survey.shapes.values()), ())
        return Fields(
            tuple(dict.fromkeys((*first, *named, *survey.others))),
            contract.records_are_json,
            contract.raw_format == "json",
            tuple(survey.shapes),
        )

    @property
    def object(self) -> str:
        """SQL of the JSON object whose members are the fields."""
        return DOCUMENT if self.raw else f"json_extract({DOCUMENT}, '/f')"

    def text(self, name: str) -> str:
        return f"_text{self.names.index(name)}"

    def place(self, name: str) -> str:
        return pointer(name) if self.raw else pointer(name, "f")

    def value(self, column: Column) -> str:
        """SQL of the column's text: of several names the first that has one."""
        texts = [self.text(source) for source in column.sources]
        return f"coalesce({', '.join(texts)})" if len(texts) > 1 else texts[0]

    def _first(self, column: Column, sql: dict[str, str]) -> str:
        """The SQL for the name that the value is from."""
        if len(sql) == 1:
            return next(iter(sql.values()))
        cases = " ".join(f"WHEN {self.text(source)} IS NOT NULL THEN {sql[source]}" for source in column.sources)
        return f"CASE {cases} END"

    def is_nested(self, column: Column) -> str:
        """SQL of whether the value is an object or an array, of which the text is JSON."""
        kinds = {source: f"json_type({DOCUMENT}, {self.place(source)})" for source in column.sources}
        value = self.value(column)
        looks = f"ascii({value}) IN {(ord('['), ord('{'))}"
        return f"CASE WHEN {looks} THEN {self._first(column, kinds)} IN ('OBJECT', 'ARRAY') ELSE false END"

    def written(self, column: Column) -> str:
        """SQL of a number as it is written in the record; DuckDB reads one with a point as a double."""
        if not self.numbers_as_written:
            return self.value(column)
        return self._first(column, {source: number_as_written(LINE, source) for source in column.sources})


def text_query(records: Records, relation: str, fields: Fields) -> str:
    """SELECT of LINE, FAULT, DOCUMENT, FOUND, USUAL, SHAPE, KEYS and the text of each field. Where no record is found
    FAULT says why, or the line is no JSON."""
    if not records.boxed:
        lines = f"SELECT line AS {LINE}, CAST(NULL AS VARCHAR) AS {FAULT}, line AS {DOCUMENT} FROM {relation}"
    else:
        document = "box[1]" if fields.raw else "line"
        boxes = f"SELECT line, json_extract_string(line, ['/r', '/e']) AS box FROM {relation}"
        lines = f"SELECT box[1] AS {LINE}, box[2] AS {FAULT}, {document} AS {DOCUMENT} FROM ({boxes})"
    valid = f"{FAULT} IS NULL" + (f" AND json_valid({DOCUMENT})" if fields.raw else "")
    found = f"SELECT *, {valid} AS {FOUND} FROM ({lines})"
    shaped = f"SELECT *, CASE WHEN {FOUND} THEN hash({_names(fields)}) END AS {SHAPE} FROM ({found})"
    usual = f"SELECT *, {SHAPE} IN ({', '.join(map(str, fields.shapes)) or 'NULL'}) AS {_SEEN} FROM ({shaped})"
    split = f"SELECT *, {_is_usual(fields)} AS {USUAL}, {_texts(fields)} AS {_TEXTS} FROM ({usual})"
    each = "".join(f", {_TEXTS}[{number}] AS {fields.text(name)}" for number, name in enumerate(fields.names, 1))
    keys = f"CASE WHEN {FOUND} AND NOT {_SEEN} THEN {_names(fields)} END AS {KEYS}"
    return f"SELECT {LINE}, {FAULT}, {DOCUMENT}, {FOUND}, {USUAL}, {SHAPE}, {keys}{each} FROM ({split})"


def _names(fields: Fields) -> str:
    """The list is made anew where it is asked for: to hand it on costs more, and few records are asked for it."""
    return f"json_keys({DOCUMENT})" if fields.raw else f"json_keys({DOCUMENT}, '/f')"


def _is_usual(fields: Fields) -> str:
    """A shape may be new for lacking a field, or for an order of its own."""
    listed = ", ".join(text(name) for name in fields.names)
    alone = f"NOT {repeats_a_name(_names(fields))}"
    return f"CASE WHEN {_SEEN} THEN true WHEN {FOUND} THEN list_has_all([{listed}], {_names(fields)}) AND {alone} END"


def _texts(fields: Fields) -> str:
    """Of a name that stands twice the last one counts, as in most parsers."""
    places = ", ".join(fields.place(name) for name in fields.names)
    texts = f"json_extract_string({DOCUMENT}, [{places}])"
    cases = [f"WHEN NOT {FOUND} THEN NULL"]
    if fields.shapes:
        in_order = f"json_extract_string({DOCUMENT}, '{'$.*' if fields.raw else '$.f.*'}')"
        cases.append(f"WHEN {SHAPE} = {fields.shapes[0]} THEN {in_order}")
    if fields.raw:
        last = last_of_each(DOCUMENT, fields.names)
        cases += [f"WHEN {_SEEN} THEN {texts}", f"WHEN {repeats_a_name(_names(fields))} THEN {last}"]
    return f"CASE {' '.join(cases)} ELSE {texts} END"
