"""Jinja2 expressions of a form (`合計(予算, '予算額')`), in a sandbox, over the file's keys.

A form may come from anywhere, so an expression can neither reach into Python nor run away: there
are no loops, no methods of texts and numbers, no powers, and products of numbers alone.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any, NamedTuple

from jinja2 import StrictUndefined, TemplateError, Undefined, meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gyomu_docs.layout.fields import Getter, ListOf, PathError, Scope, names_of, unknown_name
from gyomu_docs.layout.sums import Sums
from gyomu_docs.layout.views import view
from gyomu_docs.model import FiscalYear


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
_ENVIRONMENT.globals = {}
_FUNCTIONS = {"合計": 2, "件数": 1}
"""What an expression may call, and how many paths in rows stand behind the rows."""
_PLAIN_FILTERS = ("abs", "default", "first", "float", "int", "last", "length", "lower", "trim")
_ENVIRONMENT.filters = {
    **{name: _ENVIRONMENT.filters[name] for name in (*_PLAIN_FILTERS, "upper")},
    "join": joined,
    "round": rounded,
}

_PICKING = ("first", "last", "length")
"""Filters that do not print all of what stands before them."""

_FAULTS = (TemplateError, TypeError, AttributeError, LookupError, ArithmeticError, ValueError)


class _Name(NamedTuple):
    """A name of an expression: how deep in the scope it is, how it is read, its type."""

    depth: int
    read: Callable[[Any], Any]
    type: Any


def compile_expression(
    source: str, scope: tuple[Any, ...], sums: Sums, year: FiscalYear | None = None
) -> Getter:
    """An expression as a getter over a scope of these types; `年` in paths stands for `year`.

    Raises PathError for a syntax error and for a name or a path that is not there; the getter
    raises it for what cannot be computed.
    """
    try:
        evaluate: Callable[..., Any] = _ENVIRONMENT.compile_expression(
            source, undefined_to_none=False
        )
        tree = _ENVIRONMENT.parse("{{" + source + "}}")
        used = meta.find_undeclared_variables(tree)
    except (TemplateError, SyntaxError, RecursionError, MemoryError) as error:
        raise PathError(f"式「{source}」を読み取れません（{error}）。") from None
    names = {name: _name(name, scope) for name in sorted(used - _FUNCTIONS.keys())}
    for kind, path in _paths(tree, names):
        sums.getter(kind, path, year)
    for path in _printed(tree):
        with contextlib.suppress(PathError):  # told when it is computed
            sums.reader.show(sums.reader.read(path, scope))
    functions = {"合計": partial(sums.total, year), "件数": partial(sums.count, year)}

    def get(values: Scope) -> Any:
        try:
            shown = {name: view(one.read(values[one.depth])) for name, one in names.items()}
            return _text_or_number(evaluate({**functions, **shown}))
        except _FAULTS as error:
            raise PathError(f"式「{source}」を計算できません（{error}）。") from None

    return get


def _name(name: str, scope: tuple[Any, ...]) -> _Name:
    for depth in reversed(range(len(scope))):
        if name in names_of(scope[depth]):
            return _Name(depth, *names_of(scope[depth])[name])
    known = (known for kind in reversed(scope) for known in names_of(kind))
    raise unknown_name(name, (*known, *_FUNCTIONS))


def _paths(tree: nodes.Template, names: dict[str, _Name]) -> Iterator[tuple[Any, str]]:
    """The paths in calls, `'予算額'` in `合計(予算, '予算額')`, with the type of their rows.

    Only those of lists that a name gives; others are read when they are computed.
    """
    for call in tree.find_all(nodes.Call):
        function = call.node.name if isinstance(call.node, nodes.Name) else ""
        rows = call.args[0] if call.args else None
        if function not in _FUNCTIONS or not isinstance(rows, nodes.Name):
            continue
        kind = names[rows.name].type if rows.name in names else None
        if not isinstance(kind, ListOf):
            raise PathError(f"{function}: 「{rows.name}」は並びではありません。")
        for path in call.args[1 : 1 + _FUNCTIONS[function]]:
            if isinstance(path, nodes.Const) and isinstance(path.value, str):
                yield kind.item, path.value


def _printed(node: nodes.Node) -> Iterator[str]:
    """The paths in an expression whose values it prints: not what it counts, tests or picks."""
    match node:
        case nodes.Name():
            yield node.name
        case nodes.Getattr():
            for path in _printed(node.node):
                yield f"{path}.{node.attr}"
        case nodes.CondExpr():
            yield from _printed(node.expr1)
            if node.expr2 is not None:
                yield from _printed(node.expr2)
        case nodes.Call() | nodes.Compare() | nodes.Test() | nodes.Getitem() | nodes.Not():
            return
        case nodes.Filter() if node.name in _PICKING:
            return
        case _:
            for inner in node.iter_child_nodes():
                yield from _printed(inner)


def _text_or_number(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, Undefined):
        str(value)  # raises what is undefined about it
    if isinstance(value, bool) or not (isinstance(value, str | FiscalYear) or _is_number(value)):
        raise TypeError("文字でも数でもありません")
    return value
