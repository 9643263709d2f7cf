"""The cross-reference table as a stream (ISO 32000-1, 7.5.8)."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_ROW = struct.Struct(">BIH")
WIDTHS = "1 4 2"
"""Bytes of the three fields; the second holds offsets up to 4 GB."""
COLUMNS = _ROW.size
_AT_ONCE = 16_384
"""Rows to subtract at once: all of a booklet's would take ten times their own room."""


class CrossReferences:
    """Where each object is. Kept as bytes: a booklet has a million objects."""

    def __init__(self) -> None:
        self._rows = bytearray()
        self._set(0, 0, 0, 0xFFFF)  # the head of the list of free objects

    def add_object(self, number: int, offset: int) -> None:
        """Enter an object that stands in the file by itself."""
        self._set(number, 1, offset, 0)

    def add_compressed(self, numbers: Sequence[int], stream: int) -> None:
        """Enter the objects of an object stream, in their order there."""
        self._make_room(max(numbers))
        if isinstance(numbers, range) and numbers.step == 1:
            start, end = numbers.start * COLUMNS, numbers.stop * COLUMNS
            self._rows[start:end] = _compressed(len(numbers), stream)
            return
        rows, pack = self._rows, _ROW.pack_into
        for index, number in enumerate(numbers):
            pack(rows, number * COLUMNS, 2, stream, index)

    @property
    def size(self) -> int:
        """One more than the highest object number."""
        return len(self._rows) // COLUMNS

    def predicted(self) -> bytes:
        """Return the rows, each as its difference to the one above (PNG filter Up, 7.4.4.4).

        Neighbours differ in one byte, so this deflates to a twentieth.
        """
        rows, predicted = self._rows, bytearray()
        step = _AT_ONCE * COLUMNS
        for start in range(0, len(rows), step):
            above = rows[start - COLUMNS : start] if start else bytes(COLUMNS)
            predicted += _predicted(bytes(above), bytes(rows[start : start + step]))
        return bytes(predicted)

    def _set(self, number: int, kind: int, second: int, third: int) -> None:
        self._make_room(number)
        _ROW.pack_into(self._rows, number * COLUMNS, kind, second, third)

    def _make_room(self, number: int) -> None:
        missing = (number + 1) * COLUMNS - len(self._rows)
        if missing > 0:
            self._rows.extend(bytes(missing))


def _compressed(count: int, stream: int) -> bytearray:
    """The rows of all objects of an object stream, column by column: they are a million."""
    rows = bytearray(count * COLUMNS)
    rows[0::COLUMNS] = b"\x02" * count
    for column, value in enumerate(stream.to_bytes(4, "big"), 1):
        rows[column::COLUMNS] = bytes([value]) * count
    indices = struct.pack(f">{count}H", *range(count))
    rows[5::COLUMNS], rows[6::COLUMNS] = indices[0::2], indices[1::2]
    return rows


def _predicted(before: bytes, rows: bytes) -> bytes:
    """Some rows, each as its difference to the one above; `before` is the row above the first."""
    # Subtract all bytes at once, as two numbers a row apart. The high bits are set and cleared
    # so that no byte borrows from the next, then put right by exclusive or.
    count = len(rows) // COLUMNS
    here = int.from_bytes(rows, "big")
    above = int.from_bytes(before + rows[:-COLUMNS], "big")
    high = int.from_bytes(b"\x80" * len(rows), "big")
    low = high - (high >> 7)  # 0x7F in each byte
    difference = ((here | high) - (above & low)) ^ ((here ^ above ^ high) & high)
    filtered = difference.to_bytes(len(rows), "big")
    predicted = bytearray((COLUMNS + 1) * count)
    predicted[0 :: COLUMNS + 1] = b"\x02" * count
    for column in range(COLUMNS):
        predicted[column + 1 :: COLUMNS + 1] = filtered[column::COLUMNS]
    return bytes(predicted)
