"""The schema of a form: what a YAML file in layouts/ may say, checked before anything is set.

In: the text of a form. Out: `Form`, whose lengths are `units.Length` and whose styles are
resolved. README, "様式を作る", shows one in use. Keys are English, field paths and labels Japanese.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from gyomu_docs.errors import FormError, Place, SheetError
from gyomu_docs.layout.tree import Align, Edges, VAlign
from gyomu_docs.model.fiscal_year import YearStyle
from gyomu_docs.model.plain import line_of, parse_yaml
from gyomu_docs.units import Length, parse_length

PAPER = {"A3": ("297mm", "420mm"), "A4": ("210mm", "297mm")}
"""Width and height in portrait."""


def _length(value: object) -> object:
    return parse_length(value) if isinstance(value, str) else value


def _edges(value: object) -> object:
    """One length for all sides, two for vertical and horizontal, or four from the top."""
    parts = value if isinstance(value, list) else [value]
    lengths = [_length(part) for part in parts]
    match lengths:
        case [every]:
            return (every, every, every, every)
        case [vertical, horizontal]:
            return (vertical, horizontal, vertical, horizontal)
        case _:
            return tuple(lengths)


def _color(value: object) -> object:
    if isinstance(value, str) and value.startswith("#") and len(value) == 7:
        return int(value[1:], 16)
    raise ValueError("色は #RRGGBB の形で書いてください。")


LengthField = Annotated[Length, BeforeValidator(_length)]
EdgesField = Annotated[Edges, BeforeValidator(_edges)]
Color = Annotated[int, BeforeValidator(_color)]


class Spec(BaseModel):
    """Base of everything that a form says: no unknown keys, nothing changes after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StyleSpec(Spec):
    """A named style; what it leaves out comes from `extends`."""

    extends: str | None = None
    family: str | None = None
    bold: bool | None = None
    size: LengthField | None = None
    leading: LengthField | None = None
    align: Align | Literal["number"] | None = None
    valign: VAlign | None = None
    padding: EdgesField | None = None
    indent: LengthField | None = None
    first_indent: LengthField | None = None
    fill: Color | None = None
    color: Color | None = None
    vertical: bool | None = None
    shrink: bool | None = None
    floor: LengthField | None = None


class FurnitureSpec(Spec):
    """A header or footer; `{page}` and `{pages}` are the numbers."""

    left: str = ""
    center: str = ""
    right: str = ""
    style: str
    distance: LengthField


class PageSpec(Spec):
    """Paper, margins, header and footer."""

    size: Literal["A3", "A4"]
    orientation: Literal["portrait", "landscape"]
    margins: EdgesField
    header: FurnitureSpec
    footer: FurnitureSpec

    @property
    def paper(self) -> tuple[Length, Length]:
        """Width and height of the paper as it lies."""
        short, long = (parse_length(side) for side in PAPER[self.size])
        return (long, short) if self.orientation == "landscape" else (short, long)


class ColumnSpec(Spec):
    """A column, or `years` columns of the same width; `{年}` in the name is each one's year."""

    name: str
    width: LengthField
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
    rows: int | Literal["all", "each"] = 1
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

    @model_validator(mode="after")
    def _says_one_thing(self) -> CellSpec:
        if sum(item is not None for item in (self.label, self.field, self.expr)) > 1:
            raise ValueError("label、field、expr は一つだけ書いてください。")
        return self


class RowSpec(Spec):
    """A row, a row for each item of a list, or (with `rows`) several rows for each item."""

    header: bool = False
    """A header row: repeats at the head of each further page."""
    each: str | None = None
    at_least: int = Field(0, ge=0, le=100)
    """Blank rows fill up to this number of items."""
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
    def _has_cells_or_rows(self) -> RowSpec:
        if bool(self.cells) == bool(self.rows):
            raise ValueError("cells か rows のどちらか一方を書いてください。")
        if self.rows and self.each is None:
            raise ValueError("rows は each と一緒に使ってください。")
        return self


class GridSpec(Spec):
    """A ruled table."""

    grid: str
    """Its name, for messages and for screen readers."""
    columns: list[ColumnSpec]
    rows: list[RowSpec]
    outer: LengthField = 500
    inner: LengthField = 250
    bookmark: str = ""
    continued: str = "（続き）"
    keep_together: bool = False


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


class SpacerSpec(Spec):
    """Vertical space."""

    spacer: LengthField


class BesideColumnSpec(Spec):
    """One column of blocks that stand next to each other."""

    width: LengthField
    blocks: list[BlockSpec]


class BesideSpec(Spec):
    """Columns of blocks next to each other."""

    beside: list[BesideColumnSpec]
    gap: LengthField = 0


def _block(value: object) -> object:
    """Read a block by the key that names its kind, so that errors speak of that kind alone."""
    if isinstance(value, dict):
        for key, kind in _KINDS.items():
            if key in value:
                return kind.model_validate(value)
        raise ValueError(f"ブロックの種類がありません（{'、'.join(_KINDS)} のどれか）。")
    if isinstance(value, Spec):
        return value
    raise ValueError("ブロックは「grid: 名前」のように書いてください。")


BlockSpec = Annotated[
    GridSpec | HeadingSpec | ParagraphSpec | SpacerSpec | BesideSpec, BeforeValidator(_block)
]


class Form(Spec):
    """A whole form."""

    form: str
    """Its name: that of the file without `.yaml`."""
    title: str
    """What it is, for the list of forms."""
    year_style: YearStyle = "short"
    page: PageSpec
    document_title: str
    section_title: str
    bookmark: str = ""
    author: str = ""
    subject: str = ""
    styles: dict[str, StyleSpec]
    blocks: list[BlockSpec]


BesideColumnSpec.model_rebuild()
RowSpec.model_rebuild()
Form.model_rebuild()

_KINDS: dict[str, type[Spec]] = {
    "grid": GridSpec,
    "heading": HeadingSpec,
    "spacer": SpacerSpec,
    "beside": BesideSpec,
    "paragraph": ParagraphSpec,
    "field": ParagraphSpec,
}


def load_form(text: str, file: str) -> Form:
    """Read and check a form. Raises FormError that names file, line, grid and cell."""
    try:
        tree: Any = parse_yaml(text, file)
    except SheetError as error:
        raise FormError(error.message, place=error.place, hint=error.hint) from None
    if not isinstance(tree, dict):
        raise FormError("様式のファイルではありません。", place=Place(file=file))
    try:
        return Form.model_validate(tree)
    except ValidationError as error:
        raise _form_error(error, tree, text, file) from None


def _form_error(error: ValidationError, tree: Any, text: str, file: str) -> FormError:
    fault = error.errors()[0]
    path = [step for step in fault["loc"] if isinstance(step, int) or step not in _KIND_NAMES]
    place = Place(file=file, line=line_of(text, path), table=_grid_at(tree, path))
    where = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return FormError(f"{where.lstrip('.')}: {_reason(fault)}", place=place)


_KIND_NAMES = frozenset(kind.__name__ for kind in _KINDS.values())


def _reason(fault: Any) -> str:
    match fault["type"]:
        case "extra_forbidden":
            return "この項目は使えません。"
        case "missing":
            return "この項目がありません。"
        case "value_error":
            return str(fault["ctx"]["error"])
        case "literal_error":
            return f"{fault['ctx']['expected'].replace(' or ', '、')} のどれかを書いてください。"
        case _:
            return f"値「{fault['input']}」は使えません。"


def _grid_at(tree: Any, path: list[str | int]) -> str:
    """The name of the innermost grid on the way to `path`."""
    name = ""
    for step in path:
        if isinstance(tree, dict):
            name = str(tree.get("grid", name))
            tree = tree.get(step)
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            tree = tree[step]
        else:
            break
    return name
