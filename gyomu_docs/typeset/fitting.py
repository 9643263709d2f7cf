"""A sheet on so many pages at the most (`Section.fit`): how far it must be squeezed for that.

First heights give, then type sizes as well; the loosest setting that fits is taken, in whole
percents. Where not even the tightest fits, the loosest setting with the fewest pages is taken:
the sheet as it is, if squeezing saves no page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from gyomu_docs.errors import Diagnostic, Place
from gyomu_docs.layout.tree import Fit, Section
from gyomu_docs.typeset.squeeze import WHOLE, squeeze

STEP = 10
"""Of both factors, in thousandths: no finer difference is seen."""


def fit_section(
    section: Section, fit: Fit, pages: int, count_pages: Callable[[Section], int]
) -> tuple[Section, Diagnostic]:
    """Squeeze a section of `pages` pages, which are more than `fit` asks for.

    Returns a section that asks for no fit any more, and what was done, placed at the sheet.
    `count_pages` sets a section and is called some ten times at the most, with no more than six
    different sizes of type.
    """

    @cache
    def count(height: int, size: int) -> int:
        return count_pages(squeeze(section, height, size))

    # Sizes stay where heights suffice, so the tightest setting is not even tried then.
    goal = fit.pages
    if count(fit.least_height, WHOLE) > goal:
        goal = max(goal, count(fit.least_height, fit.least_size))
    height = size = WHOLE
    if goal < pages:
        size = _loosest(fit.least_size, lambda size: count(fit.least_height, size) <= goal)
        height = _loosest(fit.least_height, lambda height: count(height, size) <= goal)
        pages_now = count(height, size)
    else:
        pages_now = pages
    squeezed = replace(squeeze(section, height, size), fit=None)
    return squeezed, _report(section.title, fit.pages, pages, pages_now, _extent(height, size))


def _loosest(least: int, fits: Callable[[int], bool]) -> int:
    """The largest factor that fits, by halving; `least` is known to."""
    if least >= WHOLE or fits(WHOLE):
        return WHOLE
    low, high = 0, -((least - WHOLE) // STEP)
    while high - low > 1:
        middle = (low + high) // 2
        if fits(least + middle * STEP):
            low = middle
        else:
            high = middle
    return least + low * STEP


def _extent(height: int, size: int) -> str:
    """How far a section was squeezed, as messages say it."""
    named = [("行の高さ", height), ("文字", size)]
    return "、".join(f"{name} {factor / 10:g}%" for name, factor in named if factor != WHOLE)


def _report(title: str, asked: int, before: int, now: int, extent: str) -> Diagnostic:
    place = Place(sheet=title)
    if now <= asked:
        message = f"{before}ページを{now}ページに収めました（{extent}）。"
        return Diagnostic("I", "fitted", message, place)
    done = f"{before}ページを{now}ページにしました。{extent}" if extent else f"{before}ページのまま"
    return Diagnostic(
        "W",
        "not-fitted",
        f"{asked}ページに収まりません（{done}）。",
        place,
        "文を短くするか、様式で、収めるページ数か縮める限度を変えてください。",
    )
