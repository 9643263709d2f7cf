"""Running heads, page numbers and binding of the pages of a book, once their place is known."""

from __future__ import annotations

from collections.abc import Sequence

from gyomu_docs.booklet.numbering import BookPage
from gyomu_docs.booklet.setting import SetPart, Setting
from gyomu_docs.booklet.settling import without_total
from gyomu_docs.typeset.furniture import PageNumbers, page_shift
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.writers.pdf import Dressing, encode_overlay


class Dresser:
    """Dresses the pages of parts; keep one for a book."""

    def __init__(self, setting: Setting, typesetter: Typesetter, *, totals: bool) -> None:
        """`totals` says whether forms that print `12 / 340` may do so."""
        self._setting = setting
        self._typesetter = typesetter
        self._totals = totals

    def dress(self, part: SetPart, pages: Sequence[BookPage]) -> list[Dressing]:
        """What pages of a part become in their place; a cover has neither heads nor numbers."""
        setup = part.page if self._totals else without_total(part.page)
        numbers: list[PageNumbers] = [
            {"page": page.label, "pages": page.total} for page in pages if page.total
        ]
        heads = self._typesetter.dress(setup, part.title, numbers)
        dressings = []
        for page in pages:
            overlay = None
            if page.total:
                artifacts, _ = next(heads)
                overlay = encode_overlay(setup.width, setup.height, artifacts, self._setting.fonts)
            dressings.append(Dressing(page.label, overlay, page_shift(part.page, page.leaf)))
        return dressings
