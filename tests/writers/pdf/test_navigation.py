"""Outline and page labels, read back by pikepdf and pypdf."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyomu_docs.typeset.pages import OutlineEntry
from tests.support.paged import HEIGHT, document, page, reading, reopen, to_bytes

SavePdf = Callable[[bytes], Path]


def with_outline(*entries: OutlineEntry, pages: int = 3) -> bytes:
    labelled = [page(label=str(number)) for number in range(1, pages + 1)]
    return to_bytes(document(labelled, outline=entries))


def outline_of(data: bytes) -> str:
    """The outline as indented lines, `-` before a closed entry."""
    with reopen(data).open_outline() as outline:
        lines = []

        def walk(items: list[object], depth: int) -> None:
            for item in items:
                mark = "-" if item.children and item.is_closed else ""  # type: ignore[attr-defined]
                lines.append("  " * depth + mark + item.title)  # type: ignore[attr-defined]
                walk(item.children, depth + 1)  # type: ignore[attr-defined]

        walk(list(outline.root), 0)
        return "\n".join(lines)


def test_entries_nest_by_level(save_pdf: SavePdf) -> None:
    data = with_outline(
        OutlineEntry(1, "No.1", 0, 0),
        OutlineEntry(2, "行政活動", 0, 0),
        OutlineEntry(3, "0101 公園", 1, 0),
        OutlineEntry(2, "総括", 1, 0),
        OutlineEntry(1, "No.2 (案)", 2, 0),
    )
    save_pdf(data)
    assert outline_of(data).split("\n") == [
        "No.1",
        "  行政活動",
        "    0101 公園",
        "  総括",
        "No.2 (案)",
    ]
    root = reopen(data).Root
    assert root.PageMode == "/UseOutlines"
    assert int(root.Outlines.Count) == 5


def test_left_out_levels_go_under_the_entry_before() -> None:
    data = with_outline(
        OutlineEntry(2, "前", 0, 0), OutlineEntry(1, "一", 0, 0), OutlineEntry(4, "四", 0, 0)
    )
    assert outline_of(data) == "前\n一\n  四"


def test_destinations_are_pages_and_heights() -> None:
    data = with_outline(OutlineEntry(1, "二頁", 1, 100_000), OutlineEntry(1, "三頁", 2, 0))
    pdf = reopen(data)
    first = pdf.Root.Outlines.First
    target, kind, left, top, zoom = first.Dest
    assert (target.objgen, str(kind)) == (pdf.pages[1].objgen, "/XYZ")
    assert (left, float(top), zoom) == (None, (HEIGHT - 100_000) / 1000, None)
    assert first.Next.Dest[0].objgen == pdf.pages[2].objgen


def test_long_outlines_show_their_first_level_only() -> None:
    entries = []
    for sheet in range(10):
        entries.append(OutlineEntry(1, f"No.{sheet}", 0, 0))
        entries += [OutlineEntry(2, "行政活動", 0, 0)] * 4
    data = with_outline(*entries)
    assert outline_of(data).count("-") == 10
    outlines = reopen(data).Root.Outlines
    assert int(outlines.Count) == 10
    assert int(outlines.First.Count) == -4
    assert outline_of(with_outline(*entries[:40])).count("-") == 0


def test_no_outline() -> None:
    root = reopen(with_outline()).Root
    assert "/Outlines" not in root
    assert "/PageMode" not in root


# -- page labels


def labelled(*labels: str) -> bytes:
    return to_bytes(document([page(label=label) for label in labels]))


def labels_of(data: bytes) -> list[str]:
    return pypdf.PdfReader(io.BytesIO(data)).page_labels


@pytest.mark.parametrize(
    ("labels", "ranges"),
    [
        (["1", "2", "3"], 1),
        (["i", "ii", "1", "2"], 3),
        (["12-1", "12-2", "13-1", "13-2"], 2),
        (["9", "10", "11", "99", "100"], 2),
        (["表紙", "表紙2", "目次-1"], 3),
        (["A01", "A02"], 1),
        (["A0", "A1"], 2),
        (["5", "5"], 2),
        (["", "1"], 2),
        (["1", ""], 2),
        (["12345678901234567890", "12345678901234567891"], 1),
    ],
)
def test_labels_are_the_printed_ones(labels: list[str], ranges: int) -> None:
    data = labelled(*labels)
    assert labels_of(data) == labels
    assert len(reopen(data).Root.PageLabels.Nums) == 2 * ranges


@given(st.lists(st.text("0123459-A第", max_size=5), min_size=1, max_size=6))
def test_any_labels_come_back(labels: list[str]) -> None:
    assert labels_of(labelled(*labels)) == labels


def test_labels_in_poppler_and_verapdf(save_pdf: SavePdf) -> None:
    path = save_pdf(labelled("表紙", "1", "2", "12-1"))
    assert "Pages:           4" in reading("pdfinfo", path)
