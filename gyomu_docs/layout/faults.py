"""What is wrong with a form: validation errors of pydantic in Japanese, with their places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import ValidationError

from gyomu_docs.errors import FormError, Place
from gyomu_docs.layout.blocks import cell_name
from gyomu_docs.layout.origins import FormTree, Origins
from gyomu_docs.layout.spec import UNKNOWN_KEY
from gyomu_docs.model.plain import Path

_SHAPES = {
    "list_type": "「- 」で始まる並び",
    "dict_type": "「名前: 値」の形",
    "model_type": "「項目: 値」の形",
    "string_type": "一つの文字列",
}
_VALUES = {
    "bool_parsing": "true か false を書いてください。",
    "int_parsing": "整数を書いてください。",
    "greater_than_equal": "{ge} 以上の整数を書いてください。",
    "less_than_equal": "{le} 以下の整数を書いてください。",
}


class Faults:
    """What is wrong with a form, in the order found; the same thing is told once."""

    def __init__(self) -> None:
        self._errors: dict[str, FormError] = {}

    def __iter__(self) -> Iterator[FormError]:
        return iter(self._errors.values())

    def add(self, error: FormError) -> None:
        """Add a fault."""
        self._errors.setdefault(str(error), error)

    def raise_first(self) -> None:
        """Raise the first fault, if there is one."""
        for error in self:
            raise error


class SchemaFault(NamedTuple):
    """A part of a form that is not what the schema asks for."""

    error: FormError
    path: Path
    unknown: bool
    """It is a key that does not exist."""
    near: str
    """The key that was probably meant."""


def schema_faults(error: ValidationError, source: FormTree) -> list[SchemaFault]:
    """All faults of a form, each with file, line, grid, row and cell."""
    found: dict[Path, SchemaFault] = {}
    for fault in error.errors():
        path = _known_steps(source.tree, fault["loc"], missing=fault["type"] == "missing")
        if path not in found:
            found[path] = _schema_fault(fault, path, source)
    # Of a union, pydantic tells what is wrong with each alternative: the innermost says most.
    outer = {path[:length] for path in found for length in range(len(path))}
    return [fault for path, fault in found.items() if path not in outer or path == ()]


def _schema_fault(fault: Any, path: Path, source: FormTree) -> SchemaFault:
    steps = source.origins.at(path).path
    where = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in steps)
    message = f"{where.lstrip('.')}: {_reason(fault)}" if where else _reason(fault)
    place = place_in(source.tree, source.origins, path)
    unknown = fault["type"] == UNKNOWN_KEY
    near = fault["ctx"]["near"] if unknown else ""
    return SchemaFault(FormError(message, place=place), path, unknown, near)


def _known_steps(tree: Any, loc: tuple[str | int, ...], *, missing: bool) -> Path:
    """The steps of `loc` that the file has; pydantic puts the names of types between them."""
    path: list[str | int] = []
    for number, step in enumerate(loc, 1):
        inside = isinstance(tree, dict) and step in tree
        inside |= isinstance(tree, list) and isinstance(step, int) and step < len(tree)
        if inside:
            tree = tree[step]
        if inside or (missing and number == len(loc)):
            path.append(step)
    return tuple(path)


def _reason(fault: Any) -> str:
    match fault["type"]:
        case "unknown_key":
            return str(fault["msg"])
        case "missing":
            return "この項目がありません。"
        case "value_error":
            return str(fault["ctx"]["error"])
        case "literal_error":
            known = fault["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
            return f"{known.replace(', ', '、')} のどれかを書いてください。"
        case "too_short":
            return "1つ以上書いてください。"
        case "list_type" | "dict_type" | "model_type" | "string_type":
            return f"{_SHAPES[fault['type']]}で書いてください。"
        case kind:
            wanted = _VALUES.get(kind, "").format(**fault.get("ctx", {}))
            return f"値「{fault['input']}」は使えません。{wanted}"


def place_in(tree: Any, origins: Origins, path: Path) -> Place:
    """File, line, grid, row and cell of `path`, as `GridCompiler` names them too."""
    rows: list[str] = []
    table, cell, within = "", "", ""
    for step in path:
        if isinstance(tree, dict):
            if "grid" in tree:
                table, rows, cell = str(tree["grid"]), [], ""
            within, tree = str(step), tree.get(step)
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            tree = tree[step]
            if table and within == "rows":
                rows.append(str(step + 1))
            elif table and within == "cells":
                says = tree if isinstance(tree, dict) else {}
                cell = cell_name(step + 1, *map(says.get, ("field", "label", "expr")))
        else:
            break
    return Place(table=table, row=".".join(rows), column=cell).within(origins.place(path))
