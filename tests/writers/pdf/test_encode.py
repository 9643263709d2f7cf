"""Parts that are encoded apart from the document that they go into."""

from __future__ import annotations

import pickle
import zlib
from dataclasses import replace

import pytest

from gyomu_docs.layout.tree import Attachment
from gyomu_docs.typeset.pages import OutlineEntry
from gyomu_docs.writers.pdf.encode import encode
from tests.support.paged import FONTS, GOTHIC, HEIGHT, document, lines, page, run, table_page


def test_parts_travel_between_processes() -> None:
    part = encode(table_page(), FONTS)
    assert pickle.loads(pickle.dumps(part)) == part


def test_a_part_does_not_depend_on_what_was_encoded_before() -> None:
    alone = encode(lines("市役所"), FONTS)
    encode(lines("公園", run("縦", vertical=True)), FONTS)
    assert encode(lines("市役所"), FONTS) == alone
    font = FONTS.by_name(GOTHIC)
    assert alone.glyphs == {(GOTHIC, False): tuple(sorted(map(font.glyph, "市役所")))}


def test_pages_are_deflated_and_keep_size_and_label() -> None:
    (encoded,) = encode(lines("市", label="12-1"), FONTS).pages
    assert (encoded.height, encoded.label) == (HEIGHT, "12-1")
    assert zlib.decompress(encoded.content).startswith(b".001 0 0 .001 0 0 cm\nBT\n/P<</MCID 0>>")


def test_object_count_covers_pages_and_elements() -> None:
    part = encode(document([page(), page()]), FONTS)
    assert part.object_count == 2 * 3
    part = encode(lines("一", "二", "三"), FONTS)
    assert part.object_count == 3 + 3
    assert part.structure.bodies.count(b"\n") + 1 == 1 + 3


def test_outline_places_are_measured_from_the_bottom() -> None:
    entries = (OutlineEntry(1, "公園", 0, HEIGHT - 500_250),)
    (bookmark,) = encode(lines("市", outline=entries), FONTS).bookmarks
    assert bookmark.top == 500_250
    assert bookmark.title == "<FEFF516C5712>"


def test_outline_places_move_with_their_page() -> None:
    made = document([replace(page(), shift=(0, -20_000))], outline=(OutlineEntry(1, "公", 0, 0),))
    (bookmark,) = encode(made, FONTS).bookmarks
    assert bookmark.top == HEIGHT + 20_000


@pytest.mark.parametrize("index", [-1, 1])
def test_outline_to_a_page_that_is_not_there(index: int) -> None:
    with pytest.raises(ValueError, match=f"page {index} of 1"):
        encode(lines("市", outline=(OutlineEntry(1, "公園", index, 0),)), FONTS)


def test_attachments_are_deflated() -> None:
    data = "年度: R3\n".encode() * 100
    attachment = Attachment("003.yaml", "application/yaml", data)
    (encoded,) = encode(lines("市", attachments=(attachment,)), FONTS).attachments
    assert (encoded.size, zlib.decompress(encoded.data)) == (len(data), data)
