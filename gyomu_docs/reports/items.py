"""The lines of a 新旧対照表: how an item that was changed, added or removed is shown.

An item with fields of its own (an activity, a purpose, a project) has a head line and one line for
each field that changed; a paragraph or a plain field is one line. Runs of what did not change are
one line （略）.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from gyomu_docs.comparison.fields import FieldChange, changed_extras, changed_texts, text_fields
from gyomu_docs.model.sheet import Model
from gyomu_docs.reports.outcomes import SPELLING_ALONE, are_siblings, is_spelling_alone
from gyomu_docs.reports.sides import Side, Sides, changed, joined, whole
from gyomu_docs.reports.table_options import TableOptions

ItemKind = Literal["head", "whole", "item", "omitted"]
"""A head has lines below it that belong to it; a `whole` is one that says it all."""


class Item(NamedTuple):
    """A line."""

    kind: ItemKind
    label: str
    sides: Sides
    remark: str = ""


class Omitted(NamedTuple):
    """Something that did not change, by how each edition names it (a code); blank for no name."""

    new: str = ""
    old: str = ""
    label: str = ""


class Section(NamedTuple):
    """A part of the sheet with its lines."""

    name: str
    items: tuple[Item, ...]
    changed: bool
    """Whether anything but （略） stands in it."""


class ItemMaker:
    """Makes lines as the options say."""

    def __init__(self, options: TableOptions) -> None:
        self._options = options

    def head(
        self,
        label: str,
        old: str | None,
        new: str | None,
        codes: tuple[str, str] = ("", ""),
        kind: ItemKind = "whole",
    ) -> Item:
        """A line of a text, with a code before it on each side; None for a side without it.

        `codes` are those of the old and of the new edition.
        """
        options = self._options
        was, now = codes
        if old is None:
            side = whole(joined((now, new or "")))
            return Item(kind, label, Sides(side, Side(options.added)), options.added_remark)
        if new is None:
            side = whole(joined((was, old)))
            return Item(kind, label, Sides(Side(options.removed), side), options.removed_remark)
        sides = self._changed(old, new)
        moved = was != now
        if now:
            sides = Sides(sides.new.behind(now, marked=moved), sides.old.behind(was, marked=moved))
        remark = joined(
            (
                f"{options.moved_remark}（旧{was}）" if moved else "",
                self._changed_remark(old, new) if old != new else "",
            )
        )
        return Item(kind, label, sides, remark)

    def field(self, change: FieldChange, step: str = "") -> Item:
        """A field that differs; `step` is what its value became more or less."""
        label, old, new = change
        if old is None or new is None:
            return self.head(label, old, new, kind="item")
        sides = self._changed(old, new)
        return Item("item", label, sides, joined((self._changed_remark(old, new), step)))

    def plain(self, label: str, new: str, old: str, remark: str = "") -> Item:
        """A line for information, without anything underlined."""
        return Item("item", label, Sides(Side(new), Side(old)), remark)

    def extras(self, old: dict[str, str], new: dict[str, str]) -> Iterator[Item]:
        """追加項目 that differ."""
        yield from map(self.field, changed_extras(old, new))

    def fields(
        self,
        old: Model | None,
        new: Model | None,
        is_told: Callable[[FieldChange], bool] = lambda change: True,
    ) -> Iterator[Item | Omitted]:
        """The plain fields of a part of the sheet, such as 見出し; changes only if `is_told`."""
        if old is None or new is None:
            yield from self._lone_fields(old, new)
            return
        found = list(changed_texts(old, new))
        yield from map(self.field, filter(is_told, found))
        changed_labels = {one.field for one in found}
        rest = [label for label, _ in given_texts(new) if label not in changed_labels]
        if rest:
            yield Omitted(label="、".join(rest))

    def _lone_fields(self, old: Model | None, new: Model | None) -> Iterator[Item]:
        """The fields of a part that only one edition has; that it is new is said of the sheet."""
        row = new if new is not None else old
        for label, text in given_texts(row) if row is not None else ():
            side = whole(text)
            sides = Sides(new=side) if new is not None else Sides(old=side)
            yield Item("item", label, sides)

    def section(self, name: str, found: Iterable[Item | Omitted]) -> Section:
        """The lines of a part of the sheet, what did not change run together."""
        items: list[Item] = []
        run: list[Omitted] = []
        for one in found:
            if isinstance(one, Omitted):
                if run and not _is_range(run[-1], one):
                    items += self._omitted(run)
                    run = []
                run.append(one)
                continue
            items += self._omitted(run)
            run = []
            items.append(one)
        items += self._omitted(run)
        return Section(name, tuple(items), any(item.kind != "omitted" for item in items))

    def omission(self) -> Item | None:
        """The line （略） for a whole part of the sheet; None where the options want none."""
        lines = self._omitted([Omitted()])
        return lines[0] if lines else None

    def _omitted(self, run: Sequence[Omitted]) -> list[Item]:
        options = self._options
        if not run or not options.omitted:
            return []
        news, olds = (_range([getattr(one, side) for one in run]) for side in ("new", "old"))
        sides = Sides(Side(joined((news, options.omitted))), Side(joined((olds, options.omitted))))
        label = joined(dict.fromkeys(one.label for one in run), "、")
        return [Item("omitted", label, sides)]

    def _changed_remark(self, old: str, new: str) -> str:
        """What a change is; that two texts look the same is said, so that nobody looks for long."""
        remark = self._options.changed_remark
        return f"{remark}（{SPELLING_ALONE}）" if is_spelling_alone(old, new) else remark

    def _changed(self, old: str, new: str) -> Sides:
        return changed(old, new, blank=self._options.blank, pad=self._options.pad)


def given_texts(row: Model) -> Iterator[tuple[str, str]]:
    """The plain fields of a row that are not blank: label and text."""
    for name, label in text_fields(type(row)):
        if text := getattr(row, name):
            yield label, text


def labelled(fields: Iterable[tuple[str, str]]) -> str:
    """Fields in one line: `指標：満足度　目標：↑`."""
    return joined(f"{label}：{text}" for label, text in fields)


def _is_range(before: Omitted, after: Omitted) -> bool:
    """Whether two neighbours may stand in one range in either edition."""
    return are_siblings(before.new, after.new) and are_siblings(before.old, after.old)


def _range(names: Sequence[str]) -> str:
    first, last = names[0], names[-1]
    return first if first == last else f"{first}〜{last}"
