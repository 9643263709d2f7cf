from __future__ import annotations

from gyomu_docs.model import Edition, SourcedSheet
from tests.support.sheets import sheet


def test_an_edition_is_its_sheets_in_the_order_of_their_sources() -> None:
    one, other = sheet(number="2"), sheet(number="1")
    edition = Edition((SourcedSheet(one, "b.yaml", "緑課"), SourcedSheet(other, "a.yaml")))
    assert list(edition) == [one, other]
    assert edition.sheets == (one, other)
    assert len(edition) == 2
    assert [entry.folder for entry in edition.entries] == ["緑課", ""]


def test_an_edition_may_be_empty() -> None:
    assert list(Edition()) == []
