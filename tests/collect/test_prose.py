"""Which returned paragraph shows which text: the cases one by one."""

from __future__ import annotations

from gyomu_docs.collect.expected import Prose, Slot
from gyomu_docs.collect.prose import Attribution, attribute
from gyomu_docs.readers.docx import Mark, Text

A, LIST, B = (
    Slot(0, 1, "field", ("甲",)),
    Slot(1, 1, "list", ("注記",)),
    Slot(2, 1, "field", ("乙",)),
)
TITLE = Slot(3, 1, "fixed")


def attributed(slots: list[Slot], prose: list[Prose], *lines: str | Text) -> Attribution:
    texts = [Text((one,), (one,)) if isinstance(one, str) else one for one in lines]
    return attribute(slots, prose, texts)


def two() -> list[Prose]:
    return [Prose(A, "総務班", "甲"), Prose(B, "五月一日", "乙")]


def test_what_is_as_it_was_is_certain_and_given_once() -> None:
    found = attributed([A, B], two(), "", "総務班", "", "五月一日")
    assert found == Attribution(pairs={0: [1], 1: [3]})


def test_a_tracked_edit_is_known_by_what_stood_there() -> None:
    new = Text(("まったく別の班",), ("総務班",), (Mark("鈴木", ""),))
    found = attributed([A, LIST, B], two(), new, "五月一日")
    assert found.pairs == {0: [0], 1: [1]}
    assert not found.likely


def test_an_edit_between_certain_ones_needs_no_likeness_where_nothing_else_could_be() -> None:
    assert attributed([A, B], two(), "別", "五月一日").pairs == {0: [0], 1: [1]}
    beside_a_list = attributed([A, LIST, B], two(), "別", "五月一日")
    assert (beside_a_list.pairs, beside_a_list.unsure) == ({1: [1]}, [0])


def test_likeness_decides_where_a_list_could_grow() -> None:
    found = attributed([A, LIST, B], two(), "総務課", "五月一日")
    assert found.pairs == {0: [0], 1: [1]}
    assert found.likely == {0}


def test_one_less_than_there_were_fields_is_nobodys() -> None:
    found = attributed([A, B], two(), "総務課")
    assert (found.pairs, found.gone, found.unsure) == ({}, [], [0])


def test_likeness_that_crosses_is_no_order() -> None:
    found = attributed([A, B], two(), "五月二日", "総務課")
    assert (found.pairs, found.unsure) == ({}, [0, 1])


def test_items_of_a_list_come_and_go_between_certain_ones() -> None:
    prose = [
        Prose(A, "総務班", "甲"),
        Prose(LIST, "注一", "注記[1]"),
        Prose(LIST, "注二", "注記[2]"),
        Prose(B, "五月一日", "乙"),
    ]
    found = attributed([A, LIST, B], prose, "総務班", "新", "注二", "五月一日")
    assert found.lists == {1: [(-1, 1), (2, 2)]}
    assert found.unsure == []
    gone = attributed([A, LIST, B], prose, "総務班", "注二", "五月一日")
    assert (gone.lists, gone.gone) == ({1: [(2, 1)]}, [1])
    unsure = attributed([A, LIST, B], prose, "？", "新", "注二", "五月一日")
    assert unsure.lists == {1: [(1, -1), (2, 2)]}, "what is not certain stays as it was"
    assert unsure.unsure == [0, 1]


def test_a_fixed_text_takes_its_own_edit() -> None:
    prose = [Prose(TITLE, "注記の表題")]
    found = attributed([LIST, TITLE], prose, "注記の題")
    assert (found.pairs, found.lists) == ({0: [0]}, {})


def test_a_great_many_paragraphs_stay_cheap() -> None:
    prose = [Prose(LIST, f"注{n}", f"注記[{n}]") for n in range(1, 1001)]
    found = attributed([A, LIST], prose, *(one.text for one in prose), "新")
    assert [text for _, text in found.lists[1]] == list(range(1001))
