"""Steps of figures as the 新旧対照表 prints them."""

from __future__ import annotations

import pytest

from gyomu_docs.reports.sides import amount_step, value_step


@pytest.mark.parametrize(
    ("old", "new", "step"),
    [
        ("1200", "1350", "＋150 千円（＋12.5%）"),
        ("800", "1000", "＋200 千円（＋25.0%）"),
        ("1000", "800", "△200 千円（△20.0%）"),
        ("△100", "50", "＋150 千円（＋150.0%）"),  # of what was below nothing, it is still more
        ("0", "50", "＋50 千円"),
        ("10", "110", "＋100 千円（＋1,000.0%）"),
        ("10", "48200", "＋48,190 千円"),
        ("-", "50", ""),
        ("50", "50", ""),
    ],
)
def test_steps_of_amounts(old: str, new: str, step: str) -> None:
    assert amount_step(old, new) == step


@pytest.mark.parametrize(
    ("old", "new", "step"),
    [("58.2%", "51.6%", "△6.6ポイント"), ("12件", "15件", "＋3件"), ("12件", "15人", "")],
)
def test_steps_of_results(old: str, new: str, step: str) -> None:
    assert value_step(old, new) == step
