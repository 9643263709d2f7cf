"""Sub-numbers: the next one that is free, and always between its neighbours."""

from __future__ import annotations

import pytest

from gyomu_docs.booklet.packet.labels import next_label


@pytest.mark.parametrize(
    ("before", "following", "taken", "expected"),
    [
        ("12", "13", "", "12の2"),
        ("12の2", "13", "12の2", "12の3"),
        ("12", "12の2", "12の2", "12の1の2"),
        ("12", "12の1の2", "12の2 12の1の2", "12の1の1の2"),
        ("12の2", "12の3", "12の2 12の3", "12の2の2"),
        ("12の2", "12の2の2", "12の2 12の2の2", "12の2の1の2"),
        ("12", "", "", "12の2"),
        ("3-2", "4-1", "", "3-2の2"),
        ("目次-1", "1-1", "", "目次-1の2"),
        ("表紙", "1", "", "表紙の2"),
        ("", "1", "", "0"),
        ("", "1", "0", "0の2"),
        ("山の手", "", "", "山の手の2"),
    ],
)
def test_the_next_label(before: str, following: str, taken: str, expected: str) -> None:
    assert next_label(before, following, taken.split()) == expected


def test_a_book_out_of_order_still_gets_a_free_label() -> None:
    assert next_label("12の5", "12の3", ["12の5", "12の3"]) == "12の6"
