"""Links, page numbers and contents; the headings and the numbers of a booklet's sections."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gyomu_docs.layout.tree import (
    Block,
    Entry,
    EntryList,
    Furniture,
    PageBreak,
    PageNumber,
    Reference,
    Section,
)
from tests.support.documents import cell, document, grid, heading, paragraph, row, section, style
from tests.support.ooxml import Docx, attribute, text_of
from tests.writers.docx.conftest import Word
from tests.writers.docx.test_document import opened


def part(*blocks: Block, anchor: str, title: str = "部", **more: Any) -> Section:
    """A section of a booklet."""
    return replace(section(*blocks, bookmark=title), anchor=anchor, **more)


def sheet(number: int, level: int = 1, **more: Any) -> Section:
    title = f"No.{number} シート"
    return part(grid("表"), anchor=f"s-{number}", title=title, level=level, main=True, **more)


def entry(text: str, *references: tuple[str, str], **more: Any) -> Entry:
    return Entry(text, tuple(Reference(*one) for one in references), style(), **more)


def contents(*entries: Entry, outline: bool = True) -> Section:
    made = EntryList("目次", "contents", entries, outline=outline)
    return part(made, anchor="part-contents", title="目次", level=1)


def fields(docx: Docx) -> list[str]:
    return [(one.text or "").strip() for one in docx.find(".//w:instrText")]


def links(docx: Docx) -> list[tuple[str, str]]:
    """Where each link leads, and what it shows."""
    return [(attribute(one, "anchor"), text_of(one)) for one in docx.find(".//w:hyperlink")]


def bookmarks(docx: Docx) -> list[str]:
    return [attribute(one, "name") for one in docx.find(".//w:bookmarkStart")]


TWO = (entry("一枚目", ("2", "s-1")), entry("二枚目", ("5", "s-2")))


def test_contents_are_a_field_with_the_numbers_that_were_counted(word: Word) -> None:
    docx = word(contents(*TWO), sheet(1), sheet(2))
    assert fields(docx) == [
        r'TOC \o "1-1" \h \z \u \b _main_part',
        r"PAGEREF _s_1 \h",
        r"PAGEREF _s_2 \h",
    ]
    assert links(docx) == [("_s_1", "一枚目\t2"), ("_s_2", "二枚目\t5")]
    kinds = [attribute(one, "fldCharType") for one in docx.find(".//w:fldChar")]
    inner = ["begin", "separate", "end"]
    assert kinds == ["begin", "separate", *inner, *inner, "end"]


def test_pages_in_a_row_are_two_numbers(word: Word) -> None:
    one = Entry("道路", (Reference("2", "s-1", "5", "s-2"), Reference("7", "s-3")), style())
    made = EntryList("索引", "index", (one,))
    docx = word(part(made, anchor="part-index", title="索引"), sheet(1), sheet(2), sheet(3))
    assert fields(docx) == [rf"PAGEREF _s_{n} \h" for n in (1, 2, 3)]
    assert links(docx) == [("_s_1", "2–5"), ("_s_3", "7")]


def test_the_field_finds_the_main_part_and_its_levels(word: Word) -> None:
    docx = word(contents(*TWO), sheet(1), sheet(2, level=3), part(paragraph("奥付"), anchor="z"))
    assert r'\o "1-3"' in fields(docx)[0]
    body = docx.body
    (start,) = docx.find("w:bookmarkStart", body)
    (end,) = docx.find("w:bookmarkEnd", body)
    assert attribute(start, "name") == "_main_part"
    inside = list(body)[body.index(start) : body.index(end)]
    titles = [text_of(one) for one in inside if docx.find("w:pPr/w:pStyle", one)]
    assert [title for title in titles if title] == ["No.1 シート", "No.2 シート"]


def test_lines_of_contents_have_the_style_that_word_gives_them() -> None:
    small = TWO[1]._replace(style=style(size=8))
    docx = opened(document(contents(TWO[0], small), sheet(1), sheet(2)))
    lines = [one for one in docx.find("w:p") if docx.find("w:hyperlink", one)]
    assert [docx.values("w:pPr/w:pStyle", one) for one in lines] == [["TOC1"], ["TOC1"]]
    # The first line of a level is what the style looks like; another says what differs.
    sizes = [docx.values("w:hyperlink/w:r/w:rPr/w:sz", one) for one in lines]
    assert sizes == [[], ["16"]]
    styles = docx.part("word/styles.xml")
    (toc,) = (one for one in docx.find("w:style", styles) if attribute(one, "styleId") == "TOC1")
    assert docx.values("w:rPr/w:sz", toc) == ["20"]


def test_other_lists_are_no_field_but_lead_there_too(word: Word) -> None:
    docx = word(contents(*TWO, outline=False), sheet(1), sheet(2))
    assert fields(docx) == [r"PAGEREF _s_1 \h", r"PAGEREF _s_2 \h"]


def test_each_page_of_an_index_entry_leads_to_it(word: Word) -> None:
    made = contents(entry("語", ("2", "s-1"), ("3", "s-1-2")), outline=False)
    first = part(grid("一"), PageBreak("s-1-2"), grid("二"), anchor="s-1", level=1, main=True)
    docx = word(made, first)
    assert links(docx) == [("_s_1", "2"), ("_s_1_2", "3")]
    assert "_s_1_2" in bookmarks(docx)


def test_what_word_cannot_count_and_what_leads_nowhere_is_text(word: Word) -> None:
    made = contents(entry("部ごと", ("3-2", "s-1")), entry("なし", ("9", "nowhere")), outline=False)
    docx = word(made, sheet(1))
    assert fields(docx) == []
    assert links(docx) == [("_s_1", "部ごと\t3-2")]
    assert "なし\t9" in [text_of(one) for one in docx.find("w:p")]


def test_page_numbers_below_their_text_stand_in_lines_of_their_own(word: Word) -> None:
    one = entry("道路", ("2", "s-1"), ("5", "s-2"), ("7", "s-3"))._replace(breaks=(0, 2))
    made = EntryList("索引", "index", (one,))
    docx = word(part(made, anchor="part-index", title="索引"), sheet(1), sheet(2), sheet(3))
    (line,) = (one for one in docx.find("w:p") if text_of(one).startswith("道路"))
    assert text_of(line) == "道路|2、5、|7"
    (indent,) = docx.find("w:pPr/w:ind", line)
    assert (attribute(indent, "left"), attribute(indent, "hanging")) == ("200", "200")
    assert docx.find("w:pPr/w:tabs", line) == []


def test_an_entry_begins_a_page() -> None:
    made = contents(TWO[0], TWO[1]._replace(new_page=True))
    docx = opened(document(made, sheet(1), sheet(2)))
    (line,) = (one for one in docx.find("w:p") if docx.find("w:pPr/w:pageBreakBefore", one))
    assert text_of(line) == "二枚目\t5"


def test_a_cell_leads_to_its_anchor(word: Word) -> None:
    linked = cell("シート")._replace(link="s-1")
    docx = word(part(grid(row(linked)), anchor="d-1", level=1, main=True), sheet(1))
    assert links(docx) == [("_s_1", "シート")]


def test_a_section_has_a_heading_that_only_the_outline_shows() -> None:
    docx = opened(document(sheet(1, level=2)))
    first = docx.find("w:p")[0]
    assert (text_of(first), docx.values("w:pPr/w:pStyle", first)) == (
        "No.1 シート",
        ["SectionTitle2"],
    )
    styles = docx.part("word/styles.xml")
    known = {attribute(one, "styleId"): one for one in docx.find("w:style", styles)}
    assert docx.values("w:basedOn", known["SectionTitle2"]) == ["Heading2"]
    assert docx.values("w:pPr/w:outlineLvl", known["Heading2"]) == ["1"]


def test_a_heading_of_its_name_is_the_heading_of_a_section() -> None:
    made = part(heading("総括"), heading("内訳", 2), anchor="p", title="総括", level=1)
    docx = opened(document(made))
    lines = [(text_of(one), docx.values("w:pPr/w:pStyle", one)) for one in docx.find("w:p")]
    assert lines[:2] == [("総括", ["Heading1"]), ("内訳", ["Heading3"])]
    assert docx.find("w:bookmarkStart", docx.find("w:p")[0]) != []


def test_sections_say_where_they_begin_and_with_which_number(word: Word) -> None:
    docx = word(sheet(1), sheet(2, starts_right=True, first_number=7))
    assert docx.values(".//w:sectPr/w:type") == ["nextPage", "oddPage"]
    (number,) = docx.find(".//w:sectPr/w:pgNumType")
    assert attribute(number, "start") == "7"


def test_a_footer_shows_the_number_that_was_counted() -> None:
    made = sheet(1)
    foot = Furniture((), (PageNumber("page", "12"), " / 340"), (), style())
    docx = opened(document(replace(made, page=replace(made.page, footer=foot))))
    assert text_of(docx.part("word/footer1.xml")) == "\t12 / 340"


def test_nothing_is_asked_on_opening() -> None:
    docx = opened(document(contents(*TWO), sheet(1), sheet(2)))
    assert "updateFields" not in docx.text("word/settings.xml")
    dirty = [one for one in docx.find(".//w:fldChar") if attribute(one, "dirty")]
    assert dirty == []
