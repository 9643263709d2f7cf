"""The room for the binding: how far a page moves, and what is left at its outer edge."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from gyomu_docs.booklet.setting import LEAST_MARGIN, Setting, bound
from gyomu_docs.layout.tree import Binding, PageSetup
from gyomu_docs.render import Renderer
from gyomu_docs.resources import find_resources
from gyomu_docs.units import mm
from tests.support.booklets import book, maker, placed_sheet
from tests.support.documents import section


@cache
def setting(binding: Binding = "left", gutter: int = 8) -> Setting:
    renderer = Renderer(find_resources({}))
    return Setting(
        renderer.resolver.form, renderer.fonts, "test", binding, mm(gutter), mirrored=True
    )


def page(left: float, right: float, setting: Setting, **form: Any) -> PageSetup:
    """A page with these margins in millimetres and what its form says, bound."""
    made = section(**form)
    margins = made.page.margins._replace(left=mm(left), right=mm(right))
    return bound(replace(made, page=replace(made.page, margins=margins)), setting).page


def sides(page: PageSetup) -> tuple[float, float]:
    """Left and right margin in millimetres."""
    return round(page.margins.left / mm(1), 1), round(page.margins.right / mm(1), 1)


def test_a_page_with_wide_margins_moves_by_the_whole_gutter() -> None:
    assert sides(page(20, 20, setting())) == (28, 12)


def test_the_outer_margin_keeps_what_copiers_and_cutting_need() -> None:
    assert mm(8) == LEAST_MARGIN
    assert sides(page(12, 12, setting())) == (16, 8)
    assert sides(page(5, 5, setting())) == (5, 5)  # a form that left less keeps what it has


def test_the_room_of_a_form_that_is_bound_itself_is_used() -> None:
    made = page(16, 8, setting(), binding="left", gutter=mm(8))
    assert sides(made) == (16, 8)
    assert made.gutter == mm(8)


@pytest.mark.parametrize("binding", ["top", "none"])
def test_room_at_the_left_that_is_not_needed_goes_to_both_sides(binding: Binding) -> None:
    made = page(16, 8, setting(binding), binding="left", gutter=mm(8))
    assert sides(made) == (12, 12)


def test_a_gutter_at_the_top_makes_the_page_lower() -> None:
    plain, made = (page(12, 12, setting(binding)) for binding in ("none", "top"))
    assert made.margins.top - plain.margins.top == mm(8)
    assert made.header_distance - plain.header_distance == mm(8)
    assert sides(made) == (12, 12)


def test_the_parts_have_room_for_the_gutter_on_either_side() -> None:
    parts = maker(book(placed_sheet("1")))
    for made in (parts.legend(), parts.colophon(), parts.cover()):
        left, right = sides(bound(made, setting()).page)
        assert left >= 28
        assert right >= 12
