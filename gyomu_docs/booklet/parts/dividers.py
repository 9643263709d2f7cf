"""扉: what stands behind a divider, its sub-groups or its sheets."""

from __future__ import annotations

from collections.abc import Iterator

from gyomu_docs.booklet.book import Book, Divider
from gyomu_docs.booklet.part_model import DividerFacts, GroupLine, part_facts

MOST_LINES = 18
"""A divider is one page: of more groups or sheets it tells the number."""


def divider_facts(book: Book, divider: Divider) -> DividerFacts:
    """The divider with its sub-groups; sheets that are in none of them stand for themselves."""
    within = [
        one
        for one in book.dividers
        if one.level > divider.level and divider.first <= one.first < divider.last
    ]
    above = next(
        (
            one.title
            for one in book.dividers
            if one.level < divider.level and one.first <= divider.first < one.last
        ),
        "",
    )
    lines = tuple(_lines(book, divider, within))
    if len(lines) > MOST_LINES:
        count = f"業務棚卸表　{divider.last - divider.first}枚"
        lines = (GroupLine(name=count, anchor=lines[0].anchor),)
    return DividerFacts(
        **dict(part_facts(book, divider.title)),
        level=str(divider.level),
        above=above,
        lines=lines,
    )


def _lines(book: Book, divider: Divider, within: list[Divider]) -> Iterator[GroupLine]:
    groups = {one.first: one for one in within}
    index = divider.first
    while index < divider.last:
        group = groups.get(index)
        if group is None:
            yield _sheet_line(book, index)
            index += 1
        else:
            count = f"{group.last - group.first}枚"
            yield GroupLine(name=group.title, note=count, anchor=group.key)
            index = group.last


def _sheet_line(book: Book, index: int) -> GroupLine:
    sheet = book.sheets[index]
    unit = book.affiliations[index]
    told = book.config.order == "組織順" or not unit.section
    return GroupLine(
        number=f"No.{sheet.number}",
        name=sheet.title,
        note="" if told else unit.label,
        anchor=book.anchors[index],
    )
