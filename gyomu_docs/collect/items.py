"""The items of a grid's lists that came back: changed, gone, new, or in another order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from gyomu_docs.collect.cells import origin_of
from gyomu_docs.collect.changes import Addition, Order, Origin, Removal
from gyomu_docs.collect.expected import Expected
from gyomu_docs.collect.paths import kind_of, list_of
from gyomu_docs.collect.records import RecordReader
from gyomu_docs.collect.rows import CODE, Matching, Returned, moved
from gyomu_docs.collect.texts import cleaned, folded, joined, squeezed
from gyomu_docs.errors import Place
from gyomu_docs.layout.fields import ITSELF
from gyomu_docs.layout.tree import Row

_HEADS = ("手段", "目的", "事業名")
"""The fields by which people speak of an item."""


class _Live(NamedTuple):
    """A returned row that shows an item."""

    kind: str
    key: str
    """Its record, or the key of a new item."""
    code: str
    owner: str
    """The record or the key of the item that has it in a list; empty for the sheet."""
    inserted: Origin | None = None
    """Of a row of the base that is tracked as inserted here: it was moved."""


class ItemReader:
    """Reads the items of one grid."""

    def __init__(self, expected: Expected, number: int, records: RecordReader) -> None:
        self._expected = expected
        self._grid = expected.grids[number]
        self._prototypes = expected.prototypes[number]
        self._records = records
        self._changes = records.changes
        self._live: list[_Live] = []

    def read(self, rows: Sequence[Returned], matching: Matching) -> None:
        """Note what happened to every item."""
        record_at = {at: self._grid.rows[base] for base, at in matching.pairs.items()}
        kind_at = dict(matching.added)
        for at, returned in enumerate(rows):
            if returned.deleted:
                continue
            if at in record_at and record_at[at].record:
                self._known(record_at[at], returned)
            elif at in kind_at:
                self._new(kind_at[at], returned)
        self._gone(rows, matching)
        self._orders()

    def _known(self, row: Row, returned: Returned) -> None:
        """A row of the base; one that was emptied is gone."""
        if self._is_cleared(row, returned):
            self._remove(row, self._origin_of_clearing(row, returned))
            return
        kind = kind_of(row.record)
        owner, _, _ = list_of(row.record)
        if owner and self._shows(kind_of(owner)) and owner not in self._keys():
            # Its owner is gone: it belongs to the group that it now stands in.
            self._new(kind, returned, row)
            self._remove(row, Origin(self._changes.file))
            return
        self._records.read_row(self._grid, row, returned)
        code = str(self._expected.value(row.record, CODE) or "") if kind else ""
        inserted = None
        if returned.row.state == "inserted":
            inserted = origin_of(self._changes.file, returned.row.marks, tracked=True)
        self._live.append(_Live(kind, row.record, code, owner, inserted))

    def _keys(self) -> set[str]:
        return {live.key for live in self._live}

    def _shows(self, kind: str) -> bool:
        return kind in self._prototypes

    def _is_empty(self, row: Row) -> bool:
        return not any(cell.field and folded(joined(cell.texts)) for cell in row.cells)

    def _is_cleared(self, row: Row, returned: Returned) -> bool:
        fields = [cell for cell in row.cells if cell.field]
        return not self._is_empty(row) and not any(folded(returned.text(cell)) for cell in fields)

    def _origin_of_clearing(self, row: Row, returned: Returned) -> Origin:
        marks = tuple(mark for cell in returned.row.cells for mark in cell.text.marks)
        same = all(
            folded(returned.text(cell, new=False)) == folded(joined(cell.texts))
            for cell in row.cells
            if cell.field
        )
        return origin_of(self._changes.file, marks, tracked=same and bool(marks))

    def _remove(self, row: Row, origin: Origin) -> None:
        label = label_of(self._expected.value(row.record, ITSELF))
        self._changes.removals.append(Removal(row.record, label, origin))

    def _gone(self, rows: Sequence[Returned], matching: Matching) -> None:
        for base, row in enumerate(self._grid.rows):
            if not row.record or not self._expected.has(row.record):
                continue
            at = matching.pairs.get(base)
            if at is None and self._is_empty(row):
                continue  # nothing is lost where nothing stood
            if at is None:
                self._remove(row, Origin(self._changes.file))
            elif rows[at].deleted:
                marks = rows[at].row.marks
                self._remove(row, origin_of(self._changes.file, marks, tracked=True))

    def _new(self, kind: str, returned: Returned, base: Row | None = None) -> None:
        """A row that the base does not have, or (with `base`) not in this place."""
        place = Place(table=self._grid.name, row=_texts_of(returned))
        if not kind:
            message = f"増えた行（{_texts_of(returned)}）は、様式に欄がないので取り込めません。"
            self._records.tell(message, Place(table=self._grid.name), refused=True)
            return
        if self._says_only_labels(returned):
            return  # a row that pads the form, or one that was inserted and left empty
        prototype = self._prototypes[kind]
        values = dict(flat_values(self._expected.value(base.record, ITSELF))) if base else {}
        values |= self._values(kind, prototype, returned)
        if any(cell.field == CODE for cell in prototype.cells):
            code = self._records.code(values.get(CODE, ""), place)
            if code is None:
                return
            values[CODE] = code
        tracked = returned.row.state == "inserted"
        origin = origin_of(self._changes.file, returned.row.marks, tracked=tracked)
        _, path, _ = list_of(prototype.record)
        owner = self._owner(kind, prototype.record)
        if owner is None:
            message = f"増えた行（{_texts_of(returned)}）が、どの行に付くのか分かりません。"
            self._records.tell(message, Place(table=self._grid.name), refused=True)
            return
        same = [live.key for live in self._live if live.kind == kind and live.owner == owner]
        addition = Addition(
            self._records.new_key(), owner, path, same[-1] if same else "",
            tuple((field, text) for field, text in values.items() if text), origin,
        )  # fmt: skip
        self._changes.additions.append(addition)
        self._live.append(_Live(kind, addition.key, values.get(CODE, ""), owner))

    def _says_only_labels(self, returned: Returned) -> bool:
        labels = {
            squeezed(joined(cell.texts))
            for row in (*self._grid.rows, *self._prototypes.values())
            for cell in row.cells
            if not cell.field
        }
        return all(
            squeezed(joined(cell.text.new)) in labels
            for cell in returned.row.cells
            if folded(joined(cell.text.new))
        )

    def _values(self, kind: str, prototype: Row, returned: Returned) -> dict[str, str]:
        values = {}
        for cell in prototype.cells:
            found = returned.projection.find(returned.row, cell.column, cell.colspan)
            if found.cell is None:
                if found.text:
                    place = Place(table=self._grid.name, row=_texts_of(returned))
                    self._records.tell(f"{found.fault}（今の文字は「{found.text}」）。", place)
                continue
            self._records.anchor(found.cell.text.comments, self._grid.name, "", "")
            if cell.field:
                how = self._expected.how(kind, cell.field)
                values[cell.field] = how.parse(cleaned(joined(found.cell.text.new)))
        return values

    def _owner(self, kind: str, record: str) -> str | None:
        """The item that has the new one in a list; None where there is none.

        That of the same kind of row just before it, or the head of the group that it stands in.
        """
        outer, _, _ = list_of(record)
        if not outer:
            return ""
        outer_kind = kind_of(outer)
        for live in reversed(self._live):
            if live.kind == kind:
                return live.owner
            if live.kind == outer_kind:
                break
        head = None
        for live in reversed(self._live):
            if live.kind == outer_kind:
                if head is not None and live.code[:2] != head.code[:2]:
                    break
                head = live
        return head.key if head else None

    def _orders(self) -> None:
        """Where the items of a list stand in another order than in the base."""
        lists: dict[tuple[str, str], list[_Live]] = {}
        for live in self._live:
            if not live.key.startswith("+"):
                owner, path, _ = list_of(live.key)
                lists.setdefault((owner, path), []).append(live)
        for (owner, path), there in lists.items():
            numbers = [list_of(live.key)[2] for live in there]
            if numbers == sorted(numbers):
                continue
            out_of_order, origin = self._moved(there, numbers)
            inside = f"{owner}.{path}" if owner else path
            names = tuple(f"{inside}[{number}]" for number in out_of_order)
            records = tuple(live.key for live in there)
            self._changes.orders.append(Order(owner, path, records, names, origin))

    def _moved(self, there: Sequence[_Live], numbers: Sequence[int]) -> tuple[list[int], Origin]:
        """The items that moved: those that are tracked as moved, where that explains the order."""
        tracked = [
            (number, live.inserted)
            for number, live in zip(numbers, there, strict=True)
            if live.inserted is not None
        ]
        out = [number for number, _ in tracked]
        rest = [number for number in numbers if number not in set(out)]
        if tracked and rest == sorted(rest):
            return out, tracked[0][1]
        return moved(numbers), Origin(self._changes.file)


def label_of(item: Any) -> str:
    """By what people speak of an item of a plain tree."""
    if isinstance(item, dict):
        heads = [item[key] for key in _HEADS if item.get(key)]
        texts = heads or [value for value in item.values() if isinstance(value, str) and value]
        return str(texts[0]) if texts else ""
    return str(item or "")


def flat_values(item: Any) -> Iterator[tuple[str, str]]:
    """The fields of an item of a plain tree, without the lists in it."""
    if not isinstance(item, dict):
        yield ITSELF, str(item)
        return
    for key, value in item.items():
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, dict):
            for inner, text in value.items():
                yield (f"{key}.{inner}" if key == "追加項目" else f"{key}[{inner}]"), text


def _texts_of(returned: Returned) -> str:
    texts = (folded(joined(cell.text.new)) for cell in returned.row.cells)
    return "／".join(text for text in texts if text)
