"""What a cell shows, as a function of the scope: values as texts, with format, suffix, default."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gyomu_docs.layout.blocks import CellSpec
from gyomu_docs.layout.fields import PathError, Scope
from gyomu_docs.layout.form import Form
from gyomu_docs.layout.rows import NUMBERS, Texts
from gyomu_docs.layout.texts import money, text_of
from gyomu_docs.model import parse_value


def shown(spec: CellSpec, get: Callable[[Scope], Any], form: Form) -> Texts:
    """A scalar value as texts, with what the cell says about format, suffix and default."""
    style, suffix, default = form.year_style, spec.suffix, spec.default
    if spec.format == "money":
        return lambda values: paragraphs(money(text_of(get(values), style), suffix) or default)
    if not suffix and not default:
        # The common case, a text as it is, must stay cheap: a form has a thousand such cells.
        def plain(values: Scope) -> tuple[str, ...]:
            value = get(values)
            if value.__class__ is not str:
                value = text_of(value, style)
            return (value,) if value else ()

        return plain

    def full(values: Scope) -> tuple[str, ...]:
        text = text_of(get(values), style)
        if text and suffix and parse_value(text).kind in NUMBERS:
            text += suffix
        return paragraphs(text or default)

    return full


def listed(spec: CellSpec, get: Callable[[Scope], Any]) -> Texts:
    """The items of a list as texts. An empty item stays: paragraphs are numbered as items are."""
    if spec.format != "text" or spec.suffix:
        raise PathError(f"「{spec.field}」は並びなので、format と suffix は使えません。")
    default = paragraphs(spec.default)
    return lambda values: tuple(item.value for item in get(values)) or default


def paragraphs(text: str) -> tuple[str, ...]:
    """A text as the only paragraph; none where it is empty."""
    return (text,) if text else ()
