"""Jinja2 expressions of a form (`合計(予算, '予算額')`), in a sandbox, over the file's keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gyomu_docs.layout.fields import Getter, Item, PathError, Scope, names_of
from gyomu_docs.model.money import amount_value


class View:
    """A model seen by the keys of the sheet file: `view.予算[0].事業名`."""

    __slots__ = ("_value",)

    def __init__(self, value: Any) -> None:
        self._value = value

    def __getattr__(self, name: str) -> Any:
        names = names_of(type(self._value))
        if name not in names:
            raise AttributeError(name)
        return _view(names[name][0](self._value))


def total(rows: Iterable[Any], key: str) -> Decimal:
    """合計: the sum of the amounts under `key`, in thousand yen; blank and `-` count nothing."""
    return sum((amount_value(getattr(row, key)) or Decimal(0) for row in rows), Decimal(0))


_ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
_ENVIRONMENT.globals = {"合計": total, "件数": lambda rows: len(list(rows))}


def compile_expression(source: str) -> Getter:
    """An expression as a getter over a scope. Raises PathError for a syntax error."""
    try:
        evaluate: Callable[..., Any] = _ENVIRONMENT.compile_expression(
            source, undefined_to_none=False
        )
    except TemplateError as error:
        raise PathError(f"式「{source}」を読み取れません（{error}）。") from None

    def get(scope: Scope) -> str:
        try:
            return str(evaluate(_names(scope)))
        except (TemplateError, TypeError, AttributeError, ArithmeticError) as error:
            raise PathError(f"式「{source}」を計算できません（{error}）。") from None

    return get


def _names(scope: Scope) -> dict[str, Any]:
    names: dict[str, Any] = {}
    for value in scope:
        for name, (get, _) in names_of(type(value)).items():
            names[name] = _view(get(value))
    return names


def _view(value: Any) -> Any:
    if isinstance(value, tuple) and all(isinstance(item, Item) for item in value):
        return [_view(item.value) for item in value]
    return View(value) if names_of(type(value)) else value
