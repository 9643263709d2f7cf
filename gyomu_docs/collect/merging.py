"""Several drafts of one sheet to one sheet, and what they disagree about.

Changes to different cells are all taken over. Where two drafts say different things of the same
cell, the base's text stays, and both are shown as a conflict.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from gyomu_docs.collect.changes import Addition, DraftChanges, Edit, Order, Origin, Removal
from gyomu_docs.collect.items import label_of
from gyomu_docs.collect.paths import list_of, put, value_at
from gyomu_docs.collect.rows import CODE
from gyomu_docs.errors import Diagnostic
from gyomu_docs.layout.fields import ITSELF
from gyomu_docs.model import Sheet
from gyomu_docs.model.oddities import oddities
from gyomu_docs.model.sheet_file import sheet_from_plain, to_plain


class Choice(NamedTuple):
    """What one draft says; an item that is gone has no text."""

    text: str | None
    origin: Origin


class Conflict(NamedTuple):
    """What two drafts, or two rows, disagree about; the base's text stays."""

    record: str
    field: str
    message: str
    old: str
    choices: tuple[Choice, ...]
    code: str = ""
    """The business code that new rows have."""


@dataclass(slots=True)
class Merged:
    """The sheet that results, and what was taken over into it."""

    sheet: Sheet
    base: Sheet
    drafts: tuple[DraftChanges, ...]
    edits: list[Edit] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    """What is odd about the sheet that was not odd about its base: a gap in the codes."""

    @property
    def is_whole(self) -> bool:
        """Whether everything that came back was taken over."""
        return not self.conflicts and not any(draft.refused for draft in self.drafts)


def merge(drafts: Sequence[DraftChanges]) -> Merged:
    """Merge the drafts of one sheet; they have the same base."""
    base = drafts[0].base
    merged = Merged(base, base, tuple(drafts))
    _Merging(merged).run()
    return merged


class _Merging:
    """Drafts while they are merged."""

    def __init__(self, merged: Merged) -> None:
        self._merged = merged
        self._tree = to_plain(merged.base)
        self._disputed: set[str] = set()
        """Items that one draft removes and another edits: they stay as they were."""

    def run(self) -> None:
        self._merge_removals()
        self._merge_edits()
        self._merge_additions()
        self._merge_orders()
        self._settle_codes()
        merged, file = self._merged, self._merged.drafts[0].file
        tree = _Builder(self._tree, merged).build()
        merged.sheet, odd = sheet_from_plain(tree, "", file)
        known = {one.message for one in oddities(merged.base, file)}
        merged.found += (one for one in odd if one.message not in known)

    def _conflict(self, record: str, name: str, message: str, choices: Iterable[Choice]) -> None:
        old = value_at(self._tree, record, name)
        shown = old if isinstance(old, str) else label_of(old)
        self._merged.conflicts.append(Conflict(record, name, message, shown, tuple(choices)))

    def _merge_edits(self) -> None:
        by_place: dict[tuple[str, str], list[Edit]] = {}
        for draft in self._merged.drafts:
            for edit in draft.edits:
                by_place.setdefault((edit.record, edit.field), []).append(edit)
        gone = {removal.record for removal in self._merged.removals}
        for (record, name), edits in by_place.items():
            if len({edit.new for edit in edits}) > 1:
                choices = [Choice(edit.new, edit.origin) for edit in edits]
                message = "同じ欄が、原稿によって違うように直されています。"
                self._conflict(record, name, message, choices)
            elif not _within(record, gone | self._disputed):
                self._merged.edits.append(edits[0])

    def _merge_removals(self) -> None:
        """Take rows away, unless another draft works on them."""
        drafts = self._merged.drafts
        seen: set[str] = set()
        for draft in drafts:
            for removal in draft.removals:
                others = [
                    Choice(edit.new, edit.origin)
                    for other in drafts
                    if other is not draft
                    for edit in other.edits
                    if _within(edit.record, {removal.record})
                    and not _within(edit.record, {one.record for one in other.removals})
                ]
                if removal.record in seen:
                    continue
                seen.add(removal.record)
                if others:
                    message = "一方の原稿で削除され、もう一方で直されています。"
                    choices = [Choice(None, removal.origin), *others]
                    self._conflict(removal.record, ITSELF, message, choices)
                    self._disputed.add(removal.record)
                else:
                    self._merged.removals.append(removal)

    def _merge_additions(self) -> None:
        taken: dict[tuple[object, ...], Addition] = {}
        by_code: dict[tuple[str, str, str], list[Addition]] = {}
        for number, draft in enumerate(self._merged.drafts):
            renamed: dict[str, str] = {}
            for addition in draft.additions:
                owner = renamed.get(addition.owner, addition.owner)
                after = renamed.get(addition.after, addition.after)
                same = taken.get((owner, addition.path, after, addition.values))
                if same is not None and number and not same.key.startswith(f"+{number}."):
                    renamed[addition.key] = same.key
                    continue
                key = f"+{number}.{addition.key[1:]}"
                renamed[addition.key] = key
                one = addition._replace(key=key, owner=owner, after=after)
                taken.setdefault((owner, one.path, after, one.values), one)
                self._merged.additions.append(one)
                if code := dict(one.values).get(CODE):
                    by_code.setdefault((owner, one.path, code), []).append(one)
        for (_, _, code), additions in by_code.items():
            if len(additions) > 1:
                message = (
                    f"業務コード「{code}」の行が2つ以上増えています。どれも取り込んでいません。"
                )
                self._drop(additions, message)

    def _drop(self, additions: Sequence[Addition], message: str) -> None:
        choices = [Choice(_label(one), one.origin) for one in additions]
        record = additions[0].owner if not additions[0].owner.startswith("+") else ""
        inside = f"{record}.{additions[0].path}" if record else additions[0].path
        code = dict(additions[0].values).get(CODE, "")
        conflict = Conflict(inside, ITSELF, message, "", tuple(choices), code)
        self._merged.conflicts.append(conflict)
        dropped = {one.key: one.after for one in additions}
        kept = []
        for one in self._merged.additions:
            after = one.after
            while after in dropped:
                after = dropped[after]
            if one.owner in dropped:
                # What belongs to a row that is not taken over goes with it, and is named with it.
                text = Choice(_label(one), one.origin)
                last = self._merged.conflicts[-1]
                self._merged.conflicts[-1] = last._replace(choices=(*last.choices, text))
            elif one.key not in dropped:
                kept.append(one._replace(after=after))
        self._merged.additions = kept

    def _merge_orders(self) -> None:
        by_list: dict[tuple[str, str], list[Order]] = {}
        for draft in self._merged.drafts:
            for order in draft.orders:
                by_list.setdefault((order.owner, order.path), []).append(order)
        for (owner, path), orders in by_list.items():
            if len({order.records for order in orders}) > 1:
                message = "行が、原稿によって違う順に並べ替えられています。"
                choices = [Choice("、".join(one.moved), one.origin) for one in orders]
                inside = f"{owner}.{path}" if owner else path
                self._conflict(inside, ITSELF, message, choices)
            else:
                self._merged.orders.append(orders[0])

    def _settle_codes(self) -> None:
        """No code twice: a row that takes over a code that is not free is not taken over."""
        while True:
            users: dict[str, list[str]] = {}
            gone = {removal.record for removal in self._merged.removals}
            edited = {edit.record: edit.new for edit in self._merged.edits if edit.field == CODE}
            for number, item in enumerate(self._tree.get("行政活動", []), 1):
                record = f"行政活動[{number}]"
                if record not in gone:
                    users.setdefault(edited.get(record, item[CODE]), []).append(record)
            for one in self._merged.additions:
                if one.path == "行政活動":
                    users.setdefault(dict(one.values)[CODE], []).append(one.key)
            twice = next(((code, keys) for code, keys in users.items() if len(keys) > 1), None)
            if twice is None:
                return
            self._settle(*twice)

    def _settle(self, code: str, keys: Sequence[str]) -> None:
        added = [one for one in self._merged.additions if one.key in keys]
        if added:
            known = f"増えた行の業務コード「{code}」は、ほかの行にもあります。"
            self._drop(added, f"{known}増えた行は取り込んでいません。")
            return
        message = f"業務コード「{code}」が2度あります。元の業務コードを残しました。"
        edits = [
            edit
            for edit in self._merged.edits
            if edit.field == CODE and edit.record in keys and edit.new == code
        ]
        self._merged.edits = [edit for edit in self._merged.edits if edit not in edits]
        for edit in edits:
            choices = [Choice(edit.new, edit.origin)]
            self._conflict(edit.record, CODE, message, choices)


def _within(record: str, outer: Iterable[str]) -> bool:
    """Whether a record is one of the others, or in one."""
    return any(record == one or record.startswith(f"{one}.") for one in outer)


def _label(addition: Addition) -> str:
    values = dict(addition.values)
    label = label_of(values) if ITSELF not in values else values[ITSELF]
    return f"{values[CODE]} {label}".rstrip() if CODE in values else label


class _Builder:
    """The new tree of a sheet."""

    def __init__(self, tree: dict[str, Any], merged: Merged) -> None:
        self._tree = copy.deepcopy(tree)
        self._merged = merged
        self._items: dict[str, Any] = {}
        """New items by key."""
        self._pending: list[tuple[str, list[Any]]] = []

    def build(self) -> dict[str, Any]:
        for edit in self._merged.edits:
            put(self._tree, edit.record, edit.field, edit.new)
        lists = self._lists()
        for owner, path in lists:
            if not owner.startswith("+"):
                self._rebuild(owner, path)
        for owner, path in lists:
            if owner.startswith("+"):
                new = [
                    one for one in self._merged.additions if (one.owner, one.path) == (owner, path)
                ]
                put(self._items[owner], "", path, [self._item(one) for one in new])
        for inside, kept in self._pending:
            put(self._tree, "", inside, kept)
        return self._tree

    def _lists(self) -> list[tuple[str, str]]:
        """The lists whose items change, as owner and path; inner ones first."""
        found = [list_of(removal.record)[:2] for removal in self._merged.removals]
        found += [(one.owner, one.path) for one in self._merged.additions]
        found += [(one.owner, one.path) for one in self._merged.orders]
        return sorted(dict.fromkeys(found), key=lambda one: not one[0])

    def _rebuild(self, owner: str, path: str) -> None:
        """Put the items of a list in their order.

        Records are read from the list as it was, so it is replaced only when all lists are built.
        """
        inside = f"{owner}.{path}" if owner else path
        items = value_at(self._tree, inside) or []
        records = [f"{inside}[{number}]" for number in range(1, len(items) + 1)]
        by_key = dict(zip(records, items, strict=True))
        gone = {removal.record for removal in self._merged.removals}
        for order in self._merged.orders:
            if (order.owner, order.path) == (owner, path):
                records = _reordered(records, order.records)
        keys = list(records)
        for one in self._merged.additions:
            if (one.owner, one.path) == (owner, path):
                by_key[one.key] = self._item(one)
                _insert(keys, one)
        kept = [by_key[key] for key in keys if key not in gone]
        self._pending.append((inside, kept))

    def _item(self, addition: Addition) -> Any:
        values = dict(addition.values)
        if ITSELF in values:
            return values[ITSELF]
        item: dict[str, Any] = {}
        for name, text in values.items():
            put(item, "", name, text)
        self._items[addition.key] = item
        return item


def _reordered(records: list[str], order: Sequence[str]) -> list[str]:
    """The records in a new order; those that the order does not name keep their places."""
    named = set(order)
    there = iter([record for record in order if record in set(records)])
    return [next(there) if record in named else record for record in records]


def _insert(keys: list[str], addition: Addition) -> None:
    """Put a new item behind the one that it follows."""
    at = keys.index(addition.after) + 1 if addition.after in keys else 0
    # Another draft may have put items there already; they stay in the order of the drafts.
    draft = addition.key.partition(".")[0]
    while at < len(keys) and keys[at].startswith("+") and keys[at].partition(".")[0] != draft:
        at += 1
    keys.insert(at, addition.key)
