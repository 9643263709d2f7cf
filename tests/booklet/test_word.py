"""A booklet in Word: its sections, and contents whose numbers are those of the PDF."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gyomu_docs.booklet.build import Report, build_pdf
from gyomu_docs.booklet.config import BookletConfig
from gyomu_docs.booklet.parts import PartMaker
from gyomu_docs.booklet.setting import Setting
from gyomu_docs.booklet.word import build_docx
from gyomu_docs.booklet.workers import BuildOptions
from gyomu_docs.errors import MissingGlyphError, UsageError
from gyomu_docs.model import SourcedSheet
from gyomu_docs.render import Renderer
from gyomu_docs.resources import find_resources
from gyomu_docs.units import mm
from tests.support import office
from tests.support.booklets import SEED_UNITS, forms, seed_book
from tests.support.finished import FinishedBook
from tests.support.ooxml import Docx, attribute, text_of
from tests.support.sheets import sheet

CONFIG = {"所属": SEED_UNITS, "市": "館林市", "発行日": "令和3年8月"}


@cache
def setting() -> Setting:
    renderer = Renderer(find_resources({}))
    return Setting(renderer.resolver.form, renderer.fonts, "test", "left", mm(8), mirrored=True)


def config(**changes: Any) -> BookletConfig:
    return BookletConfig.model_validate({**CONFIG, **changes})


def built(
    *sheets: SourcedSheet, build: Any = build_docx, keep_going: bool = False, **changes: Any
) -> tuple[bytes, Report]:
    """A booklet of these sheets, or of the published ones."""
    out = io.BytesIO()
    entries = sheets or seed_book().entries
    options = BuildOptions(keep_going=keep_going)
    report = build(
        entries, config(**changes), setting(), lambda made: PartMaker(made, forms()), out, options
    )
    return out.getvalue(), report


@cache
def seed() -> tuple[bytes, Report]:
    return built()


def contents_of(docx: Docx) -> list[str]:
    """The lines within the field of the contents."""
    lines, depth = [], 0
    for line in docx.find("w:p"):
        marks = [attribute(one, "fldCharType") for one in docx.find(".//w:fldChar", line)]
        inside = depth or any(
            "TOC" in (one.text or "") for one in docx.find(".//w:instrText", line)
        )
        if inside:
            depth += marks.count("begin") - marks.count("end")
            lines.append(text_of(line))
    return [line for line in lines if line]


def titles_of(docx: Docx) -> list[str]:
    """The outline: levels and texts of the headings of the sections."""
    found = []
    for line in docx.find("w:p"):
        style = "".join(docx.values("w:pPr/w:pStyle", line))
        if style.startswith(("Heading", "SectionTitle")):
            found.append(f"{style[-1]} {text_of(line)}")
    return found


def labels(report: Report) -> dict[str, str]:
    """The number of the first page of each sheet and divider, by its title."""
    return {page.title: page.label for page in report.pages if page.number == 0 and page.anchor}


def test_the_file_is_valid_and_the_same_each_time(save_docx: Callable[..., Path]) -> None:
    data, _ = seed()
    save_docx(data)
    assert built()[0] == data


def test_pages_and_numbers_are_those_of_the_pdf() -> None:
    _, report = seed()
    _, printed = built(build=build_pdf)
    assert [page._replace(digest="") for page in printed.pages] == list(report.pages)
    assert printed.found == report.found


def test_contents_show_the_numbers_that_were_counted() -> None:
    data, report = seed()
    lines = dict(line.split("\t") for line in contents_of(Docx(data)))
    known = labels(report)
    assert len(lines) == 6  # two dividers, four sheets
    for text, number in lines.items():
        assert known[text.partition("（政策")[0]] == number


def test_headings_make_the_outline() -> None:
    titles = titles_of(Docx(seed()[0]))
    assert titles[0] == "1 表紙"
    assert [title for title in titles if "No." in title or "まち" in title] == [
        "1 VIII まちづくりのしくみが整い発展できるまち",
        "2 27 高品質で生産性の高い行政活動が展開されているまちになる",
        "3 No.3 組織の方針",
        "3 No.4 行政改革",
        "3 No.5 広域行政",
        "3 No.6 情報化推進",
    ]


def test_each_piece_is_a_section_with_its_own_header_and_footer() -> None:
    data, _ = seed()
    docx = Docx(data)
    sections = docx.find(".//w:sectPr")
    headers = [one.values()[-1] for one in docx.find(".//w:headerReference")]
    shown = [text_of(docx.part(f"word/{name}.xml")) for name in headers]
    assert len(sections) == 12  # cover, legend, summary, contents; two dividers; sheets; and more
    assert [text for text in shown if "シートNo." in text] == [
        "業務棚卸表　R3年度　シートNo.3　組織の方針\t\t政策企画部 企画課",
        "業務棚卸表　R3年度　シートNo.4　行政改革\t\t政策企画部 企画課",
        "業務棚卸表　R3年度　シートNo.5　広域行政\t\t政策企画部 企画課",
        "業務棚卸表　R3年度　シートNo.6　情報化推進\t\t政策企画部 企画課 ICT推進係",
    ]


def test_pages_are_counted_from_the_page_after_the_cover() -> None:
    docx = Docx(seed()[0])
    numbers = [attribute(one, "start") for one in docx.find(".//w:sectPr/w:pgNumType")]
    assert numbers == ["1"]
    footers = [one.values()[-1] for one in docx.find(".//w:footerReference")]
    shown = [text_of(docx.part(f"word/{name}.xml")).strip() for name in footers]
    assert shown[:3] == ["", "1 / 21", "3 / 21"]


def test_no_number_is_odd_after_an_odd_one() -> None:
    docx = Docx(built(両面=False)[0])
    assert [attribute(one, "start") for one in docx.find(".//w:sectPr/w:pgNumType")] == ["0"]


def test_binding_and_both_sides() -> None:
    docx = Docx(seed()[0])
    assert "<w:mirrorMargins/>" in docx.text("word/settings.xml")
    gutters = {attribute(one, "gutter") for one in docx.find(".//w:sectPr/w:pgMar")}
    assert gutters != {"0"}
    assert "oddPage" in docx.values(".//w:sectPr/w:type")


def test_numbers_by_part_are_written_page_by_page(save_docx: Callable[..., Path]) -> None:
    data, report = built(ページ番号={"形式": "部ごと"})
    save_docx(data)
    docx = Docx(data)
    footers = [one.values()[-1] for one in docx.find(".//w:footerReference")]
    shown = [text_of(docx.part(f"word/{name}.xml")).strip() for name in footers]
    assert "3-2 / 3" in shown
    numbered = [page for page in report.pages if page.anchor]
    assert len(docx.find(".//w:sectPr")) == len(numbered)
    assert docx.find(".//w:instrText") == []


def test_a_sheet_that_is_refused_is_left_out_or_stops_all() -> None:
    good = seed_book().entries[0]
    bad = SourcedSheet(sheet(number="9", title="悪\ue000"), file="009.yaml")
    with pytest.raises(MissingGlyphError) as caught:
        built(good, bad)
    assert caught.value.place.file == "009.yaml"
    _, report = built(good, bad, keep_going=True)
    assert [one.number for one in report.book.sheets] == ["3"]
    assert len(report.failures) == 1


def test_no_sheets_no_booklet() -> None:
    with pytest.raises(UsageError):
        build_docx((), config(), setting(), lambda made: PartMaker(made, forms()), io.BytesIO())


def first_lines(pdf: FinishedBook) -> list[float]:
    """Of each page, how far its text below the head begins from the top; 0 of a blank one.

    Titles that nobody sees are a point high.
    """
    return [
        min((word.top for word in page if word.bottom - word.top > 3 and word.top > 30), default=0)
        for page in pdf.words
    ]


@pytest.mark.skipif(bool(office.unavailable()), reason=office.unavailable())
def test_libreoffice_has_the_same_pages(tmp_path: Path) -> None:
    data, report = seed()
    source = tmp_path / "booklet.docx"
    source.write_bytes(data)
    (pdf,) = office.convert([source], tmp_path / "pdf", keep_blank_pages=True)

    assert office.count_pages(pdf) == len(report.pages)
    for leaf, page in enumerate(report.pages, 1):
        text = office.text_of_pdf(pdf, leaf)
        if not page.anchor:
            assert text == ""
        elif page.label.isdecimal() and page.title.startswith("No."):
            assert f"{page.label}/21" in text
            assert ("業務棚卸表（総合計画施策説明表）" in text) == (page.number == 0)
            assert page.title.split(" ")[1] in text
    printed, _ = built(build=build_pdf)
    ours = first_lines(FinishedBook(printed))
    assert first_lines(FinishedBook(pdf.read_bytes())) == pytest.approx(ours, abs=3)
