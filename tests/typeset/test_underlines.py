"""傍線 under parts of a text: arithmetic with the fixed font. Positions in points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gyomu_docs.layout.tree import PARAGRAPH_END, Span
from gyomu_docs.typeset.pages import Page
from gyomu_docs.units import pt
from tests.support.documents import cell, document, grid, row
from tests.support.paging import extent, paginate

LEFT = 20
"""Where the body of a page begins."""


def spans_of(text: str) -> tuple[Span, ...]:
    """`市[役]所` as spans: what stands in brackets is marked."""
    pieces = text.replace("]", "[").split("[")
    return tuple(
        Span(piece, "marked" if at % 2 else "") for at, piece in enumerate(pieces) if piece
    )


def pages_of(text: str, *, width: float = 50, **more: Any) -> tuple[Page, ...]:
    spans = more.pop("spans", None) or spans_of(text)
    texts = "".join(one.text for one in spans if one.kind != "deleted").split(PARAGRAPH_END)
    height = more.pop("height", 100)
    made = cell(*texts, **more)._replace(spans=spans)
    table = grid(row(made), columns=(width,), outer=0, inner=0)
    return paginate(document(table, height=height)).pages


def rules(pages: Iterable[Page]) -> list[tuple[float, float, float]]:
    """Left, right and line (from 0) of each rule, lines of 10 pt."""
    return [
        (rule.x0 / 1000 - LEFT, rule.x1 / 1000 - LEFT, (rule.y0 - pt(20)) // pt(10))
        for page in pages
        for rule in page.rules
    ]


def underlined(text: str, **more: Any) -> list[tuple[float, float, float]]:
    return rules(pages_of(text, valign="top", leading=10, size=8, **more))


def test_a_rule_stands_under_the_marked_characters_alone() -> None:
    assert underlined("市[役]所") == [(8, 16, 0)]
    assert underlined("R[3]年[度]") == [(4, 8, 0), (16, 24, 0)]


def test_a_rule_lies_between_the_em_box_and_the_next_line() -> None:
    (page,) = pages_of("[市]", valign="top", leading=12, size=10)
    (rule,) = page.rules
    # The em box ends 11 pt below the top of the line.
    assert pt(20 + 11) < rule.y0 - rule.width // 2
    assert rule.y0 + rule.width // 2 < pt(20 + 12)
    assert rule.width == 500


def test_a_text_without_marks_has_no_rule() -> None:
    assert underlined("市役所") == []
    assert underlined("", spans=(Span("市"), Span("役", "inserted"))) == []


def test_a_part_goes_on_over_lines() -> None:
    assert underlined("市[役所の]人", width=16) == [(8, 16, 0), (0, 16, 1)]


def test_forced_breaks_and_paragraphs_are_counted() -> None:
    assert underlined("市\n[役]所") == [(0, 8, 1)]
    assert underlined(f"市役{PARAGRAPH_END}所[人]", width=50) == [(8, 16, 1)]
    assert underlined(f"[市{PARAGRAPH_END}{PARAGRAPH_END}所]人") == [(0, 8, 0), (0, 8, 2)]


def test_what_is_deleted_is_not_counted() -> None:
    spans = (Span("市"), Span("町村", "deleted"), Span("役", "marked"))
    assert underlined("", spans=spans) == [(8, 16, 0)]


@pytest.mark.parametrize(
    ("align", "ends"), [("right", (42, 50)), ("center", (25, 33)), ("left", (8, 16))]
)
def test_alignments(align: str, ends: tuple[float, float]) -> None:
    assert underlined("市[役]", align=align) == [(*ends, 0)]


def test_a_spread_label() -> None:
    # Two characters with a gap of 8 pt, in the middle of 50 pt.
    assert underlined("市[役]", align="spread") == [(29, 37, 0)]


def test_a_justified_line() -> None:
    pages = pages_of("市役所[の]人々", width=45, align="justify", valign="top", size=10)
    first = pages[0].content[0].runs[0]
    (left, right, _) = rules(pages)[0]
    assert first.text == "市役所の"
    assert right == pytest.approx(45)
    assert right - left == pytest.approx(10)


def test_marks_that_share_a_blank() -> None:
    # The bracket and the comma before it share half an em: 16 pt but 4.
    assert underlined("市、[「役]") == [(12, 28, 0)]


def test_a_bracket_at_the_head_of_a_line_has_no_blank() -> None:
    assert underlined("市役[「所]」", width=16)[-1][0] == 0


def test_hanging_spaces_do_not_pass_the_padding() -> None:
    assert underlined("市[役　　　]", width=20, padding=(0, 1, 0, 1)) == [(9, 19, 0)]


def test_a_row_that_splits_keeps_its_rules_with_its_lines() -> None:
    text = "あ" * 30 + "[い]" + "う" * 9
    pages = pages_of(text, width=16, size=8, height=100)
    assert [len(page.rules) for page in pages] == [0, 1]
    assert rules(pages) == [(0, 8, 5)]


@given(
    pieces=st.lists(st.text("あいR3「」、。 　\n", max_size=9), min_size=1, max_size=5),
    width=st.sampled_from([16, 24, 50]),
    align=st.sampled_from(["left", "center", "right", "justify"]),
)
@settings(max_examples=60, deadline=None)
def test_every_visible_marked_character_has_a_rule(
    pieces: list[str], width: int, align: str
) -> None:
    spans = tuple(Span(text, "marked") for text in pieces if text)
    if not spans:
        return
    (page, *more) = pages_of("", spans=spans, width=width, align=align, size=8, height=900)
    assert not more
    by_line = {(rule.y0 - pt(20)) // pt(10) for rule in page.rules}
    for run in (run for marked in page.content for run in marked.runs):
        assert not run.text.strip(" 　") or (run.y - pt(20)) // pt(10) in by_line
        left, _, right, _ = extent(run)
        under = [r for r in page.rules if (r.y0 - pt(20)) // pt(10) == (run.y - pt(20)) // pt(10)]
        if run.text.strip(" 　"):
            assert max(rule.x1 for rule in under) >= min(right, pt(LEFT + width)) - pt(4)
            assert min(rule.x0 for rule in under) <= left + pt(4)
    assert all(rule.x1 <= pt(LEFT + width) and rule.x0 <= rule.x1 for rule in page.rules)
