"""What a draft shows by its form: the grids of its base, and which field stands in which cell.

Everything is learned from `Document`s, so a form needs no code of its own: that of the base tells
what a draft looked like when it went out; that of a specimen (one item in every list, one known
number in every field) tells what rows and fields could be there, and how a field prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from gyomu_docs.collect.paths import EXTRAS, kind_of, value_at
from gyomu_docs.collect.texts import joined
from gyomu_docs.layout import Document, Form, Resolver
from gyomu_docs.layout.tree import Beside, Block, Cell, Grid, Heading, Paragraph, Piece, Row
from gyomu_docs.model import FiscalYear, Sheet
from gyomu_docs.model.money import format_amount, normalize_amount
from gyomu_docs.model.sheet_file import to_plain

_NUMBER = "1234567"
"""What stands in every field of the specimen; it prints as `1,234,567` where it is money."""
_MONEY = format_amount(_NUMBER)
_YEARS = range(-20, 2)
"""Of the specimen, from its own: all that a form can have columns for."""


class Shown(NamedTuple):
    """How a form prints a field."""

    suffix: str = ""
    money: bool = False
    """Whether the sheet file writes it without commas and unit."""
    is_list: bool = False

    def parse(self, text: str) -> str:
        """A printed text as the sheet file writes it; `1,027 千円` becomes `1027`."""
        suffix = self.suffix.strip()
        if suffix and text.endswith(suffix):
            bare = text.removesuffix(suffix).rstrip()
            # Behind words a suffix is never printed, so there it is part of the text.
            text = bare if any(char.isdigit() for char in bare) else text
        return normalize_amount(text) if self.money else text


class Prose(NamedTuple):
    """A text outside of grids."""

    slot: Slot
    text: str
    field: str = ""
    """What the whole text is: `所属`, `注記[2]`."""
    pieces: tuple[Piece, ...] = ()
    """Of a template."""


class Slot(NamedTuple):
    """Where a form prints texts outside of grids."""

    number: int
    """In the order of the form."""
    gap: int
    """How many grids stand before it."""
    kind: Literal["fixed", "field", "list", "template"]
    """A fixed text, a field, the items of a list, or a text put together of several pieces."""
    fields: tuple[str, ...] = ()
    """What can be read back from it: `注記`."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the draft of a sheet shows."""

    sheet: Sheet
    tree: dict[str, Any]
    """The sheet as its file has it."""
    grids: tuple[Grid, ...]
    prose: tuple[Prose, ...]
    prototypes: tuple[dict[str, Row], ...]
    """By grid: a row of each kind of record that it repeats."""
    shown: dict[tuple[str, str], Shown]
    """By kind of record and field."""
    slots: tuple[Slot, ...]
    """Where the form prints texts outside of grids, in its order; those of fields that are blank
    in the base too, which are not in `prose`."""
    furniture: tuple[str, ...]
    """The texts of header and footer, without page numbers."""
    frames: frozenset[int]
    """Of texts beside each other, without a grid among them: they stand in the cells of a table
    that is none of the form's. How many cells such a table has."""

    def how(self, kind: str, field: str) -> Shown:
        """How the form prints a field."""
        return self.shown.get((kind, field), Shown())

    def value(self, record: str, field: str) -> Any:
        """What the base has there."""
        return value_at(self.tree, record, field)

    def has(self, record: str) -> bool:
        """Whether a record is an item of the base; rows that pad the form show none."""
        return value_at(self.tree, record) is not None


class Expectation:
    """Makes `Expected`s in one form."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._specimens: dict[int, _Specimen] = {}

    @property
    def form(self) -> Form:
        """The form in which drafts are read."""
        return self._resolver.form

    def of(self, sheet: Sheet, shown: Sheet | None = None) -> Expected:
        """What a draft of the sheet shows; `shown` is what it was made from, if not the sheet."""
        document, _ = self._resolver.resolve(shown or sheet)
        specimen = self._specimen(sheet.fiscal_year)
        grids, prose = _flattened(document)
        slots = {one.slot.number: one.slot for one in (*specimen.prose, *prose)}
        return Expected(
            sheet,
            to_plain(sheet),
            grids,
            prose,
            tuple(specimen.prototypes.get(name, {}) for name in _names(grids)),
            specimen.shown,
            tuple(slots[number] for number in sorted(slots)),
            tuple(_furniture(document)),
            frozenset(_frames(document)),
        )

    def _specimen(self, year: FiscalYear) -> _Specimen:
        specimen = self._specimens.get(year.year)
        if specimen is None:
            specimen = self._specimens[year.year] = _Specimen(self._resolver, year)
        return specimen


class _Specimen:
    """A sheet with one of everything, as the form shows it."""

    def __init__(self, resolver: Resolver, year: FiscalYear) -> None:
        extras: dict[str, str] = {}
        # The first document tells which extra fields the form shows, the second shows them.
        for _ in range(2):
            tree = _specimen_tree(year, extras)
            document, _ = resolver.resolve(Sheet.model_validate(tree))
            grids, prose = _flattened(document)
            extras = dict.fromkeys(_extras(grids, prose, resolver.fields_outside(year)), _NUMBER)
        amounts = to_plain(Sheet.model_validate(_specimen_tree(year, extras, _MONEY)))
        self.prototypes: dict[tuple[str, int], dict[str, Row]] = {}
        self.shown: dict[tuple[str, str], Shown] = {}
        for name, grid in zip(_names(grids), grids, strict=True):
            rows = self.prototypes[name] = {}
            for row in grid.rows:
                kind = kind_of(row.record)
                if kind:
                    rows.setdefault(kind, row)
                for cell in row.cells:
                    if cell.field:
                        value = value_at(tree, row.record, cell.field)
                        # The model writes amounts without commas, however a form prints them.
                        is_amount = value_at(amounts, row.record, cell.field) == _NUMBER
                        how = _shown(cell, value)
                        how = how._replace(money=how.money or is_amount)
                        self.shown.setdefault((kind, cell.field), how)
        self.prose = prose


def _shown(cell: Cell, value: Any) -> Shown:
    if isinstance(value, list):
        return Shown(is_list=True)
    printed = joined(cell.texts)
    if printed.startswith(_MONEY):
        return Shown(printed.removeprefix(_MONEY), money=True)
    return Shown(printed.removeprefix(_NUMBER) if printed.startswith(_NUMBER) else "")


def _extras(
    grids: tuple[Grid, ...], prose: tuple[Prose, ...], outside: Iterable[str]
) -> Iterator[str]:
    """The extra fields that a form shows; those `outside` of grids show only when they are full."""
    cells = (cell.field for grid in grids for row in grid.rows for cell in row.cells)
    pieces = (piece.field for one in prose for piece in one.pieces)
    for field in (*cells, *pieces, *outside):
        if field.startswith(f"{EXTRAS}."):
            yield field.removeprefix(f"{EXTRAS}.")


def _specimen_tree(year: FiscalYear, extras: dict[str, str], text: str = _NUMBER) -> dict[str, Any]:
    """A sheet with that text in every field."""
    years = {(year + shift).label(): text for shift in _YEARS}
    staff = dict.fromkeys(("正規", "会計年度任用", "再任用"), text)
    measured = {
        **dict.fromkeys(("指標", "目標", "達成", "備考"), text),
        "実績": years,
        "追加項目": extras,
    }
    cost = {"事業名": text, "決算": years, "予算": years}
    box = {"見出し": text, "本文": [text]}
    return {
        **dict.fromkeys(("シートNo", "シート名", "所属"), text),
        "年度": year.label(),
        "総合計画": {
            **dict.fromkeys(("名称", "基本目的", "施策目的"), text),
            "施策の方向": [text],
        },
        "人工": {"このシート": staff, "すべてのシート": staff},
        "予算": [dict.fromkeys(("款", "項", "目", "事業名", "予算額"), text)],
        "任務目的": [{"目的": text, **measured}],
        "行政活動": [{"コード": "01", "手段": text, **measured, "事業費": [cost]}],
        "注記": [text],
        "総括": box,
        "今後の方針": box,
        "追加項目": extras,
    }


def _names(grids: tuple[Grid, ...]) -> Iterator[tuple[str, int]]:
    """A name for each grid that does not depend on which others are there."""
    count: dict[str, int] = {}
    for grid in grids:
        count[grid.name] = count.get(grid.name, 0) + 1
        yield grid.name, count[grid.name]


def _flattened(document: Document) -> tuple[tuple[Grid, ...], tuple[Prose, ...]]:
    """Grids and texts in the order of the document."""
    grids: list[Grid] = []
    prose: list[Prose] = []
    for section in document.sections:
        for block in _blocks(section.blocks):
            match block:
                case Grid():
                    grids.append(block)
                case Heading():
                    prose.append(_prose(len(grids), block))
                case Paragraph():
                    prose.append(_prose(len(grids), block, block.field))
    return tuple(grids), tuple(prose)


def _prose(gap: int, block: Heading | Paragraph, field: str = "") -> Prose:
    fields = tuple(dict.fromkeys(piece.field for piece in block.pieces if piece.field))
    slot = Slot(block.number, gap, "template" if fields else "fixed", fields)
    if field.endswith("]"):
        slot = Slot(block.number, gap, "list", (kind_of(field),))
    elif field:
        slot = Slot(block.number, gap, "field", (field,))
    return Prose(slot, block.text, field, block.pieces)


def _frames(document: Document) -> Iterator[int]:
    """The cells of tables that only set texts beside each other; a gap is a cell as well."""
    for section in document.sections:
        for beside in _besides(section.blocks):
            if not any(isinstance(block, Grid) for block in _blocks((beside,))):
                columns = len(beside.columns)
                yield 2 * columns - 1 if beside.gap else columns


def _besides(blocks: tuple[Block, ...]) -> Iterator[Beside]:
    for block in blocks:
        if isinstance(block, Beside):
            yield block
            for column in block.columns:
                yield from _besides(column.blocks)


def _furniture(document: Document) -> Iterator[str]:
    for section in document.sections:
        for line in (section.page.header, section.page.footer):
            for part in (*line.left, *line.center, *line.right):
                if isinstance(part, str) and part.strip():
                    yield part


def _blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Beside):
            for column in block.columns:
                yield from _blocks(column.blocks)
        else:
            yield block
