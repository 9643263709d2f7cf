"""Fields of the base and what came back in their cells, to edits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from gyomu_docs.collect.cells import (
    edited_paragraphs,
    edited_text,
    is_same,
    origin_of,
)
from gyomu_docs.collect.changes import Addition, DraftChanges, Edit, Origin, Removal
from gyomu_docs.collect.expected import Expected
from gyomu_docs.collect.paths import kind_of
from gyomu_docs.collect.rows import CODE, Returned
from gyomu_docs.collect.texts import folded, joined
from gyomu_docs.errors import Diagnostic, Place
from gyomu_docs.layout.fields import ITSELF
from gyomu_docs.layout.tree import Cell, Grid, Row
from gyomu_docs.model import FiscalYear
from gyomu_docs.readers.docx import Text

_YEAR = "年度"
_NUMBER = "シートNo"
_CODE = re.compile("[0-9]{2}(?:[0-9]{2}){0,2}")


class RecordReader:
    """Compares cells with what the base printed, and notes the changes."""

    def __init__(self, expected: Expected, changes: DraftChanges) -> None:
        self._expected = expected
        self._changes = changes
        self._keys = 0
        self.anchors: dict[str, tuple[str, str, str]] = {}
        """Comment to the section, the record and the field it is anchored at."""

    @property
    def changes(self) -> DraftChanges:
        """What was found so far."""
        return self._changes

    def new_key(self) -> str:
        """A key for an item that the base does not have."""
        self._keys += 1
        return f"+{self._keys}"

    def anchor(self, comments: Iterable[str], section: str, record: str, field: str) -> None:
        """Note where comments are anchored."""
        for comment in comments:
            self.anchors.setdefault(comment, (section, record, field))

    def tell(self, message: str, place: Place, hint: str = "", *, refused: bool = False) -> None:
        """Note what was not taken over; with `refused`, what a person must put right."""
        place = place.within(Place(self._changes.file))
        if refused:
            self._changes.refused.append(Diagnostic("E", "refused", message, place, hint))
        else:
            self._changes.found.append(Diagnostic("W", "structure", message, place, hint))

    def read_row(self, grid: Grid, row: Row, returned: Returned) -> None:
        """Compare a row of the base with the row that shows it now."""
        tracked_row = returned.row.state == "inserted"
        for cell in row.cells:
            place = _place(grid, row, cell)
            found = returned.projection.find(returned.row, cell.column, cell.colspan)
            if found.cell is None:
                if found.fault and (cell.field or cell.texts):
                    now = f"今の文字は「{found.text}」" if found.text else "今の文字はありません"
                    self.tell(f"{found.fault}（{now}）。元の値を残しました。", place)
                continue
            text = found.cell.text
            self.anchor(text.comments, grid.name, row.record, cell.field)
            if tracked_row:
                # All of a row that was moved is tracked; only the row knows by whom.
                text = text._replace(old=cell.texts, marks=text.marks or returned.row.marks)
            if cell.field:
                self.read_text(row.record, cell.field, cell.texts, text, place)
            elif not is_same(cell.texts, text.new):
                was, now = joined(cell.texts), folded(joined(text.new))
                self.tell(
                    f"様式が印刷する欄の書き換え（「{was}」→「{now}」）は取り込みません。", place
                )

    def read_text(
        self,
        record: str,
        field: str,
        printed: Sequence[str],
        text: Text,
        place: Place | None = None,
    ) -> None:
        """Compare a field with the text that shows it now."""
        how = self._expected.how(kind_of(record), field)
        if how.is_list:
            self.read_paragraphs(record, field, text, printed)
            return
        if is_same(printed, text.new):
            return  # The usual case, without a look at what the base has.
        base = self._expected.value(record, field) or ""
        new = edited_text(str(base), printed, text, how)
        if new is None:
            return
        checked = self._checked(record, field, new, place or Place())
        if checked is not None and checked != base:
            origin = self._origin(printed, text)
            self._changes.edits.append(Edit(record, field, str(base), checked, origin))

    def _origin(self, printed: Iterable[str], text: Text) -> Origin:
        tracked = bool(text.marks) and is_same(printed, text.old)
        return origin_of(self._changes.file, text.marks, tracked=tracked)

    def _checked(self, record: str, field: str, new: str, place: Place) -> str | None:
        """The new text of a field that not every text fits; None where it is refused."""
        if field == CODE and kind_of(record):
            return self.code(new, place)
        if record:
            return new
        if field == _NUMBER:
            return self._number(new, place)
        if field == _YEAR:
            self._check_year(new, place)
            return None
        return new

    def _number(self, text: str, place: Place) -> str | None:
        """The number of the sheet as typed, digits in half width; None where there is none."""
        if not text:
            self.tell(f"{_NUMBER} が空です。元の番号を残しました。", place, refused=True)
            return None
        number = _half_width(text)
        return self._told(_NUMBER, text, number, place) if number.isdecimal() else text

    def _told(self, name: str, text: str, read: str, place: Place) -> str:
        """What a text was read as; told where that is not the text itself."""
        if read != text:
            self.tell(f"{name}「{text}」を「{read}」と読みました。", place)
        return read

    def _check_year(self, new: str, place: Place) -> None:
        try:
            same = FiscalYear.parse(new) == self._expected.sheet.fiscal_year
        except ValueError:
            same = False
        if not same:
            self.tell(
                f"年度の書き換え（「{new}」）は取り込めません。",
                place,
                "ほかの年度のシートは rollover で作ってください。",
                refused=True,
            )

    def code(self, text: str, place: Place) -> str | None:
        """A business code as typed; None, and an error of its row, where it is none."""
        code = _half_width(text)
        if _CODE.fullmatch(code):
            return self._told("業務コード", text, code, place)
        message = f"業務コード「{text}」は使えません。" if text else "業務コードがありません。"
        self.tell(message, place, "半角数字の2桁、4桁、6桁で書いてください。", refused=True)
        return None

    def read_paragraphs(
        self, record: str, path: str, text: Text, printed: Sequence[str] | None = None
    ) -> None:
        """Compare a list, one paragraph an item, with the text that shows it now."""
        items = self._expected.value(record, path) or []
        shown = items if printed is None else printed
        if is_same(shown, text.new):
            return
        origin = self._origin(shown, text)
        base = ".".join(part for part in (record, path) if part)
        after: dict[int, str] = {}
        for index, old, new in edited_paragraphs(items, shown, text):
            item = f"{base}[{index}]"
            if new is None:
                self._changes.removals.append(Removal(item, old or "", origin))
            elif old is not None:
                if new != old:
                    self._changes.edits.append(Edit(item, ITSELF, old, new, origin))
            else:
                key = self.new_key()
                before = after.get(index, item if index else "")
                after[index] = key
                values = ((ITSELF, new),)
                addition = Addition(key, record, path, before, values, origin)
                self._changes.additions.append(addition)


def _half_width(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _place(grid: Grid, row: Row, cell: Cell) -> Place:
    column = grid.column_names[cell.column]
    return Place(table=grid.name, row=row.label or row.record, column=column)
