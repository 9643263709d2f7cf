"""What pages carry besides the sheet: page numbers, the form's title, running headers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from gyomu_docs.readers.published_text.codes import code_head
from gyomu_docs.readers.published_text.labels import plain
from gyomu_docs.readers.published_text.lines import SourceLine

_YEAR = r"(?:[RHS令平昭][^\W\d_]*(?:元|\d{1,2})|20\d\d)(?:年度?)?"
_PAGE = r"\d{1,4}(?:/\d{1,4})?(?:ページ|頁)?"
_DASH = "[-‐‑–—―−ー~・]"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}+{_PAGE}{_DASH}+|\d{{1,4}}/\d{{1,4}}(?:ページ|頁)?|第?\d{{1,4}}(?:ページ|頁)"
    r"|(?:P|p|Page|PAGE|ページ|頁)[.:]?\d{1,4}(?:/\d{1,4})?"
)
_TITLE = re.compile(
    rf"(?:.{{1,12}}[市区町村県部課室])?(?:{_YEAR})?の?業務棚卸表(?:\([^()]*\))?"
    rf"(?:\(?{_YEAR}\)?)?(?:{_DASH}*{_PAGE}{_DASH}*)?"
)
_FORM_TITLE = re.compile(r"業務棚卸表(?:\([^()]*\))?")
_LONGEST = 60


def is_form_title(line: SourceLine) -> bool:
    """Whether the line is the title that the form itself prints."""
    return _matches(_FORM_TITLE, line)


def page_furniture(lines: Sequence[SourceLine]) -> frozenset[SourceLine]:
    """The lines that belong to the pages and not to a sheet.

    Page numbers and titles are known by their looks, a running header by standing at least twice,
    digits aside, by itself between the rows of tables.
    """
    between = Counter(
        _without_digits(line)
        for before, line, after in zip(lines, lines[1:], lines[2:], strict=False)
        if min(len(before.cells), len(after.cells)) > 2 and _can_run(line)
    )
    return frozenset(
        line for line in lines if _has_looks(line) or between[_without_digits(line)] > 1
    )


def _has_looks(line: SourceLine) -> bool:
    """Whether the line is a page number or the title, which may have year and page beside it."""
    if line.alone and _matches(_PAGE_NUMBER, line):
        return True
    # A lone number with tabs beside it is a cell of a table.
    number = len(line.cells) == 1 and plain(line.alone).isdecimal()
    return number or _matches(_TITLE, line)


def _without_digits(line: SourceLine) -> str:
    return re.sub(r"\d+", "#", plain(line.alone))


def _can_run(line: SourceLine) -> bool:
    return len(line.cells) == 1 and len(line.alone) <= _LONGEST and code_head(line.alone) is None


def _matches(pattern: re.Pattern[str], line: SourceLine) -> bool:
    text = "".join(line.texts)
    return len(text) <= _LONGEST and pattern.fullmatch(plain(text)) is not None
