"""Texts of a form with fields in braces: `業務棚卸表　{年度}年度`; and values to texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from gyomu_docs.layout.fields import Field, PathError, Scope
from gyomu_docs.layout.tree import PageNumber, Piece
from gyomu_docs.model import FiscalYear, YearStyle
from gyomu_docs.model.money import amount_value, format_amount

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_YEAR_STYLES = ("short", "short-digit", "long", "western", "both")


def text_of(value: Any, year_style: YearStyle) -> str:
    """A scalar value as a text; fiscal years in the style of the form."""
    if isinstance(value, FiscalYear):
        return value.label(year_style)
    return str(value)


def compile_template(
    template: str, read: Callable[[str], Field], year_style: YearStyle
) -> Callable[[Scope], str]:
    """A text with `{path}` or `{path:style}` in it as a function of the scope.

    `read` reads the path of a text (`PathReader.read_text`) where it stands; the style is one of
    `YearStyle`. Raises PathError.
    """
    parts = [
        _placeholder(part, read, year_style)[0] if index % 2 else part
        for index, part in enumerate(_PLACEHOLDER.split(template))
    ]
    if len(parts) == 1:
        return lambda scope: template
    if len(parts) == 3 and not parts[0] and not parts[2] and callable(parts[1]):
        return parts[1]
    return lambda scope: "".join(part if isinstance(part, str) else part(scope) for part in parts)


def compile_pieces(
    template: str, read: Callable[[str], Field], year_style: YearStyle
) -> Callable[[Scope], tuple[Piece, ...]]:
    """The same as pieces, by which a text is read back; none for a text without fields."""
    parts = [
        _placeholder(part, read, year_style) if index % 2 else part
        for index, part in enumerate(_PLACEHOLDER.split(template))
    ]
    if len(parts) == 1:
        return lambda scope: ()
    return lambda scope: tuple(
        Piece(part) if isinstance(part, str) else Piece(part[0](scope), part[1])
        for part in parts
        if part
    )


def _placeholder(
    part: str, read: Callable[[str], Field], year_style: YearStyle
) -> tuple[Callable[[Scope], str], str]:
    """The text of a field, and its name (`Field.name`)."""
    path, _, wanted = part.partition(":")
    if wanted and wanted not in _YEAR_STYLES:
        raise PathError(
            f"「{wanted}」という年度の書き方はありません（{'、'.join(_YEAR_STYLES)}）。"
        )
    style: YearStyle = wanted or year_style  # type: ignore[assignment]  # checked above
    field = read(path)
    get = field.get
    return lambda scope: text_of(get(scope), style), field.name


def furniture_parts(template: str, text: Callable[[str], str]) -> tuple[str | PageNumber, ...]:
    """A header or footer part; `text` fills the fields of a piece without page numbers."""
    pieces: list[str | PageNumber] = []
    for piece in re.split(r"(\{pages?\})", template):
        if piece in ("{page}", "{pages}"):
            pieces.append(PageNumber("page" if piece == "{page}" else "pages"))
        elif piece:
            pieces.append(text(piece))
    return tuple(pieces)


def money(text: str, suffix: str) -> str:
    """An amount as forms print it; the suffix only behind a number."""
    shown = format_amount(text)
    return f"{shown}{suffix}" if amount_value(text) is not None else shown
