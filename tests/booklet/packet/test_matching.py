"""Which piece was which: by anchor, by number, by title."""

from __future__ import annotations

from typing import Literal

from gyomu_docs.booklet.manifest import OldPiece
from gyomu_docs.booklet.packet.matching import match_pieces


def sheet(anchor: str, number: str, unit: str = "課") -> OldPiece:
    return one("sheet", anchor, f"No.{number}", unit, number)


def divider(anchor: str, title: str, level: str = "1") -> OldPiece:
    return one("divider", anchor, title, "", level)


def one(
    kind: Literal["part", "divider", "sheet"], anchor: str, title: str, unit: str, number: str
) -> OldPiece:
    return OldPiece(kind=kind, anchor=anchor, title=title, unit=unit, number=number)


def test_by_anchor() -> None:
    assert match_pieces([sheet("a", "1"), sheet("b", "2")], [sheet("b", "2")]) == {0: 1}


def test_a_renamed_sheet_is_known_by_its_number() -> None:
    assert match_pieces([sheet("a", "1")], [sheet("z", "1")]) == {0: 0}


def test_the_number_is_one_of_its_section() -> None:
    assert match_pieces([sheet("a", "1", "課")], [sheet("z", "1", "室")]) == {}


def test_an_anchor_goes_before_a_number() -> None:
    old = [sheet("a", "1"), sheet("b", "1")]
    assert match_pieces(old, [sheet("z", "1"), sheet("a", "1")]) == {0: 1, 1: 0}


def test_dividers_go_by_title_since_their_anchors_count_sheets() -> None:
    old = [divider("d1-1", "環境"), divider("d1-4", "学び")]
    new = [divider("d1-1", "新設"), divider("d1-4", "環境"), divider("d1-5", "学び")]
    assert match_pieces(old, new) == {1: 0, 2: 1}


def test_dividers_of_one_title_go_in_order() -> None:
    old = [divider("d2-1", "総務課", "2"), divider("d2-4", "総務課", "2")]
    assert match_pieces(old, old) == {0: 0, 1: 1}


def test_a_part_is_known_by_its_anchor_alone() -> None:
    part = one("part", "part-index", "索引", "", "")
    assert match_pieces([part], [one("part", "part-summary", "索引", "", "")]) == {}
