"""Packets between two finished booklets: which pages, under which numbers, in a valid PDF."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from gyomu_docs.booklet.manifest_file import read_manifest
from gyomu_docs.booklet.packet import check_comparable
from gyomu_docs.errors import UsageError
from gyomu_docs.model import PlanPosition, Sheet
from tests.support.publishing import (
    Published,
    labels_of,
    listed,
    long_sheet,
    packet_of,
    published,
    texts_of,
)

SavePdf = Callable[[bytes], Path]

PLAIN: dict[str, Any] = {"構成": ["目次", "本体"], "扉": False, "両面": False}
"""Contents (1), then the sheets."""
BOTH: dict[str, Any] = {**PLAIN, "両面": True, "改丁": []}
A, B, C = long_sheet("1", 10), long_sheet("2", 10), long_sheet("3", 2)


def changes(before: Published, *sheets: Sheet, **config: Any) -> list[str]:
    packet, _ = packet_of(before.report.manifest, published(*sheets, **config))
    assert packet.found == ()
    return listed(packet)


@pytest.fixture(scope="module")
def plain() -> Published:
    """Contents 1, A 2-3, B 4-5, C 6."""
    return published(A, B, C, **PLAIN)


@pytest.fixture(scope="module")
def both() -> Published:
    """The same on both sides of the paper: 1 | 2, 3 | 4, 5 | 6."""
    return published(A, B, C, **BOTH)


def edited(sheet: Sheet, row: int = 0, **values: str) -> Sheet:
    rows = list(sheet.activities)
    rows[row] = rows[row].model_copy(update=values or {"remarks": "改"})
    return sheet.model_copy(update={"activities": tuple(rows)})


def test_nothing_changed(plain: Published) -> None:
    assert changes(plain, A, B, C, **PLAIN) == []


def test_one_text_changed(plain: Published, both: Published) -> None:
    assert changes(plain, A, edited(B), C, **PLAIN) == ["1 4 差し替え No.2 名2 1 / 2"]
    assert changes(both, A, edited(B), C, **BOTH) == [
        "1 3 裏面 No.1 名1 2 / 2",
        "4 差し替え No.2 名2 1 / 2",
    ]


def test_a_sheet_grew(plain: Published, both: Published) -> None:
    grown = long_sheet("2", 30)
    assert changes(plain, A, grown, C, **PLAIN)[-2:] == [
        "2 5 差し替え No.2 名2 2 / 3",
        "3 5の2 追加 No.2 名2 3 / 3",
    ]
    assert changes(both, A, grown, C, **BOTH)[-4:] == [
        "2 5 差し替え No.2 名2 2 / 3",
        "5の2 追加 No.2 名2 3 / 3",
        "3 5の3 白紙",
        "6 裏面 No.3 名3 1 / 1",
    ]


def test_a_sheet_shrank(plain: Published, both: Published) -> None:
    shorter = long_sheet("2", 2)
    assert changes(plain, A, shorter, C, **PLAIN) == [
        "1 4 差し替え No.2 名2 1 / 1",
        "- 5 抜き取り No.2 名2 2 / 2",
    ]
    assert changes(both, A, shorter, C, **BOTH) == [
        "1 3 裏面 No.1 名1 2 / 2",
        "4 差し替え No.2 名2 1 / 1",
        "2 5 抜き取り No.2 名2（白紙になる） 2 / 2",
        "6 裏面 No.3 名3 1 / 1",
    ]


def test_a_sheet_was_added(plain: Published) -> None:
    new = long_sheet("2-2", 10)
    assert changes(plain, A, B, new, C, **PLAIN) == [
        "1 1 差し替え 目次 1 / 1",
        "2 5の2 追加 No.2-2 名2-2 1 / 2",
        "3 5の3 追加 No.2-2 名2-2 2 / 2",
    ]


def test_a_sheet_was_dropped(plain: Published) -> None:
    assert changes(plain, A, C, **PLAIN) == [
        "1 1 差し替え 目次 1 / 1",
        "- 4 抜き取り No.2 名2 1 / 2",
        "- 5 抜き取り No.2 名2 2 / 2",
    ]


def test_a_sheet_was_renamed(plain: Published) -> None:
    renamed = B.model_copy(update={"title": "新しい名"})
    assert changes(plain, A, renamed, C, **PLAIN) == [
        "1 1 差し替え 目次 1 / 1",
        "2 4 差し替え No.2 新しい名 1 / 2",
        "3 5 差し替え No.2 新しい名 2 / 2",  # its head
    ]


def test_a_divider_is_exchanged_where_a_number_on_it_changed() -> None:
    def goal(*sheets: Sheet) -> list[Sheet]:
        return [one.model_copy(update={"plan": PlanPosition(basic_goal="I 甲")}) for one in sheets]

    config = {"構成": ["本体"], "両面": False}
    before = published(*goal(A, B), **config)  # 扉 1, A 2-3, B 4-5
    assert changes(before, *goal(A, edited(B)), **config) == ["1 4 差し替え No.2 名2 1 / 2"]
    # The booklet itself has B one page further on, but not the one that people have.
    grown = goal(long_sheet("1", 30), B)
    assert [line.split(" ", 2)[1:] for line in changes(before, *grown, **config)] == [
        ["2", "差し替え No.1 名1 1 / 3"],
        ["3", "差し替え No.1 名1 2 / 3"],
        ["3の2", "追加 No.1 名1 3 / 3"],
    ]
    assert changes(before, *goal(A, B, C), **config) == [
        "1 1 差し替え I 甲 1 / 1",
        "2 5の2 追加 No.3 名3 1 / 1",
    ]


def test_numbers_by_part() -> None:
    config = {**PLAIN, "ページ番号": {"形式": "部ごと"}}
    before = published(A, C, **config)
    assert changes(before, A, B, C, **config) == [
        "1 目次-1 差し替え 目次 1 / 1",
        "2 1-2の2 追加 No.2 名2 1 / 2",
        "3 1-2の3 追加 No.2 名2 2 / 2",
    ]


def test_heads_are_compared(plain: Published) -> None:
    lines = changes(plain, A, B, C, **{**PLAIN, "表題": "別の表"})
    assert lines == ["1 1 差し替え 目次 1 / 1"]  # heads of sheets do not name the book


def test_a_sheet_that_moved_is_told() -> None:
    def goals(*names: str) -> Published:
        sheets = [long_sheet(str(n), 2, goal=name) for n, name in enumerate(names, 1)]
        return published(*sheets, **PLAIN)

    before = goals("I 甲", "II 乙", "III 丙").report.manifest
    packet, _ = packet_of(before, goals("IV 丁", "II 乙", "III 丙"))
    assert [(one.level, one.place.sheet) for one in packet.found] == [("W", "No.1 名1")]
    assert [line.split()[1] for line in listed(packet)] == ["1", "2"]


# the finished PDF

ALL: dict[str, Any] = {"市": "館林市", "構成": ["表紙", "総括", "目次", "本体", "索引"]}


def unit_sheet(number: str, rows: int) -> Sheet:
    return long_sheet(number, rows, goal="I 甲", policy="1 乙", unit="部 課")


@pytest.fixture(scope="module")
def whole() -> Published:
    return published(unit_sheet("1", 10), unit_sheet("2", 10), unit_sheet("3", 2), **ALL)


@pytest.fixture(scope="module")
def changed() -> Published:
    sheets = (edited(unit_sheet("1", 10)), unit_sheet("1-2", 30), unit_sheet("2", 40))
    return published(*sheets, **ALL)


def test_labels_and_printed_numbers_agree(
    whole: Published, changed: Published, save_pdf: SavePdf
) -> None:
    packet, data = packet_of(whole.report.manifest, changed)
    path = save_pdf(data)
    total = whole.report.pages[-1].total
    texts = texts_of(path)
    labels = labels_of(data)
    assert len(labels) == len(texts)
    assert [label for label in labels if "の" in label]
    for label, lines in zip(labels, texts, strict=True):
        if label.startswith("差し替え表"):
            assert not lines or lines[-1] == f"{label} / 1"
        else:
            assert not lines or lines[-1] == f"{label} / {total}"
    # The sides that are listed are those that are there, in order.
    listed_labels = [one.label for one in packet.lines if one.anchor or one.kind == "白紙"]
    gone = {one.label for one in packet.lines if one.kind == "抜き取り"}
    assert [one for one in labels[2:] if one not in gone] == listed_labels


def test_the_contents_name_the_sub_number(
    whole: Published, changed: Published, tmp_path: Path
) -> None:
    packet, data = packet_of(whole.report.manifest, changed)
    path = tmp_path / "差し替え.pdf"
    path.write_bytes(data)
    first = next(one.label for one in packet.lines if one.name == "No.1-2 名1-2")
    contents = next(lines for lines in texts_of(path) if lines[1:2] == ["目次"])
    entry = next(line for line in contents if line.startswith("No.1-2"))
    assert "の" in first
    assert entry.endswith(first)


def test_links_and_bookmarks_lead_to_pages_that_are_there(
    whole: Published, changed: Published
) -> None:
    packet, data = packet_of(whole.report.manifest, changed)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        places = dict(zip(*[iter(pdf.Root.Names.Dests.Names)] * 2, strict=True))
        names = {str(name) for name in places}
        links = [str(link.Dest) for page in pdf.pages for link in page.obj.get("/Annots", [])]
        with pdf.open_outline() as outline:
            titles = [str(one.title) for one in outline.root]
    assert links
    assert set(links) <= names
    assert {one.anchor for one in packet.lines if one.anchor} <= names
    assert titles[0] == "差し替え表"
    assert "No.1-2 名1-2" in titles
    assert "No.3 名3" not in titles


def test_the_bytes_are_the_same_each_time(whole: Published, changed: Published) -> None:
    first, second = (packet_of(whole.report.manifest, changed)[1] for _ in range(2))
    assert first == second


def test_the_next_packet_follows_the_first(
    whole: Published, changed: Published, save_pdf: SavePdf
) -> None:
    _, data = packet_of(whole.report.manifest, changed)
    patched = read_manifest(save_pdf(data))
    assert packet_of(patched, changed)[0].lines == ()
    back = published(unit_sheet("1", 10), unit_sheet("2", 10), unit_sheet("3", 2), **ALL)
    packet, again = packet_of(patched, back)
    save_pdf(again)
    assert "- 9の3 抜き取り No.1-2 名1-2 2 / 3" in listed(packet)


def test_a_booklet_carries_its_manifest(whole: Published, save_pdf: SavePdf) -> None:
    assert read_manifest(save_pdf(whole.data)) == whole.report.manifest
    assert [page.label for page in whole.report.manifest.pages] == labels_of(whole.data)


@pytest.mark.parametrize(
    ("config", "key"),
    [
        ({"両面": True}, "両面"),
        ({"ページ番号": {"形式": "部ごと"}}, "ページ番号の形式"),
        ({"ページ番号": {"総数": False}}, "ページ番号の総数"),
    ],
)
def test_books_that_are_numbered_otherwise_do_not_compare(
    plain: Published, config: dict[str, Any], key: str
) -> None:
    other = published(C, **{**PLAIN, **config})
    with pytest.raises(UsageError, match=f"「{key}」"):
        check_comparable(plain.report.manifest, other.publisher.config, "R3")
    check_comparable(plain.report.manifest, plain.publisher.config, "R3")


def test_books_of_different_years_do_not_compare(plain: Published) -> None:
    manifest = plain.report.manifest
    assert manifest.year == "R3"
    with pytest.raises(UsageError, match="前の冊子はR3年度のもので、今度の冊子はR4年度のものです"):
        check_comparable(manifest, plain.publisher.config, "R4")
    # Booklets that were made before the year was noted.
    check_comparable(manifest.model_copy(update={"year": ""}), plain.publisher.config, "R4")
