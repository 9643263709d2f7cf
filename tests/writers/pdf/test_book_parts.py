"""Parts of a book in one file: links to anchors, pages dressed for their place."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest

from gyomu_docs.typeset.pages import Anchor, Artifact, Element, Link, Marked, PagedDocument
from gyomu_docs.writers.pdf import Assembly, Dressing, encode, encode_overlay
from tests.support.paged import (
    DOCUMENT,
    FONTS,
    HEIGHT,
    WIDTH,
    document,
    page,
    reading,
    run,
    to_bytes,
)

SavePdf = Callable[[bytes], Path]


def word_places(path: Path, number: int) -> dict[str, tuple[float, float]]:
    """Left and top of each word of a page, in points, as Poppler sees them."""
    page_option = str(number + 1)
    text = reading("pdftotext", path, "-bbox", "-f", page_option, "-l", page_option)
    words = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)".*?>(.*?)</word>', text)
    return {word: (float(x), float(y)) for x, y, word in words}


def parent_of(pdf: Any, key: int) -> Any:
    """What the parent tree has under a key."""
    for leaf in pdf.Root.StructTreeRoot.ParentTree.Kids:
        nums = list(leaf.Nums)
        for index in range(0, len(nums), 2):
            if int(nums[index]) == key:
                return nums[index + 1]
    raise KeyError(key)


def linked(target: str = "there", anchor: str = "there") -> PagedDocument:
    """Two pages; the text of the first leads to an anchor on the second."""
    elements = (DOCUMENT, Element("P", 0), Element("Link", 1), Element("P", 0))
    link = Link(2, 40_000, 50_000, 30_000, 12_000, target, "第2項へ")
    first = page(Marked(2, (run("第2項"),)), label="1")
    pages = (replace(first, links=(link,)), page(Marked(3, (run("本文"),)), label="2"))
    return document(pages, elements, anchors=(Anchor(anchor, 1, 100_000),))


def test_a_link_leads_to_its_anchor_and_is_tagged(save_pdf: SavePdf) -> None:
    data = to_bytes(linked())
    save_pdf(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (annotation,) = pdf.pages[0].Annots
        assert [float(side) for side in annotation.Rect] == [40, 533.276, 70, 545.276]
        assert str(annotation.Contents) == "第2項へ"
        names = list(pdf.Root.Names.Dests.Names)
        assert str(names[0]) == str(annotation.Dest) == "there"
        assert names[1][0].objgen == pdf.pages[1].objgen
        assert float(names[1][3]) == 495.276
        element = parent_of(pdf, int(annotation.StructParent))
        assert element.S == "/Link"
        assert element.K[0] == 0
        assert element.K[1].Obj.objgen == annotation.objgen


def test_a_link_without_an_anchor_is_a_fault() -> None:
    with pytest.raises(ValueError, match="'nowhere'"):
        to_bytes(linked("nowhere"))


def test_a_page_is_dressed_for_its_place_in_a_book(save_pdf: SavePdf) -> None:
    out = io.BytesIO()
    assembly = Assembly(out, FONTS)
    heads = [Artifact("footer", (run(f"- {number} -", 400_000, 560_000),)) for number in (11, 12)]
    dressings = [
        Dressing("3-11", encode_overlay(WIDTH, HEIGHT, (heads[0],), FONTS)),
        Dressing("3-12", encode_overlay(WIDTH, HEIGHT, (heads[1],), FONTS), (20_000, 5_000)),
    ]
    assembly.add(encode(linked(), FONTS), dressings)
    assembly.finish()
    path = save_pdf(out.getvalue())
    assert word_places(path, 0)["第2項"][0] == pytest.approx(40, abs=0.5)
    assert word_places(path, 1)["本文"][0] == pytest.approx(60, abs=0.5)
    assert word_places(path, 1)["12"][0] - word_places(path, 0)["11"][0] == pytest.approx(
        20, abs=0.1
    )
    with pikepdf.open(path) as pdf:
        assert float(pdf.Root.Names.Dests.Names[1][3]) == 490.276
    assert pypdf.PdfReader(path).page_labels == ["3-11", "3-12"]
