"""Leaves of the patched book: what keeps its place, where pages are put in and taken out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gyomu_docs.booklet.packet.patching import Patch, patch_book
from tests.support.packets import manifest_of, new, old, patched

ONE_SIDE = {"both_sides": False}


def test_nothing_changes() -> None:
    assert patched(old("A2 B1"), "A2 B1") == ["1 A1 | 2 A2", "3 B1"]


def test_a_sheet_grows_on_one_side() -> None:
    assert patched(old("A2 B1", **ONE_SIDE), "A3 B1") == ["1 A1", "2 A2", "2の2 A3", "3 B1"]


def test_a_sheet_shrinks_on_one_side() -> None:
    assert patched(old("A2 B1", **ONE_SIDE), "A1 B1") == ["1 A1", "- 2", "3 B1"]


def test_a_sheet_that_grows_on_a_back_gets_a_leaf() -> None:
    assert patched(old("A2 B2"), "A3 B2") == ["1 A1 | 2 A2", "2の2 A3 | 2の3 _", "3 B1 | 4 B2"]


def test_a_sheet_that_grows_on_a_front_leaves_the_back_where_it_is() -> None:
    grown = ["1 A1 | 1の2 A2", "1の3 _ | 2 B1", "3 B2 | 4 B3"]
    assert patched(old("A1 B3"), "A2 B3") == grown
    assert patched(old("A1 B3"), "A3 B3")[:2] == ["1 A1 | 1の2 A2", "1の3 A3 | 2 B1"]


def test_a_blank_side_is_used_first() -> None:
    assert patched(old("A1 _ B1"), "A2 B1") == ["1 A1 | 2 A2", "3 B1"]


def test_a_back_that_is_taken_out_is_blank() -> None:
    assert patched(old("A2 B2"), "A1 B2") == ["1 A1 | 2 _", "3 B1 | 4 B2"]


def test_a_front_that_is_taken_out_is_blank() -> None:
    assert patched(old("A3 B1"), "A2 B1") == ["1 A1 | 2 A2", "3 _ | 4 B1"]


def test_a_leaf_without_pages_goes_with_its_blank_side() -> None:
    assert patched(old("A3 _ B1"), "A2 B1") == ["1 A1 | 2 A2", "- 3,4", "5 B1"]


def test_a_new_sheet_stands_behind_the_one_before_it() -> None:
    assert patched(old("A2 C2"), "A2 B2 C2")[1] == "2の2 B1 | 2の3 B2"


def test_a_new_sheet_behind_one_that_grew_follows_its_pages() -> None:
    assert patched(old("A2 C2"), "A3 B1 C2")[1] == "2の2 A3 | 2の3 B1"


def test_a_new_first_sheet_stands_before_all() -> None:
    assert patched(old("A2"), "B1 A2") == ["0 B1 | 0の2 _", "1 A1 | 2 A2"]


def test_what_begins_on_the_right_does_so() -> None:
    assert patched(old("A1 _ B1"), "A1 >C1 B1") == ["1 A1 | 2 _", "2の2 C1 | 2の3 _", "3 B1"]
    assert patched(old("A1 B1"), "A1 >C1 B1")[:2] == ["1 A1 | 1の2 _", "1の3 C1 | 2 B1"]


def test_a_sheet_in_the_place_of_another() -> None:
    leaves = ["1 A1 | 2 A2", "2の2 C1 | 2の3 _", "- 3,4", "5 D1"]
    assert patched(old("A2 B2 D1"), "A2 C1 D1") == leaves


def test_a_sheet_that_moved_keeps_its_place_and_is_named() -> None:
    patch = patch_book(old("A1 B1 C1 D1", **ONE_SIDE), new("D1 A1 B1 C1"))
    assert [leaf.sides[0].anchor for leaf in patch.leaves] == ["A", "B", "C", "D"]
    assert patch.moved == ("D",)


def test_a_second_patch_counts_on() -> None:
    first = manifest_of(old("A2 B2"), patch_book(old("A2 B2"), new("A4 B2")), new("A4 B2"))
    assert patched(first, "A6 B2")[1:3] == ["2の2 A3 | 2の3 A4", "2の4 A5 | 2の5 A6"]
    assert patched(first, "A2 C2 B2")[1:3] == ["2の1の2 C1 | 2の1の3 C2", "- 3,4"]


PIECES = st.lists(
    st.tuples(st.sampled_from("ABCDEF"), st.integers(1, 4)),
    min_size=1,
    unique_by=lambda one: one[0],
)
BLANKS = st.lists(st.booleans(), min_size=6, max_size=6)
RIGHT = st.lists(st.booleans(), min_size=6, max_size=6)


@settings(max_examples=150, deadline=None)
@given(PIECES, BLANKS, PIECES, RIGHT, PIECES, st.booleans())
def test_whatever_changes(
    before: list[tuple[str, int]],
    blanks: list[bool],
    after: list[tuple[str, int]],
    right: list[bool],
    later: list[tuple[str, int]],
    both_sides: bool,
) -> None:
    text = ""
    pages = 0
    for (name, count), blank in zip(before, blanks, strict=False):
        pages += count
        text += f"{name}{count} "
        if blank and both_sides and pages % 2:
            text += "_ "
            pages += 1
    manifest = old(text, both_sides=both_sides)
    for book in (after, later):
        tokens = zip(right, book, strict=False)
        pieces = new(" ".join(f"{'>' * begins}{name}{n}" for begins, (name, n) in tokens))
        patch = patch_book(manifest, pieces)
        check(patch, both_sides)
        # Every page of the new book is there once; those that were there are where they were.
        wanted = [(one.piece.anchor, n) for one in pieces for n in range(one.pages)]
        assert sorted(patch.labels()) == sorted(wanted)
        for position, side in sides(patch):
            if side.old is not None:
                assert side.label == manifest.pages[side.old].label
                assert not both_sides or position == side.old % 2
        manifest = manifest_of(manifest, patch, pieces)
        again = patch_book(manifest, pieces)
        assert all(tuple(side.old for side in leaf.sides) == leaf.old for leaf in again.leaves)


def check(patch: Patch, both_sides: bool) -> None:
    leaves = [leaf for leaf in patch.leaves if leaf.sides]
    assert all(len(leaf.sides) == 1 + both_sides for leaf in leaves[:-1])
    labels = [side.label for _, side in sides(patch)]
    assert len(set(labels)) == len(labels)
    keys = [[int(part) for part in label.split("の")] for label in labels if label[0] != "0"]
    assert keys == sorted(keys)


def sides(patch: Patch) -> list:
    return [pair for leaf in patch.leaves for pair in enumerate(leaf.sides)]
