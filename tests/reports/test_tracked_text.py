"""Spans of texts and paragraphs: exact in both views, and where a person would set them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyomu_docs.layout.revisions import text_without
from gyomu_docs.layout.tree import PARAGRAPH_END, Span
from gyomu_docs.reports.partners import increasing
from gyomu_docs.reports.tracked_text import paragraph_spans, text_spans

PARAGRAPHS = st.lists(st.text("あい1, \n", max_size=6), max_size=5)


def in_short(spans: tuple[Span, ...]) -> str:
    """`[-a]` is deleted, `[+a]` inserted, `/` the end of a paragraph."""
    signs = {"": "", "deleted": "[-", "inserted": "[+"}
    shown = (f"{signs[kind]}{text}{']' if kind else ''}" for text, kind in spans)
    return "".join(shown).replace(PARAGRAPH_END, "/")


def spans_of(old: str, new: str, *pairs: tuple[int, int], whole: bool = False) -> str:
    olds, news = (text.split("/") if text else [] for text in (old, new))
    return in_short(paragraph_spans(olds, news, pairs, whole=whole))


@given(PARAGRAPHS, PARAGRAPHS, st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4))))
def test_spans_are_exact_whatever_is_paired(
    olds: list[str], news: list[str], pairs: list[tuple[int, int]]
) -> None:
    pairs = [(old, new) for old, new in pairs if old < len(olds) and new < len(news)]
    spans = paragraph_spans(olds, news, increasing(pairs), whole=False)
    assert text_without("inserted", "", spans) == PARAGRAPH_END.join(olds)
    assert text_without("deleted", "", spans) == PARAGRAPH_END.join(news)
    assert all(span.text for span in spans)


@pytest.mark.parametrize(
    ("old", "new", "pairs", "shown"),
    [
        ("施策評価", "政策評価", [(0, 0)], "[-施策評価][+政策評価]"),
        ("一/二", "一/二/三", [(0, 0), (1, 1)], "一/二[+/三]"),
        ("一/二", "二", [(1, 0)], "[-一/]二"),
        ("一/二", "三/二", [(1, 1)], "[-一/][+三/]二"),
        ("一/二", "一/三", [(0, 0)], "一[-/二][+/三]"),
        ("一/二", "三", [], "[-一/二][+三]"),
        ("", "三/四", [], "[+三/四]"),
    ],
)
def test_where_paragraphs_are_set_off(
    old: str, new: str, pairs: list[tuple[int, int]], shown: str
) -> None:
    assert spans_of(old, new, *pairs) == shown


def test_a_text_may_change_as_a_whole() -> None:
    assert spans_of("施策/同じ", "政策/同じ", (0, 0), (1, 1), whole=True) == ("[-施策][+政策]/同じ")
    assert in_short(text_spans("100", "120")) == "[-100][+120]"


@pytest.mark.parametrize(
    ("pairs", "kept"),
    [
        ([], []),
        ([(0, 0), (1, 1)], [(0, 0), (1, 1)]),
        ([(0, 2), (1, 0), (2, 1)], [(1, 0), (2, 1)]),
        ([(0, 0), (1, 0), (1, 1)], [(0, 0), (1, 1)]),
        ([(3, 1), (2, 0), (1, 3), (0, 2)], [(2, 0), (3, 1)]),
    ],
)
def test_what_kept_its_order(pairs: list[tuple[int, int]], kept: list[tuple[int, int]]) -> None:
    assert increasing(pairs) == kept
