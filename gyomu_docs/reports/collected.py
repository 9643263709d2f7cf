"""What returned drafts changed as lists for spreadsheets: one row a change, with who made it.

In: the report of `collect`, plain entries. Out: the bytes of an .xlsx, the same for the same
report. What was not taken over stands in lists of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gyomu_docs.model import FiscalYear
from gyomu_docs.reports.figures import figure
from gyomu_docs.reports.sheet import Column, Listing, Row, Value, write_lists

Entry = Mapping[str, Any]

_KINDS = {"changed": "変更", "added": "追加", "removed": "削除", "moved": "移動"}
_FIGURES = frozenset({"予算額", "正規", "会計年度任用", "再任用"})
"""Fields beside those of a year whose texts are numbers."""
_PLACE = (
    Column("シート", wide=True),
    Column("欄"),
    Column("業務コード"),
    Column("行", wide=True),
    Column("番目", format="0"),
    Column("項目"),
    Column("年度（和暦）"),
    Column("年度（西暦）", format="0"),
)
_ORIGIN = (
    Column("変更者", wide=True),
    Column("日時"),
    Column("変更履歴"),
    Column("原稿", wide=True),
)
_CHANGES = (
    Column("区分"),
    *_PLACE,
    Column("旧", wide=True),
    Column("新", wide=True),
    Column("増えた行の値", wide=True),
    *_ORIGIN,
)
_CONFLICTS = (
    *_PLACE,
    Column("内容", wide=True),
    Column("旧", wide=True),
    Column("原稿の文字", wide=True),
    *_ORIGIN,
)
_NOTICES = (
    Column("シート", wide=True),
    Column("表"),
    Column("行", wide=True),
    Column("列"),
    Column("内容", wide=True),
    Column("直し方", wide=True),
    Column("原稿", wide=True),
)
_COMMENTS = (
    *_PLACE,
    Column("コメント", wide=True),
    Column("書いた人", wide=True),
    Column("日時"),
    Column("原稿", wide=True),
)
_SHEETS = (
    Column("シート", wide=True),
    Column("年度"),
    Column("所属", wide=True),
    Column("原稿", wide=True),
    Column("変更"),
    Column("取り込めないもの"),
)


def write_collected(report: Mapping[str, Sequence[Entry]]) -> bytes:
    """The lists as the bytes of an .xlsx. Raises OutputError for a text that no cell can hold."""
    return write_lists(
        (
            Listing("変更", _CHANGES, map(_change, report["entries"])),
            Listing("衝突", _CONFLICTS, _conflicts(report["conflicts"])),
            Listing("取り込めないもの", _NOTICES, map(_notice, report["refused"])),
            Listing("コメント", _COMMENTS, map(_comment, report["comments"])),
            Listing("知らせ", _NOTICES, map(_notice, report["notices"])),
            Listing("シート一覧", _SHEETS, map(_sheet, report["sheets"])),
        )
    )


def _change(entry: Entry) -> Row:
    is_figure = bool(entry["year"]) or entry["field"] in _FIGURES
    old, new = entry["old"], entry["new"]
    values = " ／ ".join(f"{name}：{text}" for name, text in entry.get("values", {}).items())
    return (
        _KINDS[entry["kind"]],
        *_place(entry),
        _value(old) if is_figure else old,
        _value(new) if is_figure else new,
        values,
        *_origin(entry),
    )


def _conflicts(conflicts: Sequence[Entry]) -> Iterator[Row]:
    for entry in conflicts:
        for choice in entry["choices"]:
            said = "（削除）" if choice["new"] is None else choice["new"]
            yield (*_place(entry), entry["message"], entry["old"], said, *_origin(choice))


def _notice(entry: Entry) -> Row:
    keys = ("sheet", "section", "row", "column", "message", "hint", "draft")
    return tuple(entry[key] for key in keys)


def _comment(entry: Entry) -> Row:
    return *_place(entry), entry["text"], entry["author"], entry["date"], entry["draft"]


def _sheet(entry: Entry) -> Row:
    return (
        entry["sheet"],
        entry["年度"],
        entry["所属"],
        "\n".join(entry["drafts"]),
        "あり" if entry["changed"] else "なし",
        "なし" if entry["whole"] else "あり",
    )


def _place(entry: Entry) -> Row:
    year = FiscalYear.parse(entry["year"]) if entry["year"] else None
    keys = ("sheet", "section", "code", "row", "index", "field")
    return (*(entry[key] for key in keys), entry["year"], year.year if year else None)


def _origin(entry: Entry) -> Row:
    tracked = "あり" if entry["tracked"] else "なし"
    return entry["author"], entry["date"], tracked, entry["draft"]


def _value(text: str | None) -> Value:
    """A number that prints as the text does; any other text as it is."""
    found = figure(text or "")
    return found if found is not None and not found.unit else text
