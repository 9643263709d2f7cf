"""Page set-up, headers and footers, watermarks, settings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gyomu_docs.layout.tree import Document, Watermark
from gyomu_docs.units import mm, pt
from gyomu_docs.writers.docx import DocxOptions
from tests.support.documents import document, paragraph, section, setup, style
from tests.support.ooxml import Docx, attribute, text_of, value_of
from tests.writers.docx.conftest import Word
from tests.writers.docx.test_document import IDENTITY, opened


def page_of(docx: Docx, element: str) -> dict[str, str]:
    (found,) = docx.find(f"w:sectPr/w:{element}")
    return {name.rpartition("}")[2]: str(value) for name, value in found.items()}


def with_page(**changes: Any) -> Document:
    made = document(paragraph("一"))
    (only,) = made.sections
    return replace(made, sections=(replace(only, page=replace(only.page, **changes)),))


def test_landscape_paper_is_known_by_its_name(word: Word) -> None:
    docx = word(with_page(width=mm(297), height=mm(210)))
    assert page_of(docx, "pgSz") == {"w": "16838", "h": "11906", "orient": "landscape", "code": "9"}


def test_portrait_paper_of_no_name(word: Word) -> None:
    docx = word(with_page(width=pt(300), height=pt(400)))
    assert page_of(docx, "pgSz") == {"w": "6000", "h": "8000"}


def test_margins(word: Word) -> None:
    docx = word(with_page(header_distance=pt(5), footer_distance=pt(6)))
    assert page_of(docx, "pgMar") == {
        **dict.fromkeys(("top", "right", "bottom", "left"), "400"),
        **{"header": "100", "footer": "120", "gutter": "0"},
    }


@pytest.mark.parametrize(
    ("binding", "left", "gutter"), [("left", "280", "120"), ("top", "400", "0")]
)
def test_the_gutter_is_taken_out_of_the_margin(binding: Any, left: str, gutter: str) -> None:
    docx = opened(with_page(binding=binding, gutter=pt(6)))
    margins = page_of(docx, "pgMar")
    assert (margins["left"], margins["gutter"], margins["top"]) == (left, gutter, "400")


def test_mirrored_pages() -> None:
    def mirrored(**page: Any) -> bool:
        return "<w:mirrorMargins/>" in opened(with_page(**page)).text("word/settings.xml")

    assert mirrored(mirrored=True)
    assert not mirrored()


def test_header_and_footer_have_three_parts(word: Word) -> None:
    docx = word(document(paragraph("一"), left="左", center="中\n央", right="右"))
    header, footer = docx.part("word/header1.xml"), docx.part("word/footer1.xml")
    assert text_of(header) == "左\t中 央\t右"
    assert text_of(footer) == "\t1 / 1"
    fields = [one.text for one in docx.find(".//w:instrText", footer)]
    assert fields == [" PAGE ", " NUMPAGES "]
    tabs = docx.find(".//w:tabs/w:tab", header)
    stops = [(value_of(one), attribute(one, "pos")) for one in tabs]
    assert stops == [("center", "4000"), ("right", "8000")]


@pytest.mark.parametrize(("right", "below"), [(True, ["200"]), (False, [])])
def test_the_header_of_a_section_on_the_right_reaches_down_to_the_body(
    word: Word, right: bool, below: list[str]
) -> None:
    # A margin of 20 pt, less the line of 10 pt that hangs at its top.
    made = with_page(header_distance=pt(0))
    (only,) = made.sections
    docx = word(replace(made, sections=(replace(only, starts_right=right),)))
    header = docx.part("word/header1.xml")
    assert [attribute(one, "after") for one in docx.find(".//w:spacing", header)] == below


def test_sections_alike_share_header_and_footer(word: Word) -> None:
    docx = word(
        section(paragraph("一"), left="甲"),
        section(paragraph("二"), left="乙"),
        section(paragraph("三"), left="甲"),
    )
    headers = [name for name in docx.names if name.startswith("word/header")]
    assert headers == ["word/header1.xml", "word/header2.xml"]
    assert len([name for name in docx.names if name.startswith("word/footer")]) == 1
    used = [one.values()[-1] for one in docx.find(".//w:headerReference")]
    assert used == ["header1", "header2", "header1"]


def test_every_section_begins_on_a_new_page(word: Word) -> None:
    docx = word(section(paragraph("一")), section(paragraph("二")))
    assert docx.values(".//w:sectPr/w:type") == ["nextPage", "nextPage"]
    assert len(docx.find("w:p/w:pPr/w:sectPr")) == 1


def test_a_watermark_lies_across_the_page(word: Word) -> None:
    made = Watermark("案", style(size=60, color=0xCCCCCC, family="BIZ UDGothic"))
    docx = word(with_page(width=pt(440), height=pt(440), watermark=made))
    header = docx.text("word/header1.xml")
    # One character turned by 45 degrees has √2 em; the margins leave 400 pt, so it is not smaller.
    assert "width:60.0pt;height:60.0pt;rotation:315" in header
    assert 'string="案"' in header
    assert 'fillcolor="#CCCCCC"' in header
    assert "BIZ UDゴシック" in header


def test_a_long_watermark_is_made_smaller() -> None:
    made = Watermark("修正用原稿", style(size=300))
    docx = opened(with_page(width=pt(440), height=pt(440), watermark=made))
    header = docx.text("word/header1.xml")
    # Five characters along and one across: 6 em / √2 fill 400 pt.
    assert "width:471.4pt;height:94.3pt" in header


def test_no_watermark_of_blanks() -> None:
    made = with_page(watermark=Watermark(" \n", style()))
    assert "textpath" not in opened(made).text("word/header1.xml")


def settings_of(made: Document, **options: bool) -> str:
    return opened(made, DocxOptions(**options)).text("word/settings.xml")


def test_only_a_draft_tracks_changes() -> None:
    plain = document(paragraph("一"))
    assert "trackRevisions" not in settings_of(plain, force_tracking=True)
    draft = settings_of(replace(plain, identity=IDENTITY))
    assert "<w:trackRevisions/>" in draft
    assert "documentProtection" not in draft


def test_tracking_can_be_forced_without_a_password(word: Word) -> None:
    made = replace(document(paragraph("一")), identity=IDENTITY)
    docx = word(made, options=DocxOptions(force_tracking=True, anonymous=True))
    settings = docx.text("word/settings.xml")
    assert '<w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>' in settings
    assert "<w:removePersonalInformation/><w:removeDateAndTime/>" in settings


@pytest.mark.parametrize(
    ("compress", "spacing"), [(True, "compressPunctuation"), (False, "doNotCompress")]
)
def test_punctuation_is_compressed_as_the_form_says(compress: bool, spacing: str) -> None:
    made = document(paragraph("一", compress=compress))
    (only,) = made.sections
    foot = replace(only.page.footer, style=style(compress=compress))
    head = replace(only.page.header, style=style(compress=compress))
    page = replace(setup(), footer=foot, header=head)
    assert spacing in settings_of(replace(made, sections=(replace(only, page=page),)))
