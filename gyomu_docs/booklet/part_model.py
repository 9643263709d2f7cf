"""What the forms of a booklet's parts are filled from: models with Japanese keys, all texts.

As in a sheet, values are texts as they are printed; amounts are plain digits in thousand yen
(`-28622`), which the forms print with commas and △.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from pydantic import BaseModel, ConfigDict, Field

from gyomu_docs.booklet.book import Book
from gyomu_docs.model import FiscalYear


class PartModel(BaseModel):
    """Base of these models: frozen, no unknown keys, built from the English names."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class PartFacts(PartModel):
    """What every part knows: whose booklet it is, and the part's own title."""

    city: str = Field(alias="市")
    title: str = Field(alias="表題")
    subtitle: str = Field(alias="副題")
    fiscal_year: FiscalYear = Field(alias="年度")
    heading: str = Field(alias="冊子")
    """City, title and fiscal year, as heads name the booklet; what is blank leaves no gap."""
    part: str = Field(alias="部")
    """Title of the part, for its header and its bookmark: `総括`."""


class DividerFacts(PartFacts):
    """扉: a title. What is behind it comes as entries (`parts.dividers`)."""

    level: str = Field(alias="段")
    """`1` or `2`."""
    above: str = Field("", alias="上位")
    """Title of the group that this one is a part of."""


def part_facts(book: Book, part: str) -> PartFacts:
    """The facts of a part that needs no others."""
    config = book.config
    title = _one_line(config.title)
    return PartFacts(
        city=config.city,
        title=title,
        subtitle=_one_line(config.subtitle),
        fiscal_year=book.year,
        heading="　".join(filter(None, (config.city, title, book.year.label("long")))),
        part=part,
    )


def percentage(part: Decimal | int, whole: Decimal | int) -> str:
    """A share as tables print it: `66.7%`, `△34.0%`; `-` of nothing. 四捨五入."""
    if not whole:
        return "-"
    share = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{'△' if share < 0 else ''}{abs(share):,}%"


def _one_line(text: str) -> str:
    """A title for headers; on the cover its lines stay."""
    return "".join(text.splitlines())
