"""The search for cycles: rare while documents are made, and as before afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from gyomu_docs.collector import rare_collections
from gyomu_docs.typeset.pages import PagedDocument
from gyomu_docs.writers.pdf import write_pdf
from tests.support.paged import FONTS, lines, to_bytes


def test_collections_are_rare_within_and_as_before_behind() -> None:
    before = gc.get_threshold()
    with rare_collections():
        assert gc.get_threshold()[0] > 100 * before[0]
        with rare_collections():
            pass
        assert gc.get_threshold()[0] > 100 * before[0]
    assert gc.get_threshold() == before


def test_an_error_brings_them_back_too() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="no"), rare_collections():
        raise ValueError("no")
    assert gc.get_threshold() == before


def test_a_collector_that_is_off_stays_off() -> None:
    gc.disable()
    try:
        with rare_collections():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_parts_are_made_while_collections_are_rare(tmp_path: Path) -> None:
    seen: list[int] = []

    def parts() -> Iterator[PagedDocument]:
        seen.append(gc.get_threshold()[0])
        yield lines("市")

    with (tmp_path / "a.pdf").open("wb") as out:
        write_pdf(parts(), out, FONTS)
    assert seen[0] > 100 * gc.get_threshold()[0]
    assert (tmp_path / "a.pdf").read_bytes() == to_bytes(lines("市"))
