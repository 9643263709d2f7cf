"""Running heads, page numbers and binding of the pages of a book, once their place is known."""

from __future__ import annotations

from gyomu_docs.booklet.numbering import BookPage
from gyomu_docs.booklet.setting import SetPart, Setting
from gyomu_docs.booklet.settling import without_total
from gyomu_docs.typeset.furniture import page_shift
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.writers.pdf import Dressing, encode_overlay


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
        setup = part.page if self._totals else without_total(part.page)
        artifacts, _ = self._typesetter.dress(setup, part.title, page.label, page.total)
        overlay = encode_overlay(setup.width, setup.height, artifacts, self._setting.fonts)
        return Dressing(page.label, overlay, shift)
