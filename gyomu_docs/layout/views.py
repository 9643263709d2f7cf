"""The model as expressions of a form see it: by the keys of the sheet file, and nothing else."""

from __future__ import annotations

from typing import Any

from gyomu_docs.layout.fields import Item, names_of


class View:
    """A model seen by the keys of the sheet file: `view.予算[0].事業名`."""

    __slots__ = ("_value",)

    def __init__(self, value: Any) -> None:
        self._value = value

    def __getattr__(self, name: str) -> Any:
        names = names_of(type(self._value))
        if name not in names:
            raise AttributeError(f"項目「{name}」はありません")
        return view(names[name][0](self._value))


def view(value: Any) -> Any:
    """A value of the model for an expression; texts and numbers are what they are."""
    if isinstance(value, tuple) and all(isinstance(item, Item) for item in value):
        return [view(item.value) for item in value]
    return View(value) if names_of(type(value)) else value


def viewed(shown: Any) -> Any:
    """The value behind a view."""
    return shown._value if isinstance(shown, View) else shown
