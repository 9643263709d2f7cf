"""PDFs with fallback fonts: each is embedded once, and every text reads back as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gyomu_docs.typeset.fonts import Fallback, FontSet
from gyomu_docs.typeset.pages import PagedDocument, TextRun
from gyomu_docs.typeset.runs import split_fonts
from gyomu_docs.writers.pdf.encode import encode
from tests.support.paged import BOLD, FILES, GOTHIC, lines, reading, reopen, run, to_bytes
from tests.support.tiny_fonts import (
    BIZ_SEQUENCE,
    LACKING,
    OTHER_SEQUENCE,
    collection,
    ipamj,
    tiny_font,
    with_fallbacks,
)

SavePdf = Callable[[bytes], Path]
VERTICAL = "\u3083"
"""ゃ, which has a vertical form."""


def typeset(fonts: FontSet, *texts: str | TextRun) -> PagedDocument:
    """Texts one below the other, their runs by fonts as typesetting makes them."""
    made = lines(*texts)
    for group in made.pages[0].content:
        for one in group.runs:
            chain = fonts.find(one.font.removesuffix(" Bold"), bold=one.font == BOLD)
            for char in one.text:
                chain.widths[char]
    return split_fonts(made, fonts.chains).paged


def fonts_of(data: bytes) -> dict[str, Any]:
    return dict(reopen(data).pages[0].Resources.Font.items())


def test_a_fallback_is_embedded_once_with_what_is_used(tmp_path: Path, save_pdf: SavePdf) -> None:
    fonts = with_fallbacks(tiny_font(tmp_path / "a.ttf", "𠮷𱍐A"), tmp_path / "unused.ttf")
    data = to_bytes(typeset(fonts, f"市{LACKING}", run(f"{LACKING}市", font=BOLD)), fonts=fonts)
    assert reading("pdftotext", save_pdf(data), "-raw").split() == ["市𠮷", "𠮷市"]
    assert sorted(fonts_of(data)) == ["/F1", "/F2", "/F4"]
    (descendant,) = fonts_of(data)["/F4"].DescendantFonts
    assert str(descendant.BaseFont).endswith("+Tiny")


def test_vertical_text_of_a_fallback(tmp_path: Path, save_pdf: SavePdf) -> None:
    path = tiny_font(tmp_path / "a.ttf", "𠮷𱍐\ue000", vertical={"𠮷": "\ue000"})
    fonts = with_fallbacks(path)
    data = to_bytes(typeset(fonts, run(f"市{LACKING}役", vertical=True)), fonts=fonts)
    assert reading("pdftotext", save_pdf(data)).split() == ["市𠮷役"]
    assert fonts_of(data)["/V4"].Encoding == "/Identity-V"


def test_a_sequence_of_a_fallback_reads_back(tmp_path: Path, save_pdf: SavePdf) -> None:
    fonts = with_fallbacks(tiny_font(tmp_path / "a.ttf", "葛", sequences=[OTHER_SEQUENCE]))
    text = f"{BIZ_SEQUENCE}と{OTHER_SEQUENCE}と葛\U000e01ef"
    data = to_bytes(typeset(fonts, text), fonts=fonts)
    assert reading("pdftotext", save_pdf(data)).split() == [text]


@pytest.mark.parametrize("vertical", [False, True])
def test_a_spread_text_over_two_fonts_reads_back_whole(
    tmp_path: Path, save_pdf: SavePdf, vertical: bool
) -> None:
    fonts = with_fallbacks(tiny_font(tmp_path / "a.ttf", "𠮷"))
    made = typeset(fonts, run("均等𠮷付", spacing=20_000, spread=True, vertical=vertical))
    assert len([one for group in made.pages[0].content for one in group.runs]) == 3
    assert reading("pdftotext", save_pdf(to_bytes(made, fonts=fonts))).split() == ["均等𠮷付"]


def test_a_glyph_of_two_characters_reads_back_as_the_one_meant(
    tmp_path: Path, save_pdf: SavePdf
) -> None:
    fonts = with_fallbacks(tiny_font(tmp_path / "a.ttf", "𠮷", shared={"𱍐": "𠮷"}))
    data = to_bytes(typeset(fonts, "市𠮷𱍐市"), fonts=fonts)
    assert reading("pdftotext", save_pdf(data)).split() == ["市𠮷𱍐市"]


def test_a_font_of_a_collection(tmp_path: Path, save_pdf: SavePdf) -> None:
    first, second = tiny_font(tmp_path / "1.ttf", "a"), tiny_font(tmp_path / "2.ttf", "𠮷")
    path = collection(tmp_path / "both.ttc", first, second)
    fonts = FontSet(FILES, [Fallback(path), Fallback(path, 1)])
    assert fonts.names[-2:] == ("both", "both 2")
    data = to_bytes(typeset(fonts, "市𠮷"), fonts=fonts)
    assert reading("pdftotext", save_pdf(data)).split() == ["市𠮷"]


def test_parts_do_not_depend_on_the_document(tmp_path: Path) -> None:
    path = tiny_font(tmp_path / "a.ttf", "𠮷𱍐")
    parts = []
    for before in ("", "𱍐髙"):
        fonts = with_fallbacks(path)
        typeset(fonts, before)
        parts.append(encode(typeset(fonts, "市𠮷"), fonts))
    assert parts[0] == parts[1]


@pytest.mark.parametrize("vertical", [False, True])
def test_texts_with_ipamj_read_back(save_pdf: SavePdf, vertical: bool) -> None:
    fonts = ipamj()
    texts = [
        "𠮷野家の髙﨑",
        f"{BIZ_SEQUENCE}城と{OTHER_SEQUENCE}飾",
        "渡邉\U000e010f様",
        "か\u3099𠮷",
        "鷗𪚲（㐂）",
    ]
    runs = [
        run(text, x=60_000 + 40_000 * index, y=60_000 + 30_000 * index, vertical=vertical)
        for index, text in enumerate(texts)
    ]
    made = typeset(fonts, *runs)
    path = save_pdf(to_bytes(made, fonts=fonts))
    assert sorted(reading("pdftotext", path).split()) == sorted(texts)
    names = {one.font for group in made.pages[0].content for one in group.runs}
    assert names == {GOTHIC, "ipamjm"}
