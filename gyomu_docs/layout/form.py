"""The schema of a form: what a YAML file in layouts/ may say, checked before anything is set.

In: the text of a form. Out: `Form`, whose lengths are `units.Length`; paths and spans are checked
when a `Resolver` compiles it. README, "様式を作る", shows one in use. Keys are English, field
paths and labels Japanese.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from gyomu_docs.errors import FormError, Place, SheetError
from gyomu_docs.layout.tree import Align, Edges, Kinsoku, Orientation, VAlign
from gyomu_docs.model.fiscal_year import YearStyle
from gyomu_docs.model.plain import line_of, parse_yaml
from gyomu_docs.units import Length, parse_length

PAPER = {"A3": ("297mm", "420mm"), "A4": ("210mm", "297mm")}
"""Width and height in portrait."""


def _length(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return parse_length(value)
    except (ValueError, OverflowError):
        raise ValueError(
            f"「{value}」は長さではありません（8pt、12mm、1.5cm のように書いてください）。"
        ) from None


def _not_negative(value: int) -> int:
    if value < 0:
        raise ValueError("長さを負の数にはできません。")
    return value


def _positive(value: int) -> int:
    if value <= 0:
        raise ValueError("0 より大きい長さを書いてください。")
    return value


def _edges(value: object) -> object:
    """One length for all sides, two for vertical and horizontal, or four from the top."""
    parts = value if isinstance(value, list) else [value]
    lengths = [_length(part) for part in parts]
    if any(isinstance(length, int) and length < 0 for length in lengths):
        raise ValueError("長さを負の数にはできません。")
    match lengths:
        case [every]:
            return (every, every, every, every)
        case [vertical, horizontal]:
            return (vertical, horizontal, vertical, horizontal)
        case [_, _, _, _]:
            return tuple(lengths)
        case _:
            raise ValueError(
                "長さを1つ、2つ（上下、左右）、4つ（上、右、下、左）で書いてください。"
            )


def _color(value: object) -> object:
    if isinstance(value, str) and _COLOR.fullmatch(value):
        return int(value[1:], 16)
    raise ValueError(f"「{value}」は色ではありません（#RRGGBB の形で書いてください）。")


_COLOR = re.compile("#[0-9A-Fa-f]{6}")

LengthField = Annotated[Length, BeforeValidator(_length), AfterValidator(_not_negative)]
PositiveLength = Annotated[Length, BeforeValidator(_length), AfterValidator(_positive)]
EdgesField = Annotated[Edges, BeforeValidator(_edges)]
Color = Annotated[int, BeforeValidator(_color)]


class Spec(BaseModel):
    """Base of everything that a form says: no unknown keys, nothing changes after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _no_unknown_keys(cls, value: Any) -> Any:
        if isinstance(value, dict):
            for key in value:
                if key not in cls.model_fields:
                    raise ValidationError.from_exception_data(cls.__name__, [_unknown(cls, key)])
        return value


def _unknown(kind: type[Spec], key: str) -> InitErrorDetails:
    known = list(kind.model_fields)
    near = difflib.get_close_matches(key, known, n=1)
    hint = f"「{near[0]}」ではありませんか。" if near else f"使える項目: {'、'.join(known)}"
    message = f"項目「{key}」は使えません。{hint}".replace("{", "{{").replace("}", "}}")
    return InitErrorDetails(type=PydanticCustomError("unknown_key", message), loc=(key,), input=key)


class StyleSpec(Spec):
    """A named style; what it leaves out comes from `extends`."""

    extends: str | None = None
    family: str | None = None
    bold: bool | None = None
    size: PositiveLength | None = None
    leading: PositiveLength | None = None
    align: Align | Literal["number"] | None = None
    valign: VAlign | None = None
    padding: EdgesField | None = None
    indent: LengthField | None = None
    first_indent: LengthField | None = None
    fill: Color | None = None
    color: Color | None = None
    vertical: bool | None = None
    shrink: bool | None = None
    lines: int | None = Field(None, ge=1, le=100)
    floor: PositiveLength | None = None
    kinsoku: Kinsoku | None = None
    compress: bool | None = None
    combine: int | None = Field(None, ge=0, le=4)
    orientation: Orientation | None = None


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

    @property
    def body(self) -> tuple[Length, Length]:
        """Width and height that the margins leave."""
        (width, height), margins = self.paper, self.margins
        return width - margins.left - margins.right, height - margins.top - margins.bottom

    @model_validator(mode="after")
    def _margins_leave_room(self) -> Self:
        if min(self.body) <= 0:
            raise ValueError("余白が広すぎて、本文の場所が残りません。")
        return self


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

    _file: str = PrivateAttr("")
    _text: str = PrivateAttr("")

    def place(self, at: Spec, key: str = "", **names: str) -> Place:
        """Where a part of this form stands: file and line of its `key`, with the names given."""
        path = _path_to(self, at)
        line = line_of(self._text, (*path, key)) if path is not None and self._text else None
        return Place(file=self._file or self.form, line=line, **names)


def _path_to(value: object, target: Spec) -> tuple[str | int, ...] | None:
    """The keys and indices that lead from `value` to `target`, the very same object."""
    if value is target:
        return ()
    steps: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, Spec):
        steps = ((name, getattr(value, name)) for name in type(value).model_fields)
    elif isinstance(value, dict):
        steps = value.items()
    elif isinstance(value, list):
        steps = enumerate(value)
    for step, inner in steps:
        path = _path_to(inner, target)
        if path is not None:
            return (step, *path)
    return None


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
        form = Form.model_validate(tree)
    except ValidationError as error:
        raise _form_error(error, tree, text, file) from None
    form._file, form._text = file, text
    return form


def _form_error(error: ValidationError, tree: Any, text: str, file: str) -> FormError:
    fault = error.errors()[0]
    path = _known_steps(tree, fault["loc"], missing=fault["type"] == "missing")
    where = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    message = f"{where.lstrip('.')}: {_reason(fault)}" if where else _reason(fault)
    return FormError(message, place=_place(tree, path).within(Place(file, line_of(text, path))))


def _known_steps(tree: Any, loc: tuple[str | int, ...], *, missing: bool) -> list[str | int]:
    """The steps of `loc` that the file has; pydantic puts the names of types between them."""
    path: list[str | int] = []
    for number, step in enumerate(loc, 1):
        inside = isinstance(tree, dict) and step in tree
        inside |= isinstance(tree, list) and isinstance(step, int) and step < len(tree)
        if inside:
            tree = tree[step]
        if inside or (missing and number == len(loc)):
            path.append(step)
    return path


def _reason(fault: Any) -> str:
    match fault["type"]:
        case "unknown_key":
            return str(fault["msg"])
        case "missing":
            return "この項目がありません。"
        case "value_error":
            return str(fault["ctx"]["error"])
        case "literal_error":
            known = fault["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
            return f"{known.replace(', ', '、')} のどれかを書いてください。"
        case "too_short":
            return "1つ以上書いてください。"
        case "list_type" | "dict_type" | "model_type" | "string_type":
            return f"{_SHAPES[fault['type']]}で書いてください。"
        case _:
            return f"値「{fault['input']}」は使えません。"


_SHAPES = {
    "list_type": "「- 」で始まる並び",
    "dict_type": "「名前: 値」の形",
    "model_type": "「項目: 値」の形",
    "string_type": "一つの文字列",
}


def _place(tree: Any, path: list[str | int]) -> Place:
    """The grid, the row and the cell on the way to `path`, as `GridCompiler` names them too."""
    rows: list[str] = []
    table, cell, within = "", "", ""
    for step in path:
        if isinstance(tree, dict):
            if "grid" in tree:
                table, rows, cell = str(tree["grid"]), [], ""
            within, tree = str(step), tree.get(step)
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            tree = tree[step]
            if table and within == "rows":
                rows.append(str(step + 1))
            elif table and within == "cells":
                says = tree if isinstance(tree, dict) else {}
                cell = cell_name(step + 1, *map(says.get, ("field", "label", "expr")))
        else:
            break
    return Place(table=table, row=".".join(rows), column=cell)


def cell_name(number: int, *says: str | None) -> str:
    """How messages name a cell of a form: its number in the row, and what it shows."""
    return f"{number} {next(filter(None, says), '')}".rstrip()
