"""Books as letters: `A2 _ B1` is a book of piece A with two pages, a blank one, piece B with one.

`patched(old("A2 _ B1"), "A3 B1")` gives the leaves of the patched book, sides parted by a bar:
`["1 A1 | 2 A2", "3 A3 | ", …]`. Pages are numbered from 1; the digest of a page is its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gyomu_docs.booklet.manifest import Manifest, OldPage, OldPiece
from gyomu_docs.booklet.packet.patching import Leaf, NewPiece, Patch, Side, patch_book

BLANK = "_"
_TOKEN = re.compile(r"(>?)([A-Z])(\d+)")


def old(book: str, *, both_sides: bool = True, labels: Sequence[str] = ()) -> Manifest:
    """The manifest of a book; labels are 1, 2, … unless given."""
    pieces: list[OldPiece] = []
    pages: list[tuple[int | None, int, str]] = []
    for token in book.split():
        if token == BLANK:
            pages.append((None, 0, ""))
            continue
        _, name, count = _parse(token)
        pages += [(len(pieces), number, f"{name}{number + 1}") for number in range(count)]
        pieces.append(piece(name))
    total = str(len(pages))
    return Manifest(
        numbering="通し",
        totals=True,
        both_sides=both_sides,
        pieces=tuple(pieces),
        pages=tuple(
            OldPage(label=label, total=total, piece=owner, number=number, digest=digest)
            for label, (owner, number, digest) in zip(
                labels or map(str, range(1, len(pages) + 1)), pages, strict=True
            )
        ),
    )


def piece(name: str) -> OldPiece:
    return OldPiece(kind="sheet", anchor=name, title=f"シート{name}", unit="課", number=name)


def new(book: str) -> list[NewPiece]:
    """The pieces of a new book; `>A1` begins on a right-hand page."""
    tokens = [_parse(token) for token in book.split()]
    return [
        NewPiece(piece(name), count, starts_right=bool(right), cover=False)
        for right, name, count in tokens
    ]


def patched(before: Manifest, book: str) -> list[str]:
    return shown(patch_book(before, new(book)))


def shown(patch: Patch) -> list[str]:
    return [_leaf(leaf) for leaf in patch.leaves]


def manifest_of(before: Manifest, patch: Patch, pieces: Iterable[NewPiece]) -> Manifest:
    """The manifest of a patched book."""
    known = [one.piece for one in pieces]
    index = {one.anchor: number for number, one in enumerate(known)}
    pages = [
        OldPage(
            label=side.label,
            total=side.total,
            piece=index.get(side.anchor),
            number=side.number,
            digest=f"{side.anchor}{side.number + 1}" if side.anchor else "",
        )
        for leaf in patch.leaves
        for side in leaf.sides
    ]
    return before.model_copy(update={"pieces": tuple(known), "pages": tuple(pages)})


def _leaf(leaf: Leaf) -> str:
    if not leaf.sides:
        return f"- {','.join(str(index + 1) for index in leaf.old)}"
    return " | ".join(map(_side, leaf.sides))


def _side(side: Side) -> str:
    return f"{side.label} {side.anchor}{side.number + 1}" if side.anchor else f"{side.label} _"


def _parse(token: str) -> tuple[str, str, int]:
    match = _TOKEN.fullmatch(token)
    assert match, token
    return match[1], match[2], int(match[3])
