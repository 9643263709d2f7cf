"""What a form must not change between sending drafts and reading them back, as a short text.

A draft says only where its tables stand and which rows they show; what stands in which cell is
known from the form. Two forms with the same fingerprint read a draft alike: the same tables,
columns, rows and fields, the same texts around them. Looks do not count.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from gyomu_docs.errors import FormError
from gyomu_docs.layout.blocks import (
    BesideColumnSpec,
    BesideSpec,
    CellSpec,
    ColumnSpec,
    GridSpec,
    HeadingSpec,
    ParagraphSpec,
    RowSpec,
)
from gyomu_docs.layout.form import Form
from gyomu_docs.layout.page import FurnitureSpec, PageSpec
from gyomu_docs.layout.spec import Spec

_WAY = "1"
"""Of making fingerprints: those of another way cannot be compared."""
_KNOWN = re.compile(f"{_WAY}-[0-9a-f]{{12}}")
_KEYS: dict[type[Spec], tuple[str, ...]] = {
    Form: ("year_style", "page", "blocks"),
    PageSpec: ("header", "footer"),
    FurnitureSpec: ("left", "center", "right"),
    BesideSpec: ("beside",),
    BesideColumnSpec: ("blocks",),
    HeadingSpec: ("heading",),
    ParagraphSpec: ("paragraph", "field"),
    GridSpec: ("grid", "columns", "rows"),
    ColumnSpec: ("name", "years"),
    RowSpec: ("header", "each", "at_least", "cells", "rows"),
    CellSpec: (
        *("label", "field", "expr", "cols", "rows", "years", "heads"),
        *("format", "suffix", "default"),
    ),
}
"""By what a draft is read back; parts of a form that are not here only look."""


def fingerprint(form: Form) -> str:
    """The fingerprint of a form, with all that it takes from others: `1-4025a822c0de`."""
    text = json.dumps(_facts(form), ensure_ascii=False, sort_keys=True)
    return f"{_WAY}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def is_fingerprint(text: str) -> bool:
    """Whether a text is a fingerprint that can be compared with ours."""
    return _KNOWN.fullmatch(text) is not None


def name_taken(form: Form, shipped: Form) -> FormError | None:
    """What is wrong with a form that has the name of one that ships, but is read back otherwise."""
    if form.form != shipped.form or fingerprint(form) == fingerprint(shipped):
        return None
    return FormError(
        f"form: 「{form.form}」は付いている様式の名前ですが、その様式と内容が違います"
        "（返送された原稿を、付いている様式の原稿と取り違えます）。",
        place=form.place(form, "form"),
        hint="form に、このファイルの名前など、ほかの名前を書いてください。",
    )


def _facts(value: Any) -> Any:
    """What counts of a part of a form; defaults are left out, so new keys change nothing."""
    if isinstance(value, list):
        return [fact for one in value if (fact := _facts(one)) is not None]
    if not isinstance(value, Spec):
        return value
    keys = _KEYS.get(type(value))
    if keys is None:
        return None
    facts = {key: _facts(getattr(value, key)) for key in keys if _is_said(value, key)}
    if isinstance(value, GridSpec) and not any(row.header for row in value.rows):
        # Without labels above them, columns of a changed table are known by their shares alone.
        whole = sum(column.width * (column.years or 1) for column in value.columns)
        facts["shares"] = [round(100 * column.width / whole) for column in value.columns]
    return {type(value).__name__: facts}


def _is_said(value: Spec, key: str) -> bool:
    return bool(getattr(value, key) != type(value).model_fields[key].default)
