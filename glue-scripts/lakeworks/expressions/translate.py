"""One expression, from Spark SQL to DuckDB."""

from __future__ import annotations

import re
from collections.abc import Mapping

import sqlglot
from sqlglot import exp

from lakeworks.expressions import functions
from lakeworks.expressions.arithmetic import arithmetic
from lakeworks.expressions.casts import cast
from lakeworks.expressions.kinds import MOMENTS, NUMBERS, Kind, Value, common, digits_of, kind_of, wider

_LOGIC = {exp.And: "AND", exp.Or: "OR"}
_COMPARISONS = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.NullSafeEQ: "IS NOT DISTINCT FROM",
}
_ARITHMETIC = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*"}
#: Of parsed nodes, those that are looked at or say nothing.
_FLAGS = {"ignore_nulls", "is_string", "negate", "null_if_pos_overflow", "safe", "this"}
#: What regular expressions mean the same in Java and in RE2.
_PLAIN_PATTERN = re.compile(r"(?:[^\\(\[]|\\[dDwW.+*?^$|(){}\[\]/-]|\((?!\?)|\((?=\?:)|\[(?!\[)(?!.*&&))*+")


class UnsupportedExpressionError(ValueError):
    """An expression of the contract that is no Spark SQL, or uses what is not translated."""


def translate(expression: str, types: Mapping[str, str]) -> str:
    """:param types: the contract's types of the columns that the expression may name.

    Raises UnsupportedExpressionError naming the expression and the part of it.
    """
    try:
        tree = sqlglot.parse_one(expression, dialect="spark")
    except sqlglot.errors.SqlglotError as error:
        first = str(error).splitlines()[0]
        raise UnsupportedExpressionError(f'"{expression}" is no Spark SQL expression: {first}') from error
    return _Translation(expression, types).value(tree).sql


def supported() -> list[str]:
    """Names of the functions that are translated."""
    named = {function.name for function in functions.FUNCTIONS.values()} | set(functions.SETS.values())
    special = {
        "regexp_extract",
        "date_trunc",
        "date_add",
        "date_sub",
        "substring",
        "concat",
        "trim",
        "cast",
        "if",
        "rlike",
        "div",
    }
    return sorted(named | special)


class _Translation:
    def __init__(self, expression: str, types: Mapping[str, str]) -> None:
        self._expression = expression
        self._types = types

    def value(self, node: exp.Expression) -> Value:
        if any(value is True and flag not in _FLAGS for flag, value in node.args.items()):
            raise self._unsupported(node)
        found = self._simple(node) or self._operator(node) or self._test(node) or self._call(node)
        if found is None:
            raise self._unsupported(node)
        return found

    def _unsupported(self, node: exp.Expression) -> UnsupportedExpressionError:
        part = node.sql(dialect="spark")
        return UnsupportedExpressionError(
            f'"{self._expression}" uses {part}, which the job does not compute for the types of its parts. '
            f"Operators, comparisons, CASE, LIKE, IN, BETWEEN and these functions can be used: {', '.join(supported())}"
        )

    def _all(self, nodes: list[exp.Expression]) -> list[Value]:
        return [self.value(node) for node in nodes]

    def _simple(self, node: exp.Expression) -> Value | None:
        match node:
            case exp.Paren():
                inner = self.value(node.this)
                return Value(f"({inner.sql})", inner.kind, inner.literal, inner.digits)
            case exp.Column() if not node.table:
                return self._column(node.name)
            case exp.Null():
                return Value("NULL", Kind.NOTHING)
            case exp.Boolean():
                return Value("true" if node.this else "false", Kind.TRUTH)
            case exp.Literal() if node.is_string:
                quoted = node.this.replace("'", "''")
                return Value(f"'{quoted}'", Kind.TEXT, node.this)
            case exp.Literal():
                whole = node.this.isdecimal()
                kind = Kind.WHOLE if whole else Kind.DOUBLE if "e" in node.this.lower() else Kind.DECIMAL
                before, _, after = node.this.partition(".")
                return Value(node.this, kind, node.this if whole else None, (len(before), len(after)))
        return None

    def _column(self, name: str) -> Value:
        if name not in self._types:
            raise UnsupportedExpressionError(
                f'"{self._expression}" names {name}, which is no column that it can use: {", ".join(self._types)}'
            )
        type_name = self._types[name]
        return Value(f'"{name}"', kind_of(type_name), digits=digits_of(type_name))

    def _operator(self, node: exp.Expression) -> Value | None:
        kind = type(node)
        if kind in _LOGIC or kind in _COMPARISONS or kind in _ARITHMETIC:
            left, right = self.value(node.left), self.value(node.right)
            word = {**_LOGIC, **_COMPARISONS, **_ARITHMETIC}[kind]
            if kind in _ARITHMETIC:
                return arithmetic(word, left, right)
            if kind in _COMPARISONS and not _comparable(left, right):
                return None
            return Value(f"({left.sql} {word} {right.sql})", Kind.TRUTH)
        if kind in (exp.Div, exp.Mod, exp.IntDiv):
            return self._division(node)
        if isinstance(node, exp.Neg):
            inner = self.value(node.this)
            return Value(f"(-{inner.sql})", inner.kind, digits=inner.digits) if inner.kind in NUMBERS else None
        if isinstance(node, exp.DPipe | exp.Concat):
            parts = self._all([node.left, node.right] if isinstance(node, exp.DPipe) else node.expressions)
            texts = all(part.kind is Kind.TEXT for part in parts)
            return Value(f"({' || '.join(part.sql for part in parts)})", Kind.TEXT) if texts else None
        return None

    def _division(self, node: exp.Expression) -> Value | None:
        """Decimals divide to a scale of their own in Spark: they are refused. By zero everything is NULL in both."""
        left, right = self.value(node.this), self.value(node.expression)
        kinds = {left.kind, right.kind}
        if kinds == {Kind.WHOLE}:
            word, kind = {exp.Div: ("/", Kind.DOUBLE), exp.Mod: ("%", Kind.WHOLE), exp.IntDiv: ("//", Kind.WHOLE)}[
                type(node)
            ]
        elif isinstance(node, exp.Div) and kinds <= {Kind.WHOLE, Kind.DOUBLE}:
            word, kind = "/", Kind.DOUBLE
        else:
            return None
        return Value(f"({left.sql} {word} nullif({right.sql}, 0))", kind)

    def _test(self, node: exp.Expression) -> Value | None:
        match node:
            case exp.Not():
                return Value(f"(NOT {self.value(node.this).sql})", Kind.TRUTH)
            case exp.Is():
                return Value(f"({self.value(node.this).sql} IS {self.value(node.expression).sql})", Kind.TRUTH)
            case exp.In() if node.expressions:
                value, options = self.value(node.this), self._all(node.expressions)
                if not all(_comparable(value, option) for option in options):
                    return None
                return Value(f"({value.sql} IN ({', '.join(option.sql for option in options)}))", Kind.TRUTH)
            case exp.Between():
                value, low, high = self._all([node.this, node.args["low"], node.args["high"]])
                fits = _comparable(value, low) and _comparable(value, high)
                return Value(f"({value.sql} BETWEEN {low.sql} AND {high.sql})", Kind.TRUTH) if fits else None
            case exp.Like():
                text, pattern = self._all([node.this, node.expression])
                plain = pattern.literal is not None and text.kind is Kind.TEXT
                word = "NOT LIKE" if node.args.get("negate") else "LIKE"
                return Value(f"({text.sql} {word} {pattern.sql} ESCAPE '\\')", Kind.TRUTH) if plain else None
            case exp.RegexpLike():
                text, pattern = self._all([node.this, node.expression])
                fits = text.kind is Kind.TEXT and _is_plain(pattern)
                return Value(f"regexp_matches({text.sql}, {pattern.sql})", Kind.TRUTH) if fits else None
        return None

    def _call(self, node: exp.Expression) -> Value | None:
        match node:
            case exp.Cast() | exp.TryCast():
                return cast(self.value(node.this), node.to)
            case exp.If() | exp.Case():
                return self._choice(node)
            case exp.TimestampTrunc():
                return functions.date_trunc(node, self.value(node.this))
            case exp.TsOrDsAdd() if node.text("unit").upper() in ("", "DAY"):
                return functions.add_days(self.value(node.this), self.value(node.expression))
            case exp.Substring():
                length = node.args.get("length")
                return functions.substring(
                    self.value(node.this), self.value(node.args["start"]), self.value(length) if length else None
                )
            case exp.RegexpExtract():
                return self._extract(node)
            case exp.Trim() if not node.expression:
                word = {"LEADING": "ltrim", "TRAILING": "rtrim"}.get(node.text("position").upper(), "trim")
                text = self.value(node.this)
                return Value(f"{word}({text.sql}, ' ')", Kind.TEXT) if text.kind is Kind.TEXT else None
        if type(node) in functions.SETS:
            values = self._all([node.this, *node.expressions])
            alike = all(_comparable(values[0], value) for value in values)
            return functions.chosen(functions.SETS[type(node)], values) if alike else None
        return self._function(node)

    def _extract(self, node: exp.RegexpExtract) -> Value | None:
        """Of the first match the group, the first one by default, as in Spark; empty text where nothing matches."""
        text, pattern = self.value(node.this), self.value(node.expression)
        group = node.args.get("group")
        number = self.value(group).literal if group is not None else "1"
        if number is None or text.kind is not Kind.TEXT or not _is_plain(pattern):
            return None
        return Value(f"regexp_extract({text.sql}, {pattern.sql}, {number})", Kind.TEXT)

    def _choice(self, node: exp.Expression) -> Value | None:
        branches = [node] if isinstance(node, exp.If) else node.args["ifs"]
        default = node.args.get("false") if isinstance(node, exp.If) else node.args.get("default")
        subject = node.this if isinstance(node, exp.Case) and node.this is not None else None
        results = [self.value(branch.args["true"]) for branch in branches]
        otherwise = self.value(default) if default is not None else Value("NULL", Kind.NOTHING)
        if not all(_comparable(results[0], result) for result in [*results, otherwise]):
            return None
        head = f"CASE {self.value(subject).sql}" if subject is not None else "CASE"
        cases = " ".join(
            f"WHEN {self.value(branch.this).sql} THEN {result.sql}"
            for branch, result in zip(branches, results, strict=True)
        )
        kinds = [*(result.kind for result in results), otherwise.kind]
        return Value(f"({head} {cases} ELSE {otherwise.sql} END)", common(kinds), digits=wider([*results, otherwise]))

    def _function(self, node: exp.Expression) -> Value | None:
        function = functions.FUNCTIONS.get(type(node))
        if function is None:
            return None
        given = {key for key, value in node.args.items() if isinstance(value, exp.Expression)}
        names = [name for name, _ in function.arguments]
        if not given <= set(names) or any(node.args.get(name) is None for name in names):
            return None
        values = [self.value(node.args[name]) for name in names]
        if any(value.kind not in kinds for value, (_, kinds) in zip(values, function.arguments, strict=True)):
            return None
        sql = function.sql.format(*(value.sql for value in values))
        return Value(sql, function.kind or common([value.kind for value in values]), digits=wider(values))


def _is_plain(pattern: Value) -> bool:
    return pattern.literal is not None and _PLAIN_PATTERN.fullmatch(pattern.literal) is not None


def _comparable(left: Value, right: Value) -> bool:
    """Whether both engines compare them alike: of one kind, numbers, or a date with a timestamp, or with a literal."""
    kinds = {left.kind, right.kind} - {Kind.NOTHING}
    if len(kinds) < 2 or kinds <= set(NUMBERS) or kinds <= set(MOMENTS):
        return True
    moment, text = (left, right) if left.kind in MOMENTS else (right, left)
    day = text.literal is not None and re.fullmatch(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2})?", text.literal)
    return moment.kind in MOMENTS and text.kind is Kind.TEXT and bool(day)
