"""Labels of the printed form: recognised whatever their spacing and their width.

`任 務 目 的`, `シートＮｏ．` and `年度別決算・予算額（千円）` are the labels that they look like.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable

from gyomu_docs.model import FiscalYear
from gyomu_docs.readers.published_text.lines import half_width

YEAR = ("年度",)
NUMBER = ("シートNo.", "シートNo", "シートNO.", "シートNO", "シート№", "シート番号")
TITLE = ("シート名", "シート名称")
DEPARTMENT = ("所属", "所属名", "担当課")

BASIC_GOAL = ("基本目的",)
POLICY_GOAL = ("施策目的(上位目的)", "施策目的")
DIRECTIONS = ("施策の方向", "施策の方向性")

STAFFING = ("人工",)
TOTAL = ("合計", "総計", "計")
COST_NAME = ("事業名",)
COST_YEARS = ("年度別決算・予算額(千円)", "年度別決算・予算額")

_SPREAD = re.compile(r"\S\s+[^\s(（]")
_OF_A_YEAR = re.compile(r"の?(?:実績|決算)[値額]?$")


def plain(text: str) -> str:
    """`text` without any space, in normal width: the form in which labels are compared."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def is_spread(text: str) -> bool:
    """Whether spaces stand between the characters; one before a bracket belongs to the label."""
    return _SPREAD.search(text) is not None


def is_label(text: str, spellings: Iterable[str]) -> bool:
    """Whether `text` is one of the spellings of a label, and nothing else."""
    return plain(text) in {plain(spelling) for spelling in spellings}


def behind_label(text: str, spellings: Iterable[str]) -> str | None:
    """What stands behind the label in its cell: `シート名 広域行政` gives `広域行政`.

    Empty where the label stands alone, None where the cell does not begin with the label.
    """
    if is_label(text, spellings):
        return ""
    for spelling in sorted(spellings, key=len, reverse=True):
        if match := _glued(spelling).match(half_width(text)):
            return text[match.end() :].strip()
    return None


def before_label(text: str, spellings: Iterable[str]) -> str:
    """What stands before the label in its cell; empty where the cell does not end with one."""
    for spelling in sorted(spellings, key=len, reverse=True):
        if match := _glued_behind(spelling).search(half_width(text)):
            return text[: match.start()].strip()
    return ""


@functools.cache
def _glued_behind(spelling: str) -> re.Pattern[str]:
    return re.compile(r"(?<=\S)\s+" + _spaced(spelling) + "$")


@functools.cache
def _glued(spelling: str) -> re.Pattern[str]:
    return re.compile(_spaced(spelling) + r"[\s:]+(?=\S)")


def _spaced(spelling: str) -> str:
    return r"\s*".join(re.escape(char) for char in spelling)


def year_of(text: str) -> FiscalYear | None:
    """The year that a column header names: `H28実績`, `Ｈ２８ 実績`, `令和元年度実績`."""
    named = _OF_A_YEAR.sub("", "".join(half_width(text).split()))
    try:
        return FiscalYear.parse(named)
    except ValueError:
        return None
