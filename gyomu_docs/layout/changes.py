"""Changes of single blocks of a form that is extended: found by name, then edited in place.

Blocks are known by their grid's name, their heading, their text or their field, wherever they
stand, beside others too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gyomu_docs.errors import (
    FormError,
    name_hint,
)
from gyomu_docs.layout.blocks import block_name
from gyomu_docs.layout.faults import Faults
from gyomu_docs.layout.measures import LengthField, PositiveLength
from gyomu_docs.layout.origins import Node, plain
from gyomu_docs.layout.spec import Spec

BLOCK_CHANGES = ("grids", "before", "after", "replace", "remove")
"""In the order in which they are made: each finds the blocks by the names of the base."""


class GridChange(Spec):
    """What of a grid is different: widths of columns by name, or all columns; all rows."""

    columns: dict[str, PositiveLength] | list[Any] | None = None
    rows: list[Any] | None = None
    outer: LengthField | None = None
    inner: LengthField | None = None
    bookmark: str | None = None
    continued: str | None = None
    keep_together: bool | None = None
    keep_rows: int | None = None


class BlockChanges(Spec):
    """The changes of blocks in a form that extends another."""

    grids: dict[str, GridChange] = {}
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    replace: dict[str, Any] = {}
    remove: list[str] = []


def change_blocks(blocks: Node, changes: dict[str, Node], faults: Faults) -> None:
    """Make the changes in the tree of `blocks`; a name that is not there is a fault."""
    for kind in BLOCK_CHANGES:
        if kind not in changes:
            continue
        change = changes[kind]
        named = (
            change.value.items()
            if isinstance(change.value, dict)
            else ((item.value, item) for item in change.value)
        )
        for name, new in named:
            try:
                _change(blocks, kind, name, new)
            except ValueError as fault:
                place = new.origin.place()
                faults.add(FormError(f"{kind}.{name}: {fault}", place=place))


def _change(blocks: Node, kind: str, name: str, new: Node) -> None:
    siblings, index = _the_only(blocks, name, grids=kind == "grids")
    match kind:
        case "grids":
            siblings[index] = _changed_grid(siblings[index], new)
        case "before":
            siblings[index:index] = _as_list(new)
        case "after":
            siblings[index + 1 : index + 1] = _as_list(new)
        case "replace":
            siblings[index : index + 1] = _as_list(new)
        case _:
            # The space that parted the block from the one above goes with it.
            above = siblings[index - 1].value if index else None
            start = index - 1 if isinstance(above, dict) and "spacer" in above else index
            del siblings[start : index + 1]


def _the_only(blocks: Node, name: str, *, grids: bool) -> tuple[list[Node], int]:
    """The list that holds the block of that name, and where. Raises ValueError, in Japanese.

    Where `grids` are looked for, one may have the name of the heading above it.
    """
    found = [
        (siblings, index)
        for siblings, index in _positions(blocks)
        if _name(siblings[index]) == name
    ]
    if not found:
        known = [_name(siblings[index]) for siblings, index in _positions(blocks)]
        hint = name_hint(name, filter(None, known), "あるもの")
        raise ValueError(f"もとの様式に「{name}」はありません。{hint}")
    if grids and len(found) > 1:
        found = [one for one in found if "grid" in one[0][one[1]].value] or found
    if len(found) > 1:
        raise ValueError(f"もとの様式に「{name}」が{len(found)}つあり、どれか決まりません。")
    return found[0]


def _positions(blocks: Node) -> Iterator[tuple[list[Node], int]]:
    if not isinstance(blocks.value, list):
        return
    for index, block in enumerate(blocks.value):
        yield blocks.value, index
        beside = block.value.get("beside") if isinstance(block.value, dict) else None
        for column in beside.value if beside and isinstance(beside.value, list) else ():
            if isinstance(column.value, dict) and "blocks" in column.value:
                yield from _positions(column.value["blocks"])


def _name(block: Node) -> str:
    return block_name(plain(block)) if isinstance(block.value, dict) else ""


def _as_list(node: Node) -> list[Node]:
    return node.value if isinstance(node.value, list) else [node]


def _changed_grid(grid: Node, change: Node) -> Node:
    if "grid" not in grid.value:
        raise ValueError("表（grid）ではありません。")
    value = {**grid.value, **change.value}
    widths = change.value.get("columns")
    if widths is not None and isinstance(widths.value, dict):
        value["columns"] = _with_widths(grid.value.get("columns"), widths)
    return grid._replace(value=value)


def _with_widths(columns: Node | None, change: Node) -> Node:
    """The columns with new widths. Raises ValueError for a name that no column has.

    That they are too wide together is then said of the line that changes them.
    """
    widths: dict[str, Node] = change.value
    items = columns.value if columns is not None and isinstance(columns.value, list) else []
    names = [plain(column).get("name", "") for column in items if isinstance(column.value, dict)]
    for name in widths:
        if name not in names:
            hint = name_hint(name, names, "あるもの")
            raise ValueError(f"列「{name}」はありません。{hint}")
    changed = [
        column._replace(value={**column.value, "width": widths[name]})
        if (name := plain(column).get("name", "")) in widths
        else column
        for column in items
    ]
    assert columns is not None
    return Node(changed, change.origin)
