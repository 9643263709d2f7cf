"""Books of few sheets, and what their parts need to know of pages before there are any.

Each sheet of a test has pages `10`, `11`, … for the first, `20`, … for the second; parts and
dividers are on the page that their key names (`総括`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import gyomu_docs
from gyomu_docs.booklet.book import Book, SheetFacts, make_book
from gyomu_docs.booklet.config import BookletConfig
from gyomu_docs.booklet.parts import BookletForms, PartMaker, load_booklet_forms
from gyomu_docs.layout.tree import (
    Block,
    Entry,
    EntryList,
    Grid,
    Heading,
    Paragraph,
    Reference,
    Section,
    Style,
)
from gyomu_docs.model import PlanPosition, Sheet, SourcedSheet
from gyomu_docs.resources import find_resources
from tests.support.documents import style
from tests.support.sheets import sheet

R3 = Path(__file__).parents[2] / "examples" / "r3"
KIKAKU = "政策企画部 企画課"
SEED_UNITS = dict.fromkeys(("3", "4", "5"), KIKAKU)
"""所属 of the published sheets that do not say it."""


def book(*sheets: Sheet, **config: Any) -> Book:
    """A book of these sheets; `config` by the keys of booklet.yaml."""
    return make_book([SourcedSheet(one) for one in sheets], BookletConfig.model_validate(config))


@cache
def seed_book() -> Book:
    """The four published sheets, with their section."""
    return book(*gyomu_docs.read(R3)[0], 所属=SEED_UNITS, 市="館林市", 発行日="令和3年8月")


def placed_sheet(
    number: str, goal: str = "", policy: str = "", unit: str = "", **more: Any
) -> Sheet:
    """A sheet with a place in the plan and in the city; its name is its number."""
    plan = PlanPosition(basic_goal=goal, policy_goal=policy)
    return sheet(number=number, title=f"名{number}", plan=plan, department=unit, **more)


def facts_of(made: Book) -> list[SheetFacts]:
    """All purposes and lines of a budget on a sheet's first page, activities on the second."""
    return [SheetFacts(2, _records(one)) for one in made.sheets]


def _records(one: Sheet) -> dict[str, int]:
    first = [f"予算[{number}]" for number in range(1, len(one.budget) + 1)]
    first += [f"任務目的[{number}]" for number in range(1, len(one.purposes) + 1)]
    second = []
    for number, activity in enumerate(one.activities, 1):
        second.append(f"行政活動[{number}]")
        costs = range(1, len(activity.costs) + 1)
        second += [f"行政活動[{number}].事業費[{cost}]" for cost in costs]
    return {**dict.fromkeys(first, 0), **dict.fromkeys(second, 1)}


def at(index: int, page: int) -> Reference:
    return Reference(str((index + 1) * 10 + page), f"sheet-{index}")


def at_part(key: str) -> Reference:
    return Reference(f"p.{key}", f"at-{key}")


@cache
def forms() -> BookletForms:
    resources = find_resources({})
    return load_booklet_forms(resources.form_source, resources.template_source)


def maker(made: Book) -> PartMaker:
    return PartMaker(made, forms())


def plain(name: str) -> Style:
    """Styles of a form, all the same but for the name."""
    return style(name=name)


def shown(entries: EntryList) -> list[str]:
    """Entries as `style: text … pages`; the style without `entry-`."""
    return [_shown(entry) for entry in entries.entries]


def _shown(entry: Entry) -> str:
    pages = ",".join(one.label for one in entry.references)
    text = f"{entry.style.name.removeprefix('entry-')}: {entry.text}"
    return f"{text} … {pages}" if pages else text


def written(section: Section) -> list[str]:
    """The texts of a section in order, those of a table's row with `|` between its cells."""
    return [text for block in section.blocks for text in _written(block)]


def _written(block: Block) -> Iterable[str]:
    match block:
        case Heading() | Paragraph():
            yield block.text
        case Grid():
            for row in block.rows:
                yield "|".join("/".join(cell.texts) for cell in row.cells)
        case EntryList():
            yield from (entry.text for entry in block.entries)


def table(section: Section, name: str) -> list[list[str]]:
    """The texts of a table's rows below its header."""
    grid = next(one for one in section.blocks if isinstance(one, Grid) and one.name == name)
    rows = grid.rows[grid.header_rows :]
    return [["/".join(cell.texts) for cell in row.cells] for row in rows]
