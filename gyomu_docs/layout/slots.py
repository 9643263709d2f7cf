"""Finds the column of every cell of a grid, past the cells that span down from rows above."""

from __future__ import annotations

ALL, EACH = 0, -1
"""Row spans that are known only when the rows are made: to the grid's end, all items."""


class SlotError(ValueError):
    """Cells that do not fill a grid; the message is in Japanese."""


class Slots:
    """Which columns of the coming rows are taken by cells that span several rows.

    After a fault nobody knows where the cells behind it belong: it is the only one that is told.
    """

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self.lost = False
        """Whether there was a fault, so that columns mean nothing any more."""
        self._taken: dict[int, int] = {}
        self._next = 0
        self._new: dict[int, int] = {}

    def start(self) -> None:
        """Open a row."""
        self._next = 0
        self._new = {}

    def place(self, colspan: int, rowspan: int) -> int:
        """The column of the next cell of this row. Raises SlotError."""
        if self.lost:
            return 0
        while self._next in self._taken:
            self._next += 1
        column = self._next
        if column + colspan > self._columns:
            raise self.fault(
                f"セルが最後の列を越えます（{column + 1}列目から{colspan}列、"
                f"全部で{self._columns}列）。"
            )
        for slot in range(column, column + colspan):
            if slot in self._taken:
                raise self.fault(f"セルが{slot + 1}列目で上のセルと重なります。")
            if rowspan == ALL or rowspan > 1:
                self._new[slot] = rowspan
        self._next = column + colspan
        return column

    def end(self) -> None:
        """Close the row: it must be full. Spans from above come one row nearer to their end."""
        if self.lost:
            return
        while self._next in self._taken:
            self._next += 1
        if self._next != self._columns:
            raise self.fault(f"セルが足りません（{self._columns}列のうち{self._next}列まで）。")
        self._taken = {
            slot: left - 1 if left != ALL else ALL
            for slot, left in self._taken.items()
            if left != 1
        }
        for slot, rows in self._new.items():
            self._taken[slot] = rows - 1 if rows != ALL else ALL

    def border(self, name: str) -> None:
        """Check that no cell spans over this place, but those that go on to the grid's end.

        Such places are the grid's end and both ends of a repetition, whose number of rows is
        known only when it is made.
        """
        if not self.lost and any(left != ALL for left in self._taken.values()):
            raise self.fault(f"rows の数が{name}を越えます。")

    def fault(self, message: str) -> SlotError:
        """An error to raise; from now on columns mean nothing."""
        self.lost = True
        return SlotError(message)
