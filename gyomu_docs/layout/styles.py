"""Style specs of a form to resolved `Style` values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from gyomu_docs.errors import (
    FormError,
    name_hint,
)
from gyomu_docs.layout.faults import Faults
from gyomu_docs.layout.form import Form, StyleSpec
from gyomu_docs.layout.tree import Edges, Style
from gyomu_docs.units import PT, Length


class CellStyle(NamedTuple):
    """The style of a cell: one for texts, one for numbers.

    They differ for `align: number` and `align: decimal`, where texts stand in the middle.
    """

    text: Style
    number: Style


_DEFAULTS: dict[str, Any] = {
    "family": "BIZ UDGothic",
    "bold": False,
    "size": 8000,
    "leading": 10000,
    "padding": Edges(1000, 2000, 1000, 2000),
    "align": "left",
}
"""For what `Style` has no default of its own."""

_HEIGHTS = frozenset(("size", "leading", "padding"))

LINES_ON_A_PAGE = 4
"""As many lines of a style must fit on a page: a page needs room for header rows and a line."""


def resolve_styles(form: Form, faults: Faults) -> dict[str, CellStyle]:
    """Every style of the form with nothing left to inherit.

    A faulty one is added to `faults`, and stands as a plain style, so that what uses it can be
    checked as well.
    """
    styles = {}
    for name, spec in form.styles.items():
        try:
            styles[name] = _cell_style(name, _inherited(form, name))
            _check(form, spec, styles[name].text)
        except FormError as fault:
            faults.add(fault)
            styles[name] = _cell_style(name, _DEFAULTS)
    return styles


def _check(form: Form, spec: StyleSpec, style: Style) -> None:
    """A line must hold its characters, and a page several lines."""
    if not _HEIGHTS & _given(spec).keys():
        return  # The style that it extends is the one to be told of.
    if style.leading < style.size:
        raise _error(
            form, spec, style.name, "leading（行送り）が size（文字の大きさ）より小さいです。"
        )
    mark = form.page.watermark
    if mark is not None and mark.style == style.name:
        return  # A watermark is no line. Whatever else uses its style checks the lines itself.
    try:
        check_lines(style, form)
    except ValueError as fault:
        raise _error(form, spec, style.name, str(fault)) from None


def _inherited(form: Form, name: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    seen: list[str] = []
    spec = form.styles[name]
    current = name
    while True:
        seen.append(current)
        values = {**_given(spec), **values}
        if spec.extends is None:
            return {**_DEFAULTS, **values}
        current = spec.extends
        if current in seen:
            loop = " → ".join([*seen, current])
            raise _error(form, spec, name, f"extends が輪になっています（{loop}）。", "extends")
        if current not in form.styles:
            message = unknown_style(current, form.styles)
            raise _error(form, spec, seen[-1], message, "extends")
        spec = form.styles[current]


def unknown_style(name: str, known: Iterable[str]) -> str:
    """What to say of a style that is not there, with the nearest one that is."""
    return f"style「{name}」がありません。{name_hint(name, known, '使える style')}"


def check_lines(style: Style, form: Form) -> None:
    """Raise ValueError, in Japanese, where too few lines of the style fit on a page."""
    _, height = form.page.body
    if style.leading + style.padding.top + style.padding.bottom > height // LINES_ON_A_PAGE:
        raise ValueError("1行の高さがページに対して大きすぎます。")


def check_room(style: Style, width: Length) -> None:
    """Raise ValueError, in Japanese, where not one character of the style fits into a width."""
    padding = style.padding
    room = width - padding.left - padding.right
    if not style.vertical:
        room -= style.indent + style.first_indent
    least = min(style.floor, style.size) if style.shrink else style.size
    if room < least:
        raise ValueError(
            f"幅{in_mm(width)}では1文字も入りません（style「{style.name}」の文字は"
            f"{least / PT:g}pt、余白と字下げを引いた幅は{room / PT:g}pt）。"
        )


def in_mm(length: Length) -> str:
    """A length as forms give widths: `273mm`."""
    return f"{length * 25.4 / 72000:.1f}".removesuffix(".0") + "mm"


def _error(form: Form, spec: StyleSpec, name: str, message: str, key: str = "") -> FormError:
    return FormError(message, place=form.place(spec, key, table="styles", row=name))


def _given(spec: StyleSpec) -> dict[str, Any]:
    return {
        key: getattr(spec, key)
        for key in type(spec).model_fields
        if key != "extends" and getattr(spec, key) is not None
    }


def _cell_style(name: str, values: dict[str, Any]) -> CellStyle:
    align = values["align"]
    if align not in ("number", "decimal"):
        style = Style(name=name, **values)
        return CellStyle(style, style)
    text = Style(name=name, **{**values, "align": "center"})
    return CellStyle(text, replace(text, align="decimal" if align == "decimal" else "right"))
