"""What reports say in the same words: what became of a sheet, what is a correction or a range.

The change list (JSON) has its own terms; these are the ones for people. One place for them, so that
the 新旧対照表, the web page and the spreadsheet never say two things of one sheet.
"""

from __future__ import annotations

import re
import unicodedata

from gyomu_docs.comparison import Change, SheetComparison

STATUSES = {
    "unchanged": "変更なし",
    "changed": "変更",
    "added": "新設",
    "removed": "廃止",
    "split": "分割",
    "merged": "統合",
}
RENAMED = ("番号変更", "名称変更")
BUDGETS_ALONE = "事業費の予算額のみ"
SPELLING_ALONE = "字体・空白のみ"
_SAME_MARKS = {"〇": "○", "◯": "○", "✕": "×", "✖": "×"}
_BLANKS = re.compile(r"\s")
_CODE_PART = 2
"""Digits of a code by which siblings differ."""
_WIDTHS = ("<wide>", "<narrow>")


def is_unchanged(sheet: SheetComparison) -> bool:
    """Whether a reader finds nothing that differs: no change, and each budget as it was.

    The change list calls a sheet unchanged whose budgets alone differ: they are of two years, and
    stand in a list of their own. Print shows them beside each other.
    """
    return sheet.status == "unchanged" and not has_other_budgets(sheet)


def has_other_budgets(sheet: SheetComparison) -> bool:
    """Whether the budget of a cost row differs from that of the year before."""
    return any(step.old != step.new for step in sheet.budgets)


def status_label(sheet: SheetComparison) -> str:
    """One of the labels of `STATUSES`."""
    if sheet.status == "unchanged" and has_other_budgets(sheet):
        return STATUSES["changed"]
    return STATUSES[sheet.status]


def renamed(sheet: SheetComparison) -> list[str]:
    """Which of `RENAMED` a sheet was that is neither new nor a part of another."""
    if sheet.status != "changed" or sheet.old is None or sheet.new is None:
        return []
    news = (sheet.new.number, sheet.new.title)
    olds = (sheet.old.number, sheet.old.title)
    return [name for name, new, old in zip(RENAMED, news, olds, strict=True) if new != old]


def outcome(sheet: SheetComparison) -> str:
    """What became of a sheet: 新設, 統合, 番号変更・名称変更."""
    return "・".join(renamed(sheet)) or status_label(sheet)


def is_within_a_year(sheet: SheetComparison) -> bool:
    """Whether both are editions of one year, such as a draft and what came back of it."""
    old, new = sheet.old, sheet.new
    return old is not None and new is not None and old.fiscal_year == new.fiscal_year


def is_rewritten(change: Change, sheet: SheetComparison) -> bool:
    """Whether a figure of a past year was corrected (正誤); two drafts of one year rewrite none."""
    past = change.kind == "changed" and change.year is not None
    return past and not is_within_a_year(sheet)


def plain_mark(text: str) -> str:
    """A mark of 達成 in one spelling; texts beside ○ and × stay what they are."""
    plain = text.strip()
    return _SAME_MARKS.get(plain, plain)


def are_siblings(code: str, other: str) -> bool:
    """Whether two neighbours may stand in one range: codes of one level below one parent.

    `030101〜04` would be read as the codes from 030101 to 030104.
    """
    return len(code) == len(other) and code[:-_CODE_PART] == other[:-_CODE_PART]


def is_spelling_alone(old: str, new: str) -> bool:
    """Whether two texts differ in composition, width and blanks alone, or are the same mark."""
    return old != new and bool(old and new) and _plain(old) == _plain(new)


def _plain(text: str) -> str:
    narrow = "".join(
        unicodedata.normalize("NFKC", char)
        if unicodedata.decomposition(char).startswith(_WIDTHS)
        else char
        for char in _BLANKS.sub("", text)
    )
    return plain_mark(unicodedata.normalize("NFC", narrow))
