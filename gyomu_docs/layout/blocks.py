"""The blocks of a form: grids with their columns, rows and cells, headings, texts, spaces.

What `blocks` of a form file may say. Keys are English, field paths and labels Japanese. Whether
paths lead somewhere and spans fit is seen when a `Resolver` compiles the form.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from gyomu_docs.layout.measures import LengthField, PositiveLength
from gyomu_docs.layout.spec import Spec


class ColumnSpec(Spec):
    """A column, or `years` columns of the same width; `{年}` in the name is each one's year."""

    name: str
    width: PositiveLength
    years: int | None = Field(None, ge=1, le=20)


class CellSpec(Spec):
    """A cell: exactly one of `label`, `field` and `expr` says what stands in it."""

    label: str | None = None
    """Fixed text; `{シート名}` in it is a field."""
    field: str | None = None
    """Path to a value by the keys of the sheet file: `総合計画.基本目的`, `実績[年度-1]`."""
    expr: str | None = None
    """A Jinja2 expression: `合計(予算, '予算額')`."""
    style: str | dict[str, str]
    """A style, or one for each value of the row's `by`."""
    cols: int = Field(1, ge=1)
    rows: Annotated[int, Field(ge=1)] | Literal["all", "each"] = 1
    """Rows it spans: a number, `each` (all items of this repetition), `all` (to the grid's end)."""
    years: int | None = Field(None, ge=1, le=20)
    """Repeat the cell for so many years before 年度; the year is `年`."""
    heads: Literal["column", "row", "none"] | None = None
    """What the cell is the header of; by default a label heads, a field does not."""
    format: Literal["text", "money"] = "text"
    suffix: str = ""
    """Put behind a number (` 千円`); blank and `-` stay alone."""
    default: str = ""
    """Shown where the value is blank."""
    link: str = ""
    """Where the cell leads in a booklet: the name of an anchor, `{目印}`."""

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if sum(item is not None for item in (self.label, self.field, self.expr)) > 1:
            raise ValueError("label、field、expr は一つだけ書いてください。")
        shown = self.field is not None or self.expr is not None
        if not shown and (self.format != "text" or self.suffix or self.default):
            raise ValueError("format、suffix、default は field か expr と一緒に使ってください。")
        return self


class RowSpec(Spec):
    """A row, a row for each item of a list, or (with `rows`) several rows for each item."""

    header: bool = False
    """A header row: repeats at the head of each further page. Only as the first rows of a grid."""
    each: str | None = None
    at_least: int = Field(0, ge=0, le=100)
    """Blank rows fill up to this number of items: labels that name no value are printed in them,
    values are not."""
    by: str | None = None
    """Field whose value picks the styles of this row's cells."""
    keep_with_next: bool | list[str] = False
    """Always, or for these values of `by`."""
    keep_with_previous: bool = False
    height: LengthField = 0
    name: str = ""
    """How messages name the row: `{コード}`."""
    bookmark: str | dict[str, str] = ""
    """Text of a PDF bookmark, or one for each value of `by`."""
    cells: list[CellSpec] = []
    rows: list[RowSpec] = []

    @model_validator(mode="after")
    def _has_cells_or_rows(self) -> Self:
        if bool(self.cells) == bool(self.rows):
            raise ValueError("cells か rows のどちらか一方を書いてください。")
        if self.each is None and (self.rows or self.at_least):
            raise ValueError("rows と at_least は each と一緒に使ってください。")
        if self.header and self.each is not None:
            raise ValueError("見出し行（header）を each で繰り返すことはできません。")
        return self


class GridSpec(Spec):
    """A ruled table."""

    grid: str
    """Its name, for messages and for screen readers."""
    columns: list[ColumnSpec] = Field(min_length=1)
    rows: list[RowSpec] = Field(min_length=1)
    outer: LengthField = 500
    inner: LengthField = 250
    bookmark: str = ""
    continued: str = "（続き）"
    keep_together: bool = False
    keep_rows: int = Field(1, ge=1, le=10)
    """The grid neither begins nor ends with fewer rows on a page than these."""


class HeadingSpec(Spec):
    """A title outside of a table."""

    heading: str
    level: int = Field(1, ge=1, le=6)
    style: str
    bookmark: str = ""


class ParagraphSpec(Spec):
    """Running text: a fixed text, or one paragraph for each item of a list field."""

    paragraph: str | None = None
    field: str | None = None
    style: str

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if self.paragraph is not None and self.field is not None:
            raise ValueError("paragraph、field は一つだけ書いてください。")
        return self


class SpacerSpec(Spec):
    """Vertical space."""

    spacer: LengthField


class PageBreakSpec(Spec):
    """What follows starts on a new page."""

    page_break: bool

    @model_validator(mode="after")
    def _is_wanted(self) -> Self:
        if not self.page_break:
            raise ValueError("page_break: true と書くか、このブロックを消してください。")
        return self


class BesideColumnSpec(Spec):
    """One column of blocks that stand next to each other."""

    width: PositiveLength
    blocks: list[BlockSpec]


class BesideSpec(Spec):
    """Columns of blocks next to each other."""

    beside: list[BesideColumnSpec] = Field(min_length=1)
    gap: LengthField = 0


def _block(value: object) -> object:
    """Read a block by the key that names its kind, so that errors speak of that kind alone."""
    if isinstance(value, dict):
        for key, kind in _KINDS.items():
            if key in value:
                return kind.model_validate(value)
        raise ValueError(f"ブロックの種類がありません（{'、'.join(_KINDS)} のどれか）。")
    raise ValueError("ブロックは「grid: 名前」のように書いてください。")


BlockSpec = Annotated[
    GridSpec | HeadingSpec | ParagraphSpec | SpacerSpec | PageBreakSpec | BesideSpec,
    BeforeValidator(_block),
]


def block_name(block: dict[str, Any]) -> str:
    """How a form that extends this one names a block: the grid's name, the heading, the field."""
    return next((str(block[key]) for key in _NAMED if key in block), "")


def cell_name(number: int, *says: str | None) -> str:
    """How messages name a cell of a form: its number in the row, and what it shows."""
    return f"{number} {next(filter(None, says), '')}".rstrip()


BesideColumnSpec.model_rebuild()
RowSpec.model_rebuild()

_KINDS: dict[str, type[Spec]] = {
    "grid": GridSpec,
    "heading": HeadingSpec,
    "spacer": SpacerSpec,
    "page_break": PageBreakSpec,
    "beside": BesideSpec,
    "paragraph": ParagraphSpec,
    "field": ParagraphSpec,
}
_NAMED = ("grid", "heading", "paragraph", "field")
