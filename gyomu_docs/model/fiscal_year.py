"""Fiscal years with their eras: read in every style, compared, shifted, printed as a form asks.

A fiscal year runs from April; the era is that of most of it, so the fiscal year 2019 is 令和元年度
although it began in 平成31年. H31, R1, R元 and 2019 are the same year.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Any, Literal, NamedTuple

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

YearStyle = Literal["short", "short-digit", "long", "western", "both"]
"""`short` R元, `short-digit` R1, `long` 令和元年度, `western` 2019年度,
`both` 令和元（2019）年度."""


class Era(NamedTuple):
    """An era: its Latin letter, its name, and the western year of its first fiscal year."""

    letter: str
    name: str
    first: int


ERAS = (
    Era("R", "令和", 2019),
    Era("H", "平成", 1989),
    Era("S", "昭和", 1926),
    Era("T", "大正", 1912),
    Era("M", "明治", 1868),
)
"""Newest first."""

_LETTERS = {**{era.letter: era for era in ERAS}, **{era.name: era for era in ERAS}}
_LETTERS |= {era.name[0]: era for era in ERAS}
_WITH_ERA = re.compile(
    r"(令和|平成|昭和|大正|明治|[RHSTM令平昭大明])\s*\.?\s*(元|\d{1,2})\s*(年度?)?"
)
_WESTERN = re.compile(r"(1[89]\d\d|2\d\d\d)\s*(年度?)?")


@functools.total_ordering
class FiscalYear:
    """One fiscal year, with the text it was written as.

    Equality, order and hash go by the year alone, so `R元` finds what was stored under `H31`.
    `str()` gives the text as written.
    """

    __slots__ = ("text", "year")

    def __init__(self, year: int, text: str = "") -> None:
        self.year = year
        self.text = text or _label(year, "short")

    @classmethod
    def parse(cls, text: str) -> FiscalYear:
        """Read `R3`, `R元`, `令和3年度`, `Ｈ２８`, `2021` or `2021年度`.

        Raises ValueError, with a sentence in Japanese, for anything else: a bare `3` names no era.
        """
        return _parse(text)

    def label(self, style: YearStyle = "short") -> str:
        """The year in one of the printed styles."""
        return _label(self.year, style)

    def __add__(self, years: int) -> FiscalYear:
        return FiscalYear(self.year + years)

    def __sub__(self, years: int) -> FiscalYear:
        return FiscalYear(self.year - years)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FiscalYear) and self.year == other.year

    def __lt__(self, other: object) -> bool:
        return self.year < other.year if isinstance(other, FiscalYear) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.year)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"FiscalYear({self.year}, {self.text!r})"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _validate,
            serialization=core_schema.plain_serializer_function_ser_schema(
                str, return_schema=core_schema.str_schema()
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "type": ["string", "integer"],
            "title": "年度",
            "description": "R3、R元、令和3年度、2021 のように、元号か西暦で書く。",
            "examples": ["R3", "R元", "令和3年度", "2021"],
        }


def _validate(value: object) -> FiscalYear:
    if isinstance(value, FiscalYear):
        return value
    if not isinstance(value, str | int):
        raise ValueError("年度は一つの文字列で書いてください。")
    return FiscalYear.parse(str(value))


@functools.lru_cache(maxsize=4096)
def _parse(text: str) -> FiscalYear:
    plain = unicodedata.normalize("NFKC", text).strip()
    if match := _WITH_ERA.fullmatch(plain.upper()):
        era = _LETTERS[match[1]]
        number = 1 if match[2] == "元" else int(match[2])
        if number >= 1:
            return FiscalYear(era.first + number - 1, text.strip())
    if match := _WESTERN.fullmatch(plain):
        return FiscalYear(int(match[1]), text.strip())
    raise ValueError(
        f"年度「{text}」を読み取れません。R3、令和3年度、2021 のように書いてください。"
    )


def _label(year: int, style: YearStyle) -> str:
    if style == "western":
        return f"{year}年度"
    era = next((era for era in ERAS if year >= era.first), None)
    if era is None:
        return f"{year}年度"
    number = year - era.first + 1
    digits = "元" if number == 1 else str(number)
    match style:
        case "short":
            return f"{era.letter}{digits}"
        case "short-digit":
            return f"{era.letter}{number}"
        case "long":
            return f"{era.name}{digits}年度"
        case "both":
            return f"{era.name}{digits}（{year}）年度"
