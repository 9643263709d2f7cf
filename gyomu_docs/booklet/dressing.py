"""Running heads, page numbers and binding of the pages of a book, once their place is known."""

from __future__ import annotations

from dataclasses import replace

from gyomu_docs.booklet.numbering import BookPage
from gyomu_docs.booklet.setting import SetPart, Setting
from gyomu_docs.layout.tree import Furniture, PageNumber, PageSetup
from gyomu_docs.typeset.furniture import page_shift
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.writers.pdf import Dressing, encode_overlay

_TOTAL = PageNumber("pages")


class Dresser:
    """Dresses the pages of parts; keep one for a book."""

    def __init__(self, setting: Setting, typesetter: Typesetter, *, totals: bool) -> None:
        """`totals` says whether forms that print `12 / 340` may do so."""
        self._setting = setting
        self._typesetter = typesetter
        self._totals = totals

    def dress(self, part: SetPart, page: BookPage) -> Dressing:
        """What a page of a part becomes in its place; a cover has neither heads nor number."""
        shift = page_shift(part.page, page.leaf)
        if not page.total:
            return Dressing(page.label, None, shift)
        setup = part.page if self._totals else _without_total(part.page)
        artifacts, _ = self._typesetter.dress(setup, part.title, page.label, page.total)
        overlay = encode_overlay(setup.width, setup.height, artifacts, self._setting.fonts)
        return Dressing(page.label, overlay, shift)


def _without_total(setup: PageSetup) -> PageSetup:
    """The page with `12` where its form prints `12 / 340`."""

    def plain(furniture: Furniture) -> Furniture:
        left, center, right = (
            part[: part.index(_TOTAL) - 1] if _TOTAL in part and part.index(_TOTAL) else part
            for part in (furniture.left, furniture.center, furniture.right)
        )
        return replace(furniture, left=left, center=center, right=right)

    return replace(setup, header=plain(setup.header), footer=plain(setup.footer))
