"""What a change of figures comes to, and how reports print it."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from gyomu_docs.model import ValueKind, parse_value
from gyomu_docs.model.money import amount_value

THOUSAND_YEN = "千円"
PERSONS = "人"
POINTS = "ポイント"
_HIGHEST_RATE = 1000
"""In percent: above it an amount is more than tenfold, and reports print no rate."""
GROUPED = "#,##0"
"""The number format of amounts."""

_DIGITS = 15
"""Digits of a number that a spreadsheet keeps."""
_FIGURE = re.compile(
    r"(?P<number>[-△▲−]?(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*|0)(?:\.(?P<places>\d+))?)"
    r"(?P<unit>[^\d\s.,][^\d\s]{0,3})?",
    re.ASCII,
)


class Figure(NamedTuple):
    """A number as a cell of a spreadsheet has it."""

    number: Decimal
    unit: str
    """As its text prints it; empty if it prints none."""
    format: str
    """The number format that shows it as it is printed."""

    @property
    def places(self) -> int:
        """Decimals shown."""
        return len(self.format.partition(".")[2])


def figure(text: str) -> Figure | None:
    """The number that a text is; None for any other text.

    None too where the number could not be printed as the text again: `0101`, `１２`, `+5`, more
    digits than a spreadsheet keeps.
    """
    match = _FIGURE.fullmatch(text)
    if match is None:
        return None
    plain = match["number"].replace(",", "")
    negative = not plain[0].isdigit()
    number = Decimal(plain[1:] if negative else plain)
    if len(number.as_tuple().digits) > _DIGITS:
        return None
    shown = number_format(len(match["places"] or ""), grouped="," in match["number"])
    return Figure(-number if negative else number, match["unit"] or "", shown)


def number_format(places: int, *, grouped: bool) -> str:
    """The format of a spreadsheet for numbers with so many decimals."""
    return (GROUPED if grouped else "0") + ("." + "0" * places if places else "")


class Difference(NamedTuple):
    """New minus old."""

    value: Decimal
    rate: Decimal | None
    """In percent of the old figure, to one decimal; None for percentages and where it was 0."""
    unit: str
    """千円, 人, ポイント (between percentages), or the unit that both figures print."""


def difference(old: str, new: str, unit: str = "") -> Difference | None:
    """The difference of two figures as printed; None where one is no figure, or their units differ.

    `unit` is that of figures that print none; amounts (千円) are texts of the sheet file.
    """
    if unit == THOUSAND_YEN:
        amounts = amount_value(old), amount_value(new)
        was, now = amounts
    else:
        before, after = parse_value(old), parse_value(new)
        if before.unit != after.unit:
            return None
        was, now = before.number, after.number
        if after.kind is ValueKind.PERCENT and was is not None and now is not None:
            return Difference(now - was, None, POINTS)
        unit = after.unit or unit
    if was is None or now is None:
        return None
    return Difference(now - was, percentage(now - was, was), unit)


def percentage(part: Decimal, whole: Decimal) -> Decimal | None:
    """`part` in percent of `whole`, rounded to one decimal; None of nothing."""
    if not whole:
        return None
    return (100 * part / abs(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def shown_rate(rate: Decimal | None) -> str:
    """A rate of change in percent as it is printed; empty where it says nothing.

    From a few thousand yen to many the rate has four digits and more, and only hides the amount.
    """
    return "" if rate is None or abs(rate) > _HIGHEST_RATE else f"{signed(rate)}%"


def signed(value: Decimal) -> str:
    """A difference as it is printed: `+1,027`, `△0.5`, `±0`."""
    sign = "+" if value > 0 else "△" if value < 0 else "±"
    return f"{sign}{abs(value):,}"


def grouped(value: Decimal) -> str:
    """A figure as it is printed: `1,027`, `△5`."""
    return f"{'△' if value < 0 else ''}{abs(value):,}"


def in_words(found: Difference) -> str:
    """`+77 千円（+8.1%）`."""
    unit = found.unit if found.unit in ("", POINTS) else f" {found.unit}"
    rate = shown_rate(found.rate)
    return f"{signed(found.value)}{unit}" + (f"（{rate}）" if rate else "")
