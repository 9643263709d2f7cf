"""Style specs of a form to resolved `Style` values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from gyomu_docs.errors import FormError, Place
from gyomu_docs.layout.form import Form, StyleSpec
from gyomu_docs.layout.tree import Edges, Style


class CellStyle(NamedTuple):
    """The style of a cell: one for texts, one for numbers (they differ for `align: number`)."""

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


def resolve_styles(form: Form) -> dict[str, CellStyle]:
    """Every style of the form with nothing left to inherit. Raises FormError."""
    return {name: _cell_style(name, _inherited(form, name)) for name in form.styles}


def _inherited(form: Form, name: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    seen: list[str] = []
    current: str | None = name
    while current is not None:
        place = Place(file=form.form, table="styles", row=name)
        if current in seen:
            raise FormError(f"extends が輪になっています（{' → '.join(seen)}）。", place=place)
        seen.append(current)
        spec = form.styles.get(current)
        if spec is None:
            raise FormError(f"style「{current}」がありません。", place=place)
        values = {**_given(spec), **values}
        current = spec.extends
    return {**_DEFAULTS, **values}


def _given(spec: StyleSpec) -> dict[str, Any]:
    return {
        key: getattr(spec, key)
        for key in type(spec).model_fields
        if key != "extends" and getattr(spec, key) is not None
    }


def _cell_style(name: str, values: dict[str, Any]) -> CellStyle:
    if values["align"] != "number":
        style = Style(name=name, **values)
        return CellStyle(style, style)
    text = Style(name=name, **{**values, "align": "center"})
    return CellStyle(text, replace(text, align="right"))
