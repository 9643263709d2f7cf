"""What the drafts changed, as plain entries: for JSON, for the page, and for the console."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from gyomu_docs.collect.changes import Addition, Origin, Removal
from gyomu_docs.collect.items import label_of
from gyomu_docs.collect.merging import Conflict, Merged
from gyomu_docs.collect.paths import Where, list_of, value_at, where
from gyomu_docs.collect.rows import CODE
from gyomu_docs.errors import Diagnostic, Place
from gyomu_docs.layout.fields import ITSELF
from gyomu_docs.model.sheet_file import to_plain

Entry = dict[str, Any]

ACTIVITY = "行政活動"
KINDS = {"changed": "変更", "added": "追加", "removed": "削除", "moved": "移動"}


def make_report(all_merged: Sequence[Merged]) -> dict[str, list[Entry]]:
    """The whole report. Each entry names its sheet; `tracked` tells whether Word tracked it.

    `entries` are what was taken over, `conflicts` what the drafts disagree about, `refused` rows
    that a person must put right, `notices` what was lost of the form or not read, `comments` the
    comments.
    """
    report: dict[str, list[Entry]] = {
        name: [] for name in ("sheets", "entries", "conflicts", "refused", "notices", "comments")
    }
    for merged in all_merged:
        one = _SheetReport(merged)
        report["sheets"].append(one.summary())
        report["entries"] += one.entries()
        report["conflicts"] += one.conflicts()
        report["refused"] += (_diagnostic(one.sheet, d) for d in _refused(merged))
        report["notices"] += (_diagnostic(one.sheet, d) for d in _notices(merged))
        report["comments"] += one.comments()
    return report


def dump_report(report: dict[str, list[Entry]]) -> str:
    """The report as JSON."""
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _refused(merged: Merged) -> Iterator[Diagnostic]:
    for draft in merged.drafts:
        yield from draft.refused


def _notices(merged: Merged) -> Iterator[Diagnostic]:
    for draft in merged.drafts:
        yield from draft.found
    yield from merged.found


def _diagnostic(sheet: str, one: Diagnostic) -> Entry:
    place = one.place
    return {
        "sheet": sheet,
        "section": place.table,
        "row": place.row,
        "column": place.column,
        "message": one.message,
        "hint": one.hint,
        "draft": place.file,
    }


class _SheetReport:
    """The entries of one sheet."""

    def __init__(self, merged: Merged) -> None:
        self._merged = merged
        self._tree = to_plain(merged.base)
        self.sheet = merged.sheet.label

    def summary(self) -> Entry:
        """Which sheet, from which drafts, and whether it changed."""
        sheet, merged = self._merged.sheet, self._merged
        return {
            "sheet": self.sheet,
            "年度": str(sheet.fiscal_year),
            "所属": sheet.department,
            "drafts": [draft.file for draft in merged.drafts],
            "changed": sheet != merged.base,
            "whole": merged.is_whole,
        }

    def entries(self) -> Iterator[Entry]:
        """What was taken over, in the order of the sheet's parts."""
        for edit in self._merged.edits:
            yield self._entry("changed", edit.record, edit.field, edit.old, edit.new, edit.origin)
        for order in self._merged.orders:
            for record in order.moved:
                yield self._entry("moved", record, "", self._label(record), None, order.origin)
        for removal in self._merged.removals:
            yield self._removed(removal)
        for addition in self._merged.additions:
            yield self._added(addition)

    def _removed(self, removal: Removal) -> Entry:
        return self._entry("removed", removal.record, "", removal.label, None, removal.origin)

    def _added(self, addition: Addition) -> Entry:
        values = dict(addition.values)
        owner = addition.owner if not addition.owner.startswith("+") else ""
        record = f"{owner}.{addition.path}[0]" if owner else f"{addition.path}[0]"
        new = values.get(ITSELF) or label_of(values)
        entry = self._entry("added", record, "", None, new, addition.origin)
        code = values.get(CODE) or entry["code"]
        return {**entry, "code": code, "index": None, "values": values}

    def _entry(
        self, kind: str, record: str, field: str, old: str | None, new: str | None, origin: Origin
    ) -> Entry:
        place = where(record, field or ITSELF)
        if not field:
            place = _without_list(place, record)
        entry = self._plain(self._named(place, record), self._code(record), old, new)
        return {**entry, "kind": kind, **_origin(origin)}

    def _named(self, place: Where, record: str) -> Where:
        """The place with the name by which people know an item without a code."""
        item = value_at(self._tree, record) if record else None
        if place.row or not isinstance(item, dict) or CODE in item:
            return place
        return place._replace(row=label_of(item))

    def _plain(self, place: Where, code: str, old: str | None, new: str | None) -> Entry:
        return {
            "sheet": self.sheet,
            "kind": "",
            "section": place.section,
            "code": code,
            "row": place.row,
            "index": place.number,
            "field": place.field,
            "year": place.year,
            "old": old,
            "new": new,
        }

    def conflicts(self) -> Iterator[Entry]:
        """What the drafts disagree about."""
        for one in self._merged.conflicts:
            place = self._where(one)
            named = self._named(place, one.record)
            entry = self._plain(named, one.code or self._code(one.record), one.old, None)
            del entry["kind"], entry["new"]
            choices = [{"new": text, **_origin(origin)} for text, origin in one.choices]
            yield {**entry, "message": one.message, "choices": choices}

    def _where(self, conflict: Conflict) -> Where:
        if conflict.record.endswith("]") or not conflict.record:
            return where(conflict.record, conflict.field)
        item = f"{conflict.record}[0]"
        return _without_list(where(item, ITSELF)._replace(number=None), item)

    def comments(self) -> Iterator[Entry]:
        """The comments, by the cells they are anchored to."""
        for draft in self._merged.drafts:
            for one in draft.remarks:
                place = where(one.record, one.field) if one.field else Where(one.section, "")
                entry = self._plain(place, self._code(one.record), None, None)
                for key in ("kind", "old", "new"):
                    del entry[key]
                yield {
                    **entry,
                    "author": one.author,
                    "date": one.date,
                    "text": one.text,
                    "draft": one.draft,
                }

    def _code(self, record: str) -> str:
        """The business code of the activity that a record is, or is in."""
        if not record.startswith(f"{ACTIVITY}["):
            return ""
        return str(value_at(self._tree, record.partition(".")[0], CODE) or "")

    def _label(self, record: str) -> str:
        return label_of(value_at(self._tree, record))


def _without_list(place: Where, item: str) -> Where:
    """The place of an item as a whole; a list that is a section of its own is not named twice."""
    return place._replace(field="") if place.field == list_of(item)[1] else place


def _origin(origin: Origin) -> Entry:
    return {
        "author": origin.author,
        "date": origin.date,
        "tracked": origin.tracked,
        "draft": origin.draft,
    }


def report_lines(report: dict[str, list[Entry]]) -> Iterator[str]:
    """What people are told of the changes that were taken over."""
    yield from map(_entry_line, report["entries"])
    yield from map(_comment_line, report["comments"])
    yield from (f"注意: {_notice_line(entry)}" for entry in report["notices"])
    for one in report["sheets"]:
        if not one["changed"]:
            which = "変更" if one["whole"] else "取り込んだ変更"
            yield f"{one['sheet']}: {which}はありません。"


def fault_lines(report: dict[str, list[Entry]]) -> Iterator[str]:
    """What people are told of that was not taken over."""
    for entry in report["refused"]:
        yield f"誤り: {_notice_line(entry)}"
    for entry in report["conflicts"]:
        yield from _conflict_lines(entry)


def _entry_line(entry: Entry) -> str:
    """An entry of `entries` as a line for people."""
    where = place_of(entry)
    match entry["kind"]:
        case "changed":
            said = f"「{entry['old']}」→「{entry['new']}」"
        case "moved":
            said = f"「{entry['old']}」の行を移動"
        case "removed":
            said = f"「{entry['old']}」を削除"
        case _:
            said = f"「{entry['new']}」を追加"
    return f"{where}: {said}{_by(entry)}"


def _conflict_lines(entry: Entry) -> Iterator[str]:
    """A conflict as lines for people: what it is, and what each draft says."""
    old = f"元の文字は「{entry['old']}」です。" if entry["old"] else ""
    yield f"衝突: {place_of(entry)}: {entry['message']}{old}"
    for choice in entry["choices"]:
        yield f"  {choice_line(choice)}"


def choice_line(choice: Entry) -> str:
    """What one draft says in a conflict, and who said it."""
    said = "削除" if choice["new"] is None else f"「{choice['new']}」"
    return f"{choice['draft']}: {said}{_by(choice)}"


def _comment_line(entry: Entry) -> str:
    """A comment as a line for people."""
    who = "、".join(part for part in (entry["author"], entry["date"]) if part)
    return f"コメント: {place_of(entry)}: 「{entry['text']}」" + (f"（{who}）" if who else "")


def _notice_line(entry: Entry) -> str:
    """A notice or a refused row as a line for people."""
    place = Place(entry["draft"], None, entry["sheet"], entry["section"], entry["row"])
    hint = f"\n  ヒント: {entry['hint']}" if entry["hint"] else ""
    column = f" 列「{entry['column']}」" if entry["column"] else ""
    return f"{place}{column}: {entry['message']}{hint}"


def place_of(entry: Entry) -> str:
    """Where something is, as messages name places."""
    row = f"{entry['code']} {entry['row']}".strip()
    if not row and entry["index"]:
        row = str(entry["index"])
    column = f"{entry['field']} {entry['year']}".strip()
    return str(Place(sheet=entry["sheet"], table=entry["section"], row=row, column=column))


def _by(entry: Entry) -> str:
    if not entry["tracked"]:
        return "（変更履歴なし）"
    who = "、".join(part for part in (entry["author"], entry["date"]) if part)
    return f"（{who}）" if who else ""
