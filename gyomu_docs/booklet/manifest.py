"""`Manifest`: what the next booklet must know of this one to replace some of its pages.

It travels inside the booklet's PDF, or beside it as a JSON file. Whoever reads it has it from
anybody: `parse_manifest` checks all of it, and refuses what it does not know.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from gyomu_docs.booklet.book import Book
from gyomu_docs.booklet.pieces import Piece
from gyomu_docs.errors import Place, SourceError

PROGRAM = "gyomu-docs booklet"
VERSION = 1
MOST_BYTES = 64_000_000
"""Of the JSON text; a page takes about 120."""
_MOST_PAGES = 200_000

Text = Annotated[str, Field(max_length=10_000)]


class PageRecord(NamedTuple):
    """A page of the finished booklet."""

    label: str
    anchor: str
    """Of its piece; empty for a blank page."""
    number: int
    """Its index in the piece."""
    digest: str
    """Of what is printed on it but for its number; empty for a blank page."""
    title: str
    total: str
    """What stands behind the slash of `n / N`; empty on a cover."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class OldPiece(_Model):
    """A part, a divider or a sheet, and how it is known again."""

    kind: Literal["part", "divider", "sheet"]
    anchor: Text
    title: Text
    unit: Text = ""
    """所属 of a sheet, as printed."""
    number: Text = ""
    """シートNo. of a sheet; of a divider its level."""


class OldPage(_Model):
    """A page; its place in the list is its place in the printed book."""

    label: Text
    total: Text
    """What stands behind the slash of `n / N`; empty on a cover."""
    piece: int | None = Field(ge=0)
    """Index of the piece that it belongs to; None for a blank page."""
    number: int = Field(ge=0)
    """Its index in the piece."""
    digest: Text


class Manifest(_Model):
    """A booklet as it is printed."""

    program: Literal["gyomu-docs booklet"] = "gyomu-docs booklet"
    version: Literal[1] = 1
    numbering: Literal["通し", "部ごと"]
    totals: bool
    """Whether `12 / 340` is printed rather than `12`."""
    both_sides: bool
    year: Text = ""
    """The fiscal year, `R3`; older booklets do not say."""
    pieces: tuple[OldPiece, ...] = Field(max_length=_MOST_PAGES, strict=False)
    pages: tuple[OldPage, ...] = Field(max_length=_MOST_PAGES, strict=False)

    @model_validator(mode="after")
    def _check_pages(self) -> Manifest:
        pieces = [page.piece for page in self.pages if page.piece is not None]
        if pieces and max(pieces) >= len(self.pieces):
            raise ValueError("a page names a piece that is not there")
        if len({page.label for page in self.pages}) != len(self.pages):
            raise ValueError("two pages have one label")
        return self


def manifest_of(book: Book, pieces: Sequence[Piece], pages: Iterable[PageRecord]) -> Manifest:
    """The manifest of a book with these pages, blank ones included, in order."""
    index = {piece.anchor: number for number, piece in enumerate(pieces)}
    return Manifest(
        numbering=book.config.numbers.kind,
        totals=book.config.numbers.total,
        both_sides=book.config.both_sides,
        year=book.year.label(),
        pieces=tuple(old_piece(book, piece) for piece in pieces),
        pages=tuple(
            OldPage(
                label=page.label,
                total=page.total,
                piece=index.get(page.anchor),
                number=page.number,
                digest=page.digest,
            )
            for page in pages
        ),
    )


def old_piece(book: Book, piece: Piece) -> OldPiece:
    """A piece as a manifest has it."""
    unit = number = ""
    if piece.kind == "sheet":
        sheet = book.sheets[piece.position]
        unit, number = sheet.department, sheet.number
    elif piece.kind == "divider":
        number = str(book.dividers[piece.position].level)
    return OldPiece(
        kind=piece.kind, anchor=piece.anchor, title=piece.name, unit=unit, number=number
    )


def dump_manifest(manifest: Manifest) -> bytes:
    """The manifest as JSON: the same bytes for the same booklet."""
    return manifest.model_dump_json().encode()


def parse_manifest(data: bytes, file: str) -> Manifest:
    """Read a manifest. Raises SourceError, which names `file`, for what is none of ours."""
    try:
        tree: Any = json.loads(data)
    except (ValueError, RecursionError):
        raise _refused(file, "冊子の控えを読めません。", _HINT) from None
    if not isinstance(tree, dict) or tree.get("program") != PROGRAM:
        raise not_a_booklet(file)
    version = tree.get("version")
    if isinstance(version, int) and version > VERSION:
        raise _refused(
            file,
            "新しい版の gyomu-docs で作られた冊子のため、読めません。",
            "gyomu-docs を新しくしてください。",
        )
    try:
        return Manifest.model_validate(tree)
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"])) or "pages"
        raise _refused(file, f"冊子の控えが壊れています（{where}）。", _HINT) from None


_HINT = "booklet が書き出した PDF、または --manifest の JSON ファイルを、そのまま指定してください。"


def not_a_booklet(file: str) -> SourceError:
    """The error for a file that holds no manifest."""
    return _refused(file, "gyomu-docs の冊子ではありません。", _HINT)


def _refused(file: str, message: str, hint: str) -> SourceError:
    return SourceError(message, place=Place(file=file), hint=hint)
