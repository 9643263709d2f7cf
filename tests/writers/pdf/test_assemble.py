"""Whole files: text, structure, several parts, progress, and equal bytes."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from gyomu_docs.errors import FontError, MissingGlyphError
from gyomu_docs.typeset.fonts import FontSet, default_font_files
from gyomu_docs.typeset.pages import (
    Element,
    Fill,
    Marked,
    OutlineEntry,
    PagedDocument,
    Rule,
    TextRun,
)
from gyomu_docs.writers.pdf import Assembly, encode, write_pdf
from tests.support.paged import (
    BOLD,
    DOCUMENT,
    FONTS,
    HEIGHT,
    ROOT,
    WIDTH,
    document,
    lines,
    page,
    reading,
    reopen,
    run,
    table_page,
    to_bytes,
)

SavePdf = Callable[[bytes], Path]

ODD_LINES = (
    "①⑳㈱Ⅷ㍻㋿㎡㌔",
    "～〜 wave dash",
    "−－-‐ minus",
    "―—– dash",
    "髙﨑鷗邑靑塚",
    "ﾊﾝｶｸ ｶﾞｷﾞ",
    "葛\U000e0100城市",  # a glyph of its own
    "葛\U000e0101飾区",  # the glyph of 葛: kept through /ActualText
    "葛\U000e0105西",  # not in the font
    "邉辺邊",
    "か\u3099き\u3099",
    r"\ ¥ ~ 100% (a) <b> [c]",
    "1,027 千円 ▲3.5",
    "○△×↑↓→",
    "A\u0303 \u02dc",  # one glyph, two characters
    "々〆ヶヵ・ー「」『』",
)


# -- text


def test_odd_characters_read_back_exactly(save_pdf: SavePdf) -> None:
    path = save_pdf(to_bytes(lines(*ODD_LINES)))
    assert len(ODD_LINES) == 16
    assert reading("pdftotext", path).split() == " ".join(ODD_LINES).split()


def test_spread_label_reads_back_without_spaces(save_pdf: SavePdf) -> None:
    label = run("任務目的", spacing=30_000, spread=True)
    path = save_pdf(to_bytes(lines(label, run("任務目的", y=100_000, spacing=30_000))))
    # The second line is what would be read without.
    assert reading("pdftotext", path).split() == ["任務目的", *"任務目的"]


def test_column_reads_back_as_one_run(save_pdf: SavePdf) -> None:
    text = "第五次総合計画（案）ー、→"
    path = save_pdf(to_bytes(lines(run(text, vertical=True))))
    assert reading("pdftotext", path).strip() == text


def test_spread_column_reads_back_as_one_run(save_pdf: SavePdf) -> None:
    path = save_pdf(to_bytes(lines(run("総合計画", vertical=True, spacing=15_000, spread=True))))
    assert reading("pdftotext", path).strip() == "総合計画"


def ink_of(path: Path) -> tuple[float, float, float, float]:
    """Edges of what is black on the first page, from its top left corner in points."""
    options = ("-r", "288", "-gray", "-singlefile")
    reading("pdftoppm", path, *options, output=path.with_suffix(""))
    header = re.match(rb"P5\s(\d+)\s(\d+)\s255\s", image := path.with_suffix(".pgm").read_bytes())
    assert header
    width, pixels = int(header[1]), image[header.end() :]
    rows = [pixels[start : start + width] for start in range(0, len(pixels), width)]
    dark = [row.translate(_DARK) for row in rows]
    inked = [index for index, row in enumerate(dark) if b"#" in row]
    left = min(row.index(b"#") for row in dark if b"#" in row)
    right = max(row.rindex(b"#") + 1 for row in dark if b"#" in row)
    return left / 4, inked[0] / 4, right / 4, (inked[-1] + 1) / 4


_DARK = b"#" * 128 + b" " * 128
SQUARE = "■"
"""Its ink stands a tenth of an em inside the em box, on all sides."""


@pytest.mark.parametrize(
    ("square", "box"),
    [
        (run(SQUARE, 100_000, 200_000, 40_000), (100, 200 - 35.2, 140, 200 + 4.8)),
        (run(SQUARE * 2, 100_000, 200_000, 40_000, spacing=9_000), (100, 164.8, 189, 204.8)),
        (run(SQUARE * 2, 100_000, 200_000, 40_000, kerns=((0, -9_000),)), (100, 164.8, 171, 204.8)),
        (run(SQUARE, 100_000, 200_000, 40_000, vertical=True), (80, 200, 120, 240)),
        (
            run(SQUARE * 2, 100_000, 200_000, 40_000, vertical=True, spacing=9_000),
            (80, 200, 120, 289),
        ),
        (
            run(SQUARE * 2, 100_000, 200_000, 40_000, vertical=True, kerns=((0, -9_000),)),
            (80, 200, 120, 271),
        ),
    ],
)
def test_glyphs_are_where_the_page_says(
    square: TextRun, box: tuple[float, ...], save_pdf: SavePdf
) -> None:
    inset = (4, 4, -4, -4)
    expected = tuple(edge + by for edge, by in zip(box, inset, strict=True))
    assert ink_of(save_pdf(to_bytes(lines(square)))) == pytest.approx(expected, abs=0.5)


def test_rules_and_fills_are_where_the_page_says(save_pdf: SavePdf) -> None:
    corner = (
        Rule(100_000, 50_000, 200_000, 50_000, 2_000),
        Rule(100_000, 50_000, 100_000, 90_000, 2_000),
    )
    path = save_pdf(to_bytes(document([page(rules=corner)])))
    assert ink_of(path) == pytest.approx((99, 49, 201, 91), abs=0.3)  # caps close the corner
    path = save_pdf(
        to_bytes(document([page(fills=(Fill(30_000, 40_000, 50_000, 9_000, 0x202020),))]))
    )
    assert ink_of(path) == pytest.approx((30, 40, 80, 49), abs=0.3)


def test_size_is_the_one_asked_for(save_pdf: SavePdf) -> None:
    path = save_pdf(to_bytes(lines(run("市", size=10_500))))
    assert "MediaBox" not in reading("pdfinfo", path)
    assert "841.89 x 595.276 pts (A4)" in reading("pdfinfo", path)
    (box,) = reopen(path.read_bytes()).pages
    assert [float(edge) for edge in box.MediaBox] == [0, 0, WIDTH / 1000, HEIGHT / 1000]


def test_missing_character_is_an_error() -> None:
    with pytest.raises(MissingGlyphError, match="𠮷"):
        to_bytes(lines("𠮷野家"))


def test_unknown_font_is_an_error() -> None:
    with pytest.raises(FontError, match="MS 明朝"):
        to_bytes(lines(run("市", font="MS 明朝")))


# -- structure


def test_structure_is_in_reading_order(save_pdf: SavePdf) -> None:
    path = save_pdf(to_bytes(table_page()))
    shown = reading("pdfinfo", path, "-struct-text")
    entries = [line.strip() for line in shown.splitlines() if "/Summary" not in line]
    assert [entry.removesuffix(":").removesuffix(" (block)") for entry in entries if entry] == [
        "Document",
        "Sect",
        "H1",
        '"業務棚卸表"',
        "Table (block)".removesuffix(" (block)"),
        "TR",
        "TH",
        "/Scope /Row",
        "/RowSpan 2",
        '"計画（案）ー"',
        "TH",
        "/Scope /Column",
        "/ColSpan 2",
        '"任務目的"',
        "TR",
        "TD",
        '"市民が公園を利用できる"',
        "TD",
        "P",
        '"注 追い込み、句読点"',
    ]


def assert_bijection(pdf: Any) -> None:
    """Every MCID of every page has one element, which names that MCID and page, and no other."""
    named: dict[tuple[int, int], tuple[int, int]] = {}
    elements = 0
    pending = [(pdf.Root.StructTreeRoot.K, pdf.Root.StructTreeRoot.objgen)]
    while pending:
        element, parent = pending.pop()
        elements += 1
        assert element.P.objgen == parent
        kids = element.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                pending.append((kid, element.objgen))
                continue
            is_reference = isinstance(kid, pikepdf.Dictionary)
            where = (kid.Pg if is_reference else element.Pg).objgen[0]
            place = (where, int(kid.MCID if is_reference else kid))
            assert place not in named
            named[place] = element.objgen
    found: dict[tuple[int, int], tuple[int, int]] = {}
    tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for key, each in enumerate(pdf.pages):
        assert int(each.StructParents) == key
        assert each.Tabs == "/S"
        marked = [
            int(instruction.operands[1].MCID)
            for instruction in pikepdf.parse_content_stream(each)
            if str(instruction.operator) == "BDC" and "/MCID" in instruction.operands[1]
        ]
        assert marked == list(range(len(tree[key])))
        for mcid, element in enumerate(tree[key]):
            found[each.objgen[0], mcid] = element.objgen
    assert found == named
    assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) == len(pdf.pages)


def many_pages(count: int) -> PagedDocument:
    """A paragraph that runs over all pages, and a heading on each."""
    elements = [DOCUMENT, Element("P", 0)] + [Element("H1", 0)] * count
    pages = [
        page(Marked(2 + index, (run("頁"),)), Marked(1, (run("続き"),)), label=str(index + 1))
        for index in range(count)
    ]
    return document(pages, elements)


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param([table_page()], id="table"),
        pytest.param([many_pages(70)], id="many pages"),
        pytest.param([lines("市"), table_page(), many_pages(70), document([page()])], id="parts"),
    ],
)
def test_marked_content_and_structure_agree(parts: list[PagedDocument], save_pdf: SavePdf) -> None:
    data = to_bytes(*parts)
    save_pdf(data)
    assert_bijection(reopen(data))


def test_content_on_two_pages_names_both() -> None:
    paragraph = reopen(to_bytes(many_pages(2))).Root.StructTreeRoot.K.K[0]
    first, second = paragraph.K
    assert int(first) == 1
    assert (second.Type, int(second.MCID)) == ("/MCR", 1)
    assert second.Pg.objgen != paragraph.Pg.objgen


# -- several parts


def test_parts_make_one_document(save_pdf: SavePdf) -> None:
    parts = [
        lines("市", label="1-1", outline=(OutlineEntry(1, "一", 0, 0),)),
        lines(run("役", font=BOLD), label="2-1", outline=(OutlineEntry(1, "二", 0, 0),)),
        lines("所", "課", label="2-2", title="別", author="他"),
    ]
    data = to_bytes(*parts)
    path = save_pdf(data)
    pdf = reopen(data)
    root = pdf.Root.StructTreeRoot.K
    assert root.S == "/Document"
    assert [str(kid.S) for kid in root.K] == ["/P"] * 4
    assert len(pdf.pages) == 3
    assert sorted(pdf.pages[0].Resources.Font.keys()) == ["/F1", "/F2"]
    assert {str(value) for value in pdf.docinfo.values()} == {"試験", "gyomu_docs"}
    texts = [text.strip() for text in reading("pdftotext", path).split("\f")]
    assert texts == ["市", "役", "所\n課", ""]
    with pdf.open_outline() as outline:
        titles = {item.title: item.destination[0].objgen for item in outline.root}
    assert titles == {"一": pdf.pages[0].objgen, "二": pdf.pages[1].objgen}


def test_one_part_has_the_same_tree_as_alone() -> None:
    root = reopen(to_bytes(table_page())).Root.StructTreeRoot
    assert root.K.S == "/Document"
    assert [str(kid.S) for kid in root.K.K] == ["/Sect"]
    assert root.K.P.objgen == root.objgen


@pytest.mark.parametrize("parts", [[], [document([])]])
def test_a_file_without_pages(parts: list[PagedDocument]) -> None:
    with pytest.raises(ValueError, match="must have a pa"):
        to_bytes(*parts)


# -- progress and equal bytes


class Counting(io.BytesIO):
    """Counts what is written, and keeps nothing."""

    size = 0

    def write(self, data: Any) -> int:
        self.size += len(data)
        return len(data)


def test_pages_are_written_as_they_come() -> None:
    out = Counting()
    assembly = Assembly(out, FONTS)
    for _ in range(3):
        before = out.size
        part = encode(table_page(), FONTS)
        assembly.add(part)
        assert out.size - before > len(part.pages[0].content)
    # What waits is small: fewer than 200 objects, and no page content.
    waiting = pickle.dumps([assembly._top_elements, assembly._labels, assembly._file._bodies])
    assert len(waiting) < 10_000


def test_qpdf_finds_no_fault(save_pdf: SavePdf) -> None:
    path = save_pdf(to_bytes(table_page(), many_pages(40)))
    assert "No syntax or stream encoding errors found" in reading("qpdf", path, "--check")


def test_parts_encoded_elsewhere_give_the_same_bytes() -> None:
    parts = [table_page(), lines("市"), lines(run("縦", vertical=True))]
    out = io.BytesIO()
    assembly = Assembly(out, FONTS)
    encoded = [
        pickle.dumps(encode(part, pickle.loads(pickle.dumps(FONTS)))) for part in parts[::-1]
    ]
    for data in encoded[::-1]:
        assembly.add(pickle.loads(data))
    assembly.finish()
    assert out.getvalue() == to_bytes(*parts)


_SCRIPT = """
import hashlib
from gyomu_docs.layout.tree import Attachment
from tests.support.paged import lines, table_page, to_bytes
attached = lines("葛\U000e0100", attachments=(Attachment("a.yaml", "application/yaml", b"a"),))
print(hashlib.sha256(to_bytes(table_page(), attached, lines("市役所", "公園"))).hexdigest())
"""


def test_bytes_do_not_depend_on_the_process() -> None:
    digests = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
        command = [sys.executable, "-c", _SCRIPT]
        result = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True
        )
        digests.add(result.stdout.strip())
    assert len(digests) == 1
    (digest,) = digests
    assert len(digest) == len(hashlib.sha256().hexdigest())


def test_file_is_written_from_where_the_stream_stands() -> None:
    out = io.BytesIO()
    out.write(b"before")
    write_pdf([lines("市")], out, FONTS)
    assert out.getvalue() == b"before" + to_bytes(lines("市"))


def test_fonts_that_are_not_used_are_not_loaded(tmp_path: Path) -> None:
    files = default_font_files(ROOT / "fonts") | {"ない": tmp_path / "no.ttf"}
    data = to_bytes(lines("市"), fonts=FontSet(files))
    assert list(reopen(data).pages[0].Resources.Font.keys()) == ["/F1"]
