"""Finds the column of every cell of a grid, past the cells that span down from rows above."""

from __future__ import annotations

ALL, EACH = 0, -1
"""Row spans that are known only when the rows are made: to the grid's end, all items."""


class CellError(Exception):
    """A fault in a grid, with the number of its row and the cell in it."""

    def __init__(self, row: str, cell: str, message: str) -> None:
        super().__init__(message)
        self.row = row
        self.cell = cell
        self.message = message


class Slots:
    """Which columns of the coming rows are taken by cells that span several rows."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._taken: dict[int, int] = {}
        self._row = ""
        self._next = 0
        self._new: dict[int, int] = {}

    def start(self, row: str) -> None:
        """Open a row; `row` is how a fault names it."""
        self._row = row
        self._next = 0
        self._new = {}

    def place(self, cell: str, colspan: int, rowspan: int) -> int:
        """The column of the next cell of this row."""
        while self._next in self._taken:
            self._next += 1
        column = self._next
        if column + colspan > self._columns:
            raise CellError(
                self._row,
                cell,
                f"セルが最後の列を越えます（{column + 1}列目から{colspan}列、"
                f"全部で{self._columns}列）。",
            )
        for slot in range(column, column + colspan):
            if slot in self._taken:
                raise CellError(self._row, cell, f"セルが{slot + 1}列目で上のセルと重なります。")
            if rowspan == ALL or rowspan > 1:
                self._new[slot] = rowspan
        self._next = column + colspan
        return column

    def end(self) -> None:
        """Close the row: it must be full. Spans from above come one row nearer to their end."""
        while self._next in self._taken:
            self._next += 1
        if self._next != self._columns:
            raise CellError(
                self._row, "", f"セルが足りません（{self._columns}列のうち{self._next}列まで）。"
            )
        self._taken = {
            slot: left - 1 if left != ALL else ALL
            for slot, left in self._taken.items()
            if left != 1
        }
        for slot, rows in self._new.items():
            self._taken[slot] = rows - 1 if rows != ALL else ALL

    def finish(self, row: str) -> None:
        """Check at the grid's end that no cell spans past it."""
        if any(left != ALL for left in self._taken.values()):
            raise CellError(row, "", "rows の数が表の最後の行を越えます。")
