"""Texts with fields in braces, and values as forms print them."""

from __future__ import annotations

import pytest

from gyomu_docs.layout.fields import PathError, PathReader
from gyomu_docs.layout.texts import compile_template, furniture_parts, money
from gyomu_docs.layout.tree import PageNumber
from gyomu_docs.model import FiscalYear, Sheet, YearStyle
from tests.support.sheets import sheet


def fill(template: str, style: YearStyle = "short", year: str = "R3") -> str:
    reader = PathReader(FiscalYear.parse(year))
    filled = sheet(fiscal_year=FiscalYear.parse(year))
    return compile_template(template, lambda path: reader.read_text(path, (Sheet,)), style)(
        (filled,)
    )


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("", ""),
        ("目標", "目標"),
        ("{シートNo}", "41"),
        ("No.{シートNo} {シート名}", "No.41 公園の管理"),
        ("{シートNo}{シートNo}", "4141"),
        ("{}", "{}"),
        ("{年度}年度", "R3年度"),
        ("{年度-2}", "R元"),
        ("{年度-2:short-digit}", "R1"),
        ("{年度:long}", "令和3年度"),
        ("{年度:western}", "2021年度"),
        ("{年度-2:both}", "令和元（2019）年度"),
    ],
)
def test_braces_hold_fields(template: str, text: str) -> None:
    assert fill(template) == text


def test_years_follow_the_style_of_the_form_whatever_the_file_writes() -> None:
    assert fill("{年度}", "long", "2019") == "令和元年度"
    assert fill("{年度:short}", "long", "平成31年度") == "R元"


@pytest.mark.parametrize("template", ["{年度:kanji}", "{予算}", "{シート銘}", "{ }"])
def test_a_wrong_field_is_refused(template: str) -> None:
    with pytest.raises(PathError):
        fill(template)


def test_furniture_keeps_the_places_of_page_numbers() -> None:
    parts = furniture_parts("{シート名} {page} / {pages}", fill)
    assert parts == ("公園の管理 ", PageNumber("page"), " / ", PageNumber("pages"))
    assert furniture_parts("", fill) == ()


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1027", "1,027 千円"),
        ("0", "0 千円"),
        ("-54317", "△54,317 千円"),
        ("1234.5", "1,234.5 千円"),
        ("", ""),
        ("-", "-"),
        ("未定", "未定"),
        ("第2期で計上", "第2期で計上"),
    ],
)
def test_the_unit_stands_only_behind_an_amount(amount: str, text: str) -> None:
    assert money(amount, " 千円") == text
