"""Noise of word processors is no change, and does not hide one."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from gyomu_docs import readers
from tests.support.drafts import Body, changed, draft, read, unchanged, without_bookmarks
from tests.support.noise import add_noise
from tests.support.sheets import sheet

ROOT = Path(__file__).parents[2]
seeds = st.integers(0, 10_000)


@given(seeds)
@settings(max_examples=25, deadline=None)
def test_noise_is_no_change(seed: int) -> None:
    rng = random.Random(seed)
    made = read(changed(draft(sheet()), lambda body: add_noise(body, rng)))
    assert unchanged(made)
    assert made.found == []


def test_noise_is_no_change_in_real_sheets() -> None:
    edition, _ = readers.read([ROOT / "examples/r3"])
    for number, one in enumerate(edition):
        rng = random.Random(number)
        noisy = changed(draft(one), lambda body, rng=rng: add_noise(body, rng))  # type: ignore[misc]
        for data in (noisy, without_bookmarks(noisy)):
            made = read(data)
            assert unchanged(made)
            assert made.found == []


@given(seeds)
@settings(max_examples=15, deadline=None)
def test_noise_hides_no_edit(seed: int) -> None:
    rng = random.Random(seed)

    def change(body: Body) -> None:
        body.cell("遊具の事故件数").write("事故の件数", by="鈴木")
        body.cell("48,200 千円").write("48,300 千円")
        body.cell("0101").insert_row("0199", "草を刈る", by="鈴木")
        body.cell("0201").delete_row()
        add_noise(body, rng)

    made = read(changed(draft(sheet()), change))
    assert [(one.field, one.new) for one in made.edits] == [
        ("予算額", "48300"),
        ("指標", "事故の件数"),
    ]
    assert [dict(one.values)["手段"] for one in made.additions] == ["草を刈る"]
    assert [one.record for one in made.removals] == ["行政活動[5]"]
    assert made.found == made.refused == []
