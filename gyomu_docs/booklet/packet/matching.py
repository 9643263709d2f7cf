"""Which piece of the old book is which of the new one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from gyomu_docs.booklet.manifest import OldPiece


def match_pieces(old: Sequence[OldPiece], new: Sequence[OldPiece]) -> dict[int, int]:
    """By index of a new piece the index of the old one that it was; none for what is new.

    Parts and sheets are known by their anchor, a sheet that was renamed by 所属 and シートNo.,
    dividers by level and title (their anchors count sheets). Of several alike the first that is
    left is taken.
    """
    matches: dict[int, int] = {}
    for key in (_by_anchor, _by_name):
        left: dict[Hashable, list[int]] = {}
        matched = set(matches.values())
        for index, piece in enumerate(old):
            if index not in matched and (known := key(piece)) is not None:
                left.setdefault(known, []).append(index)
        for index, piece in enumerate(new):
            alike = left.get(key(piece)) if index not in matches else None
            if alike:
                matches[index] = alike.pop(0)
    return matches


_Key = Callable[[OldPiece], Hashable]


def _by_anchor(piece: OldPiece) -> Hashable:
    return None if piece.kind == "divider" else (piece.kind, piece.anchor)


def _by_name(piece: OldPiece) -> Hashable:
    match piece.kind:
        case "sheet":
            return piece.unit, piece.number
        case "divider":
            return piece.number, piece.title
        case _:
            return None
