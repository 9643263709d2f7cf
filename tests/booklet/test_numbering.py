"""Page numbers, blank pages and labels of a book, by counting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyomu_docs.booklet.numbering import BookPage, Chapter, number_pages

COVER = Chapter(1, cover=True)


def shown(pages: list[BookPage]) -> str:
    """Labels in order, blank pages in brackets."""
    return " ".join(f"[{page.label}]" if page.page is None else page.label for page in pages)


def test_pages_are_numbered_through_without_the_cover() -> None:
    pages = number_pages([COVER, Chapter(2), Chapter(3)], "continuous", both_sides=False)
    assert shown(pages) == "表紙 1 2 3 4 5"
    assert [page.total for page in pages] == ["", *["5"] * 5]


def test_by_part_each_part_counts_for_itself() -> None:
    chapters = [COVER, Chapter(2, "目次"), Chapter(3, "1"), Chapter(1, "2")]
    pages = number_pages(chapters, "by-part", both_sides=False)
    assert shown(pages) == "表紙 目次-1 目次-2 1-1 1-2 1-3 2-1"
    assert [page.total for page in pages] == ["", "2", "2", "3", "3", "3", "1"]


def test_on_both_sides_the_numbers_begin_on_a_right_hand_page() -> None:
    assert shown(number_pages([COVER, Chapter(1)], "continuous", both_sides=True)) == (
        "表紙 [表紙2] 1"
    )


def test_a_chapter_that_starts_right_gets_a_blank_page_before_it() -> None:
    chapters = [Chapter(1), Chapter(2, starts_right=True), Chapter(1, starts_right=True)]
    assert shown(number_pages(chapters, "continuous", both_sides=True)) == "1 [2] 3 4 5"
    assert shown(number_pages(chapters, "continuous", both_sides=False)) == "1 2 3 4"


def test_a_blank_page_belongs_to_the_part_before_it() -> None:
    chapters = [Chapter(1, "1"), Chapter(1, "2", starts_right=True)]
    assert shown(number_pages(chapters, "by-part", both_sides=True)) == "1-1 [1-2] 2-1"


@given(
    st.lists(
        st.builds(Chapter, st.integers(0, 4), st.just(""), st.booleans(), st.just(False)),
        max_size=8,
    ),
    st.booleans(),
)
def test_odd_numbers_are_right_hand_pages(chapters: list[Chapter], with_cover: bool) -> None:
    book = [COVER, *chapters] if with_cover else chapters
    pages = number_pages(book, "continuous", both_sides=True)
    numbered = [page for page in pages if not book[page.chapter].cover]
    assert [int(page.label) for page in numbered] == list(range(1, len(numbered) + 1))
    assert all(int(page.label) % 2 == page.leaf % 2 for page in numbered)
    for page in numbered:
        if page.page == 0 and book[page.chapter].starts_right:
            assert page.leaf % 2 == 1


@pytest.mark.parametrize("numbering", ["continuous", "by-part"])
def test_no_pages_no_numbers(numbering: str) -> None:
    assert number_pages([], numbering, both_sides=True) == []  # type: ignore[arg-type]
