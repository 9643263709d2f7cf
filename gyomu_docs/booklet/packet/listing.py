"""差し替え表: what the council office does with the leaves of a packet, one line a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from pydantic import Field

from gyomu_docs.booklet.manifest import Manifest
from gyomu_docs.booklet.packet.patching import Leaf, Side
from gyomu_docs.booklet.part_model import PartFacts, PartModel
from gyomu_docs.booklet.setting import SetPart, page_anchor

TITLE = "差し替え表"
Kind = Literal["差し替え", "追加", "抜き取り", "裏面", "白紙"]
"""`裏面` has not changed, but shares a leaf with a page that did."""


class ReplacementLine(PartModel):
    """A page that is put in or taken out."""

    paper: str = Field("", alias="紙")
    """Of the first page on a leaf, its number among the leaves that are put in."""
    task: str = Field("", alias="作業")
    """Of the first page on a leaf: what to do with it."""
    label: str = Field(alias="頁")
    kind: str = Field(alias="区分")
    """A `Kind`; forms show texts only."""
    name: str = Field("", alias="シート")
    position: str = Field("", alias="位置")
    """Which page of its sheet: `2 / 3`."""
    anchor: str = Field("", alias="目印")
    """Of the page in the packet; empty where it is not there."""


class ReplacementFacts(PartFacts):
    """What the form of the list is filled from."""

    exchanged: str = Field(alias="差し替える紙")
    """Leaves that take the place of others."""
    added: str = Field(alias="追加する紙")
    removed: str = Field(alias="抜き取る紙")
    """Leaves in whose place nothing comes."""
    printing: str = Field(alias="印刷")
    """`両面` or `片面`."""
    lines: tuple[ReplacementLine, ...] = Field(alias="内訳")


class Lister:
    """Makes the lines of the leaves that differ."""

    def __init__(
        self, old: Manifest, parts: Mapping[str, SetPart], names: Mapping[str, str]
    ) -> None:
        """`parts` and `names` are those of the pieces of the new book, by anchor."""
        self._old = old
        self._parts = parts
        self._names = names
        self._pages_of_old = [0] * len(old.pieces)
        for page in old.pages:
            if page.piece is not None:
                self._pages_of_old[page.piece] += 1

    def digest(self, side: Side) -> str:
        """Of what is printed on a side; empty for a blank one."""
        return self._parts[side.anchor].digests[side.number] if side.anchor else ""

    def differs(self, leaf: Leaf) -> bool:
        """Whether a leaf is not in the old book as it is."""
        if leaf.gone or tuple(side.old for side in leaf.sides) != leaf.old:
            return True
        return any(self._changed(side) for side in leaf.sides)

    def lines(self, leaves: Sequence[Leaf]) -> list[ReplacementLine]:
        """The lines of all leaves that differ, in order; `leaves` are those of the whole book."""
        made: list[ReplacementLine] = []
        paper = 0
        before = ""
        for leaf in leaves:
            if self.differs(leaf):
                paper += bool(leaf.sides)
                task = self._task(leaf, before)
                lines = [*map(self._line, leaf.sides), *self._gone(leaf)]
                shown = str(paper) if leaf.sides else "-"
                lines[0] = lines[0].model_copy(update={"paper": shown, "task": task})
                made += lines
            if leaf.sides:
                before = leaf.sides[-1].label
        return made

    def _changed(self, side: Side) -> bool:
        return side.old is None or self._old.pages[side.old].digest != self.digest(side)

    def _task(self, leaf: Leaf, before: str) -> str:
        if not leaf.old:
            return f"{before}の次に入れる" if before else "最初に入れる"
        labels = "・".join(self._old.pages[index].label for index in leaf.old)
        return f"{labels}の紙と取り替える" if leaf.sides else f"{labels}の紙を抜き取る"

    def _line(self, side: Side) -> ReplacementLine:
        if not side.anchor:
            was = self._old.pages[side.old].piece if side.old is not None else None
            if was is not None and side.old is not None:
                return self._removed(side.old, "（白紙になる）")
            return ReplacementLine(label=side.label, kind="白紙")
        kind: Kind = "差し替え" if self._changed(side) else "裏面"
        count = len(self._parts[side.anchor].digests)
        return ReplacementLine(
            label=side.label,
            kind="追加" if side.old is None else kind,
            name=self._names[side.anchor],
            position=f"{side.number + 1} / {count}",
            anchor=page_anchor(side.anchor, side.number),
        )

    def _gone(self, leaf: Leaf) -> Iterator[ReplacementLine]:
        for index in leaf.gone:
            if self._old.pages[index].piece is not None:
                yield self._removed(index)

    def _removed(self, index: int, note: str = "") -> ReplacementLine:
        page = self._old.pages[index]
        piece = page.piece or 0
        return ReplacementLine(
            label=page.label,
            kind="抜き取り",
            name=self._old.pieces[piece].title + note,
            position=f"{page.number + 1} / {self._pages_of_old[piece]}",
        )


def count_leaves(leaves: Sequence[Leaf]) -> tuple[int, int, int]:
    """How many of these leaves are exchanged, added and taken out."""
    exchanged = sum(1 for leaf in leaves if leaf.old and leaf.sides)
    added = sum(1 for leaf in leaves if not leaf.old)
    return exchanged, added, len(leaves) - exchanged - added
