"""合計 and 件数 of a form's expressions: sums and numbers of rows, by a path in each row.

`合計(予算, '予算額')`, `合計(事業費, '決算[年度-1]')`, `件数(行政活動, '達成', '○')`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from gyomu_docs.layout.fields import Getter, PathError, PathReader, names_of
from gyomu_docs.layout.views import viewed
from gyomu_docs.model import FiscalYear, ValueKind, parse_value
from gyomu_docs.model.money import amount_value


class Uncounted(NamedTuple):
    """A text that a sum left out, since it is no number: who reads the sum must know."""

    path: str
    text: str


class Sums:
    """The functions of expressions, for sheets of one fiscal year; `年` may stand for another."""

    def __init__(self, reader: PathReader) -> None:
        self.reader = reader
        self._getters: dict[tuple[Any, str, FiscalYear | None], Getter] = {}
        self.uncounted: list[Uncounted] = []
        """What sums left out since this list was last cleared."""

    def getter(self, kind: Any, path: str, year: FiscalYear | None) -> Getter:
        """What gets the text at `path` of a row of this type. Raises PathError."""
        key = (kind, path, year)
        if key not in self._getters:
            self._getters[key] = self.reader.read_text(path, (kind,), year).get
        return self._getters[key]

    def total(
        self, year: FiscalYear | None, rows: Any, path: str, where: str = "", value: str = ""
    ) -> Decimal:
        """合計: the sum of the numbers at `path`, of the rows that have `value` at `where`.

        Blank and `-` count nothing; what is no number is noted in `uncounted`.
        """
        total = Decimal(0)
        for row in self._chosen(year, rows, where, value):
            text = self._text(row, path, year)
            number = amount_value(text)
            if number is not None:
                total += number
                continue
            read = parse_value(text)
            if read.number is not None:
                total += read.number
            elif read.kind is ValueKind.WORDS:
                self.uncounted.append(Uncounted(path, text))
        return total

    def count(self, year: FiscalYear | None, rows: Any, where: str = "", value: str = "") -> int:
        """件数: the number of rows, or of those that have `value` at `where`."""
        return sum(1 for _ in self._chosen(year, rows, where, value))

    def _chosen(self, year: FiscalYear | None, rows: Any, where: str, value: str) -> Iterator[Any]:
        if not isinstance(rows, list):
            raise TypeError("合計と件数は並びに使います")
        for row in map(viewed, rows):
            if not where or self._text(row, where, year) == value:
                yield row

    def _text(self, row: Any, path: str, year: FiscalYear | None) -> str:
        if not names_of(type(row)):
            raise PathError(f"「{path}」のある並びではありません。")
        return str(self.getter(type(row), path, year)((row,)))
