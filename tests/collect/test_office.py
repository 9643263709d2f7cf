"""Drafts that went through LibreOffice, as a reviser works: all edits found, none invented."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from gyomu_docs import readers
from gyomu_docs.collect import DraftChanges
from gyomu_docs.model import Edition, Sheet, SourcedSheet
from tests.support import reviser
from tests.support.drafts import (
    blank_draft,
    changed,
    collected,
    draft,
    read,
    unchanged,
    without_bookmarks,
    without_identity,
)
from tests.support.noise import add_noise

ROOT = Path(__file__).parents[2]
WHY = reviser.unavailable()
pytestmark = pytest.mark.skipif(bool(WHY), reason=WHY)

EDITS = (
    ("set", "ローリングの実施", "ローリング方式の実施"),
    ("set", "組織の方針", "組織運営の方針"),
    ("set_right", "要望提出箇所数", 5, "7"),
    ("replace", "およそ半分ずつ", "ほぼ半数ずつ"),
    ("insert", "改定計画を公表する", {"A": "010205", "B": "改定計画の説明会を開く"}),
    ("delete", "議会(議員)要望をとりまとめる"),
    ("copy", "庁議の調整機能を強化する"),
)
"""Text of a cell, header box, number, paragraph, row inserted, row deleted, row copied."""


@pytest.fixture(scope="module")
def base() -> Sheet:
    edition, _ = readers.read([ROOT / "examples/r3/003.yaml"])
    return edition.sheets[0]


@pytest.fixture(scope="module")
def saved(base: Sheet, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    filled = (("set_right", "シートNo.", 1, "7"), ("set_right", "シート名", 1, "河川の管理"))
    jobs = [
        reviser.Job("plain", draft(base), track=True),
        reviser.Job("tracked", draft(base), track=True, edits=EDITS),
        reviser.Job("untracked", draft(base), track=False, edits=EDITS),
        reviser.Job("blank", blank_draft("R4"), track=True, edits=filled),
    ]
    return reviser.run_jobs(tmp_path_factory.mktemp("office"), jobs)


def variants(data: bytes) -> list[bytes]:
    """As it was saved; with runs split; and with all bookmarks lost as well."""
    noisy = changed(data, lambda body: add_noise(body, random.Random(1)))
    return [data, noisy, without_bookmarks(noisy)]


def test_opened_and_saved_is_unchanged(base: Sheet, saved: dict[str, bytes]) -> None:
    for data in variants(saved["plain"]):
        made = read(data)
        assert unchanged(made)
        assert made.found == []


def test_saved_without_any_identity_but_the_footer(base: Sheet, saved: dict[str, bytes]) -> None:
    edition = Edition((SourcedSheet(base),))
    made = read(without_identity(saved["plain"]), base=edition)
    assert unchanged(made)
    assert [one.kind for one in made.found] == ["form"]


def expect_all_edits(made: DraftChanges, *, tracked: bool) -> None:
    name, indicator, number, paragraph = made.edits
    assert (name.field, name.new) == ("シート名", "組織運営の方針")
    assert (indicator.record, indicator.new) == ("行政活動[6]", "ローリング方式の実施")
    assert (number.record, number.field, number.new) == ("行政活動[18]", "実績[R2]", "7")
    assert paragraph.record == "総括.本文[1]"
    assert paragraph.new == paragraph.old.replace("およそ半分ずつ", "ほぼ半数ずつ")
    added, copied = made.additions
    assert (added.after, dict(added.values)) == (
        "行政活動[10]",
        {"コード": "010205", "手段": "改定計画の説明会を開く"},
    )
    assert dict(copied.values) == {"コード": "020101", "手段": "庁議の調整機能を強化する"}
    (removed,) = made.removals
    assert removed.label == "議会(議員)要望をとりまとめる"
    assert made.orders == made.found == made.refused == []
    changes = (name, indicator, number, paragraph, added, copied, removed)
    assert [change.origin.tracked for change in changes] == [tracked] * 7
    assert all(bool(change.origin.date) == tracked for change in changes)


@pytest.mark.parametrize("name", ["tracked", "untracked"])
def test_all_seven_kinds_of_edits_are_found(saved: dict[str, bytes], name: str) -> None:
    for data in variants(saved[name]):
        expect_all_edits(read(data), tracked=name == "tracked")


def test_the_copied_row_is_a_conflict_and_the_rest_is_taken_over(
    base: Sheet, saved: dict[str, bytes]
) -> None:
    made = collected(saved["tracked"])
    (conflict,) = made.conflicts
    assert "「020101」" in conflict.message
    assert made.sheet.title == "組織運営の方針"
    codes = [str(one.code) for one in made.sheet.activities]
    assert codes[10] == "010205"
    assert len(codes) == len(base.activities)


def test_a_blank_draft_filled_in_libreoffice(saved: dict[str, bytes]) -> None:
    made = collected(saved["blank"])
    assert (made.sheet.number, made.sheet.title) == ("7", "河川の管理")
    assert made.is_whole
