"""Jinja2 expressions of a form (`合計(予算, '予算額')`), in a sandbox, over the file's keys.

A form may come from anywhere, so an expression can neither reach into Python nor run away: there
are no loops, no methods of texts and numbers, no powers, and products of numbers alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from jinja2 import StrictUndefined, TemplateError, Undefined, meta
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gyomu_docs.layout.fields import Getter, Item, PathError, Scope, names_of, unknown_name
from gyomu_docs.model import FiscalYear
from gyomu_docs.model.money import amount_value


class View:
    """A model seen by the keys of the sheet file: `view.予算[0].事業名`."""

    __slots__ = ("_value",)

    def __init__(self, value: Any) -> None:
        self._value = value

    def __getattr__(self, name: str) -> Any:
        names = names_of(type(self._value))
        if name not in names:
            raise AttributeError(f"項目「{name}」はありません")
        return _view(names[name][0](self._value))


def total(rows: Iterable[Any], key: str) -> Decimal:
    """合計: the sum of the amounts under `key`, in thousand yen; blank and `-` count nothing."""
    return sum((amount_value(getattr(row, key)) or Decimal(0) for row in rows), Decimal(0))


def count(rows: Iterable[Any]) -> int:
    """件数: the number of items."""
    return len(list(rows))


def joined(items: Any, separator: str = "") -> str:
    """The items of a list in one text. A text is no list: joins of joins would grow for ever."""
    if not isinstance(items, list):
        raise TypeError("join は並びに使います")
    return separator.join(str(item) for item in items)


def rounded(value: Any, places: int = 0) -> Decimal:
    """A number rounded as office work does (四捨五入)."""
    if places not in range(10):
        raise ValueError("桁数は 0 から 9 までです")
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


class _Sandbox(ImmutableSandboxedEnvironment):
    """What expressions may do: look up, compare, add, join, choose, and the filters below."""

    intercepted_binops = frozenset(["*", "%", "**"])

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Multiply and divide numbers; `'長' * 10**9` would fill the memory."""
        if operator == "**" or not (_is_number(left) and _is_number(right)):
            raise SecurityError(f"「{operator}」はここでは使えません")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Attributes of what the model has; texts and numbers have none, filters serve instead."""
        plain = isinstance(obj, str) or _is_number(obj)
        return not plain and super().is_safe_attribute(obj, attr, value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal)


_ENVIRONMENT = _Sandbox(undefined=StrictUndefined, autoescape=False)
_ENVIRONMENT.globals = {"合計": total, "件数": count}
_PLAIN_FILTERS = ("abs", "default", "first", "float", "int", "last", "length", "lower", "trim")
_ENVIRONMENT.filters = {
    **{name: _ENVIRONMENT.filters[name] for name in (*_PLAIN_FILTERS, "upper")},
    "join": joined,
    "round": rounded,
}

_FAULTS = (TemplateError, TypeError, AttributeError, LookupError, ArithmeticError, ValueError)


def compile_expression(source: str, scope: tuple[Any, ...]) -> Getter:
    """An expression as a getter over a scope of these types.

    Raises PathError for a syntax error and for a name that is not there; the getter raises it for
    what cannot be computed.
    """
    try:
        evaluate: Callable[..., Any] = _ENVIRONMENT.compile_expression(
            source, undefined_to_none=False
        )
        used = meta.find_undeclared_variables(_ENVIRONMENT.parse("{{" + source + "}}"))
    except (TemplateError, SyntaxError, RecursionError, MemoryError) as error:
        raise PathError(f"式「{source}」を読み取れません（{error}）。") from None
    names = [_name(name, scope) for name in sorted(used - _ENVIRONMENT.globals.keys())]

    def get(values: Scope) -> Any:
        try:
            result = evaluate({name: _view(read(values[depth])) for name, depth, read in names})
            return _text_or_number(result)
        except _FAULTS as error:
            raise PathError(f"式「{source}」を計算できません（{error}）。") from None

    return get


def _name(name: str, scope: tuple[Any, ...]) -> tuple[str, int, Callable[[Any], Any]]:
    for depth in reversed(range(len(scope))):
        if name in names_of(scope[depth]):
            return name, depth, names_of(scope[depth])[name][0]
    known = (known for kind in reversed(scope) for known in names_of(kind))
    raise unknown_name(name, (*known, *_ENVIRONMENT.globals))


def _text_or_number(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, Undefined):
        str(value)  # raises what is undefined about it
    if isinstance(value, bool) or not (isinstance(value, str | FiscalYear) or _is_number(value)):
        raise TypeError("文字でも数でもありません")
    return value


def _view(value: Any) -> Any:
    if isinstance(value, tuple) and all(isinstance(item, Item) for item in value):
        return [_view(item.value) for item in value]
    return View(value) if names_of(type(value)) else value
