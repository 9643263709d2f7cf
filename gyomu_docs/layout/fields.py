"""Field paths of a form (`総合計画.基本目的`, `実績[年度-1]`) to getters over the model.

A path is read once, when a form is compiled for a fiscal year; names are checked against the
types of the model there, so a misspelt path is an error of the form and not an empty cell. A
getter takes a `Scope`: the sheet and the items of the repetitions around it, innermost last. The
first name of a path is looked up from the innermost item outwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeAlias, get_args, get_origin

from pydantic import BaseModel

from gyomu_docs.errors import name_hint
from gyomu_docs.model import Activity, ActivityCode, CostRow, FiscalYear, Sheet, TextsByYear

Scope: TypeAlias = tuple[Any, ...]
Getter: TypeAlias = Callable[[Scope], Any]


class Item(NamedTuple):
    """One item of a list field, with its path from the sheet: `行政活動[3]`."""

    record: str
    value: Any


class Group(NamedTuple):
    """A 2-digit group as a form repeats it (業務グループ)."""

    code: ActivityCode
    activities: tuple[Item, ...]
    costs: tuple[Item, ...]


class ListOf(NamedTuple):
    """The type of a list field; its getter returns a sequence of `Item`."""

    item: Any


class Field(NamedTuple):
    """A path that was read: what it gets and the type of that."""

    get: Getter
    type: Any
    name: str = ""
    """The path on the innermost item, years resolved (`実績[R2]`): where a value that is read
    back belongs. Empty for what is computed, or belongs to something further out."""
    use: Use | None = None
    """What of the model it gets; None for a year and for the innermost item itself."""


class Use(NamedTuple):
    """A field of the model that a form prints; for the report of what it leaves out."""

    owner: Any
    """The model on which the path starts: `Sheet`, `Activity`."""
    path: tuple[str, ...]
    """Its names from there: `("人工", "このシート", "正規")`."""
    year: int | None = None
    """Of a field by year, the one that is printed."""


class PathError(ValueError):
    """A path that the model does not have; the message is in Japanese."""


_STEP = re.compile(r"(?P<name>[^\[\].]+)(?:\[(?P<year>[^\]]+)\])?")
_YEAR = re.compile(r"年度(?P<shift>[+-]\d{1,4})?")
ITSELF = "."
"""The path of the innermost item itself, for lists of texts."""


class PathReader:
    """Reads paths for sheets of one fiscal year."""

    def __init__(self, fiscal_year: FiscalYear) -> None:
        self._fiscal_year = fiscal_year
        self.shown: set[Use] = set()
        """What was noted with `show`: all that the form prints."""

    def show(self, field: Field) -> Field:
        """Note that the form prints a field. What it only counts or names rows by is not noted."""
        if field.use is not None:
            self.shown.add(field.use)
        return field

    def read(self, path: str, scope: tuple[Any, ...], year: FiscalYear | None = None) -> Field:
        """Read a path. `scope` gives the types around it, `year` is what `年` stands for.

        Raises PathError.
        """
        if path == ITSELF and scope:
            depth = len(scope) - 1
            return Field(lambda values: values[depth], scope[-1], ITSELF)
        # Without a sheet in scope (names of columns), 年度 is the year that the form is made for.
        if shown := self._year(path, year) or (
            self._fiscal_year if _is_bare(path, scope) else None
        ):
            return Field(lambda values: shown, FiscalYear)
        first, *rest = path.split(".")
        name, index = _split(first)
        depth = _depth_of(name, scope)
        field = _first_step(scope, name, depth)
        field = self._indexed(field, name, index, year)
        for step in rest:
            name, index = _split(step)
            field = self._indexed(_next_step(field, name), name, index, year)
        return field

    def read_text(self, path: str, scope: tuple[Any, ...], year: FiscalYear | None = None) -> Field:
        """Read a path that leads to one text. Raises PathError."""
        field = self.read(path, scope, year)
        if isinstance(field.type, type) and issubclass(field.type, str | FiscalYear):
            return field
        if isinstance(field.type, ListOf):
            raise PathError(f"「{path}」は並びです。each で繰り返してください。")
        if isinstance(field.type, type) and issubclass(field.type, TextsByYear):
            raise PathError(
                f"「{path}」は年度ごとの値です。{path}[年度-1] のように年度を書いてください。"
            )
        known = "、".join(names_of(field.type))
        inside = f"（{known}）" if known else ""
        raise PathError(f"「{path}」は一つの値ではありません。中の項目{inside}を書いてください。")

    def _year(self, text: str, year: FiscalYear | None) -> FiscalYear | None:
        if text == "年" and year is not None:
            return year
        match = _YEAR.fullmatch(text)
        if match is None or text == "年度":
            return None
        return self._fiscal_year + int(match["shift"])

    def _indexed(
        self, field: Field, name: str, index: str | None, year: FiscalYear | None
    ) -> Field:
        if index is None:
            return field
        chosen = self._fiscal_year if index == "年度" else self._year(index, year)
        if chosen is None:
            raise PathError(f"[{index}] は年度として読めません（[年度-1] のように書きます）。")
        if not (isinstance(field.type, type) and issubclass(field.type, TextsByYear)):
            raise PathError(f"「{name}」は年度ごとの値ではありません。")
        number = chosen.year
        inner = field.get
        shown = f"{field.name}[{chosen.label()}]" if field.name else ""
        use = field.use._replace(year=number) if field.use else None
        return Field(lambda values: inner(values).at(number), str, shown, use)


def _is_bare(path: str, scope: tuple[Any, ...]) -> bool:
    return path == "年度" and not scope


def _split(step: str) -> tuple[str, str | None]:
    match = _STEP.fullmatch(step)
    if match is None:
        raise PathError(f"「{step}」は項目の名前として読めません。")
    return match["name"], match["year"]


def _depth_of(name: str, scope: tuple[Any, ...]) -> int:
    for depth in reversed(range(len(scope))):
        if name in names_of(scope[depth]):
            return depth
    raise unknown_name(name, (known for kind in reversed(scope) for known in names_of(kind)))


def unknown_name(name: str, known: Iterable[str]) -> PathError:
    """The error for a name that is not there, with the nearest one that is."""
    return PathError(f"項目「{name}」はありません。{name_hint(name, known, '使える名前')}")


def names_of(kind: Any) -> dict[str, tuple[Callable[[Any], Any], Any]]:
    """The names that a path may use on a value of type `kind`: getter of the value, type."""
    names = _NAMES.get(kind)
    if names is None:
        names = _NAMES[kind] = {**_model_names(kind), **_COMPUTED.get(kind, {})}
    return names


def _model_names(kind: Any) -> dict[str, tuple[Callable[[Any], Any], Any]]:
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return {}
    return {
        info.alias or attribute: _attribute(attribute, info.alias or attribute, info.annotation)
        for attribute, info in kind.model_fields.items()
    }


def _attribute(attribute: str, name: str, annotation: Any) -> tuple[Callable[[Any], Any], Any]:
    if get_origin(annotation) is tuple:

        def items(owner: Any) -> tuple[Item, ...]:
            values = getattr(owner, attribute)
            return tuple(Item(f"{name}[{i}]", value) for i, value in enumerate(values, 1))

        return items, ListOf(get_args(annotation)[0])
    return (lambda owner: getattr(owner, attribute)), annotation


def _first_step(scope: tuple[Any, ...], name: str, depth: int) -> Field:
    kind = scope[depth]
    get, result = names_of(kind)[name]
    own = depth == len(scope) - 1 and name not in _COMPUTED.get(kind, {})
    return Field(lambda values: get(values[depth]), result, name if own else "", Use(kind, (name,)))


def _next_step(field: Field, name: str) -> Field:
    inner = field.get
    path = f"{field.name}.{name}" if field.name else ""
    use = field.use._replace(path=(*field.use.path, name)) if field.use else None
    if get_origin(field.type) is dict:
        return Field(lambda values: inner(values).get(name, ""), str, path, use)
    names = names_of(field.type)
    if name not in names:
        raise unknown_name(name, names)
    get, result = names[name]
    return Field(lambda values: get(inner(values)), result, path, use)


def _groups(sheet: Sheet) -> tuple[Item, ...]:
    groups = []
    number = 0
    for group in sheet.activity_groups():
        activities = []
        costs = []
        for activity in group.activities:
            number += 1
            record = f"行政活動[{number}]"
            activities.append(Item(record, activity))
            costs += [
                Item(f"{record}.事業費[{i}]", cost) for i, cost in enumerate(activity.costs, 1)
            ]
        groups.append(Item("", Group(group.code, tuple(activities), tuple(costs))))
    return tuple(groups)


def _projects(sheet: Sheet) -> tuple[Item, ...]:
    """All cost rows, each once: one that is printed again under another code is the same money."""
    costs = (cost for group in sheet.activity_groups() for cost in group.costs)
    return tuple(Item("", cost) for cost in dict.fromkeys(costs))


_COMPUTED: dict[Any, dict[str, tuple[Callable[[Any], Any], Any]]] = {
    Sheet: {
        "業務グループ": (_groups, ListOf(Group)),
        "事業費": (_projects, ListOf(CostRow)),
    },
    Activity: {"段階": (lambda activity: str(activity.level), str)},
    Group: {
        "コード": (lambda group: group.code, str),
        "行政活動": (lambda group: group.activities, ListOf(Activity)),
        "事業費": (lambda group: group.costs, ListOf(CostRow)),
    },
}
"""Names that a form may use beside the keys of the sheet file."""

_NAMES: dict[Any, dict[str, tuple[Callable[[Any], Any], Any]]] = {}
