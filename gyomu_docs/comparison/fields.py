"""The fields of two rows, compared one by one under their labels on the form.

Fields and labels come from the models, so a field that every city has needs no line here.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from gyomu_docs.model import ActivityCode
from gyomu_docs.model.sheet import Model

_NAMING = ("means", "purpose")
"""What a row says stands first on the form, though the models have it last."""


class FieldChange(NamedTuple):
    """A field that differs; None where one side has no such field (追加項目 only)."""

    field: str
    old: str | None
    new: str | None


def changed_texts(old: Model, new: Model) -> Iterator[FieldChange]:
    """The plain text fields of two models that differ; blank, `-` and `0` are three things."""
    for name, label in text_fields(type(new)):
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield FieldChange(label, was, now)


def changed_extras(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[FieldChange]:
    """The 追加項目 that differ, were added or removed, in the order of the new edition."""
    for name in {**dict.fromkeys(new), **dict.fromkeys(old)}:
        if old.get(name) != new.get(name):
            yield FieldChange(name, old.get(name), new.get(name))


@functools.cache
def text_fields(model: type[Model]) -> tuple[tuple[str, str], ...]:
    """The plain text fields of a model, in the order of the form: attribute, and label there."""
    fields = [
        (name, field.alias or name)
        for name, field in model.model_fields.items()
        if _is_text(field.annotation)
    ]
    return tuple(sorted(fields, key=lambda field: field[0] not in _NAMING))


def _is_text(annotation: object) -> bool:
    return (
        isinstance(annotation, type)
        and issubclass(annotation, str)
        and not issubclass(annotation, ActivityCode)
    )
