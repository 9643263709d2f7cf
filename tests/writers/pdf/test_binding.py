"""Mirrored pages and watermarks as a reader of the finished PDF finds them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from gyomu_docs.layout.tree import Watermark
from gyomu_docs.typeset.fonts import Font
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.units import pt
from tests.support.documents import document, heading, page_break, style
from tests.support.paged import FONTS, GOTHIC, reading, to_bytes

_WORD = re.compile(r'<page|<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)<')


class OneFamily:
    """Any family is BIZ UDGothic."""

    def find(self, family: str, bold: bool) -> Font:
        return FONTS.find(GOTHIC, bold)


def booklet(**page: Any) -> bytes:
    """Two pages with a heading each at the same place of the layout; headers and footers too."""
    blocks = (heading("表の面", bookmark="表"), page_break(), heading("裏の面"))
    made = document(*blocks, left="頭", margins=[20, 10, 20, 45], **page)
    return to_bytes(Typesetter(OneFamily()).paginate(made)[0])


def words(data: bytes, folder: Path) -> list[dict[str, tuple[float, float]]]:
    """Of each page, where poppler sees the top left corner of each word."""
    path = folder / "booklet.pdf"
    path.write_bytes(data)
    pages: list[dict[str, tuple[float, float]]] = []
    for x, y, word in _WORD.findall(reading("pdftotext", path, "-bbox")):
        if word:
            pages[-1][word] = (float(x), float(y))
        else:
            pages.append({})
    return pages


def test_left_and_right_margins_change_places(tmp_path: Path) -> None:
    front, back = words(booklet(binding="left", gutter=pt(35), mirrored=True), tmp_path)
    assert front["表の面"][0] == pytest.approx(45, abs=0.01)
    assert back["裏の面"] == pytest.approx((10, front["表の面"][1]), abs=0.01)
    assert back["頭"] == pytest.approx((10, front["頭"][1]), abs=0.01)


def test_a_gutter_at_the_top_goes_to_the_bottom(tmp_path: Path) -> None:
    front, back = words(booklet(binding="top", gutter=pt(4), mirrored=True), tmp_path)
    for word, same in (("表の面", "裏の面"), ("頭", "頭"), ("/", "/")):
        assert back[same] == pytest.approx((front[word][0], front[word][1] - 4), abs=0.01)


def test_bookmarks_follow(tmp_path: Path) -> None:
    blocks = [heading(text, bookmark=text) for text in ("表", "裏")]
    binding = {"binding": "top", "gutter": pt(15), "mirrored": True}
    made = document(blocks[0], page_break(), blocks[1], **binding)
    data = to_bytes(Typesetter(OneFamily()).paginate(made)[0])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        first = pdf.Root.Outlines.First
        tops = [float(entry.Dest[3]) for entry in (first, first.Next)]
    assert tops == [120, 135]


def test_a_watermark_is_drawn_and_not_read(save_pdf: Callable[[bytes], Path]) -> None:
    data = booklet(watermark=Watermark("修正用原稿", style(size=40, color=0xDDDDDD)))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        contents = [page.Contents.read_bytes() for page in pdf.pages]
    opening = b"/Artifact<</Type/Pagination/Subtype/Watermark>>BDC"
    assert all(content.startswith(opening) for content in contents)
    path = save_pdf(data)
    assert set("修正用原稿") <= set(reading("pdftotext", path))
    assert "修正用原稿" not in (read := reading("pdfinfo", path, "-struct-text"))
    assert "表の面" in read
