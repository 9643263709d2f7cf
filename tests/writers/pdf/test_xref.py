"""Cross-references as predicted rows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gyomu_docs.writers.pdf.xref import COLUMNS, CrossReferences


def undo_prediction(data: bytes) -> list[bytes]:
    """Rows of a PNG-predicted stream, as the PNG specification undoes the filter Up."""
    rows, above = [], bytes(COLUMNS)
    for start in range(0, len(data), COLUMNS + 1):
        assert data[start] == 2
        row = data[start + 1 : start + 1 + COLUMNS]
        above = bytes((a + b) % 256 for a, b in zip(row, above, strict=True))
        rows.append(above)
    return rows


def fields(row: bytes) -> tuple[int, int, int]:
    return row[0], int.from_bytes(row[1:5], "big"), int.from_bytes(row[5:], "big")


def test_rows_of_free_plain_and_compressed_objects() -> None:
    references = CrossReferences()
    references.add_object(2, 70_000)
    references.add_compressed([1, 5, 3], 4)
    references.add_object(4, 17)
    assert references.size == 6
    rows = [fields(row) for row in undo_prediction(references.predicted())]
    assert rows == [(0, 0, 0xFFFF), (2, 4, 0), (1, 70_000, 0), (2, 4, 2), (1, 17, 0), (2, 4, 1)]


def test_consecutive_objects_have_the_rows_of_any_others() -> None:
    one, other = CrossReferences(), CrossReferences()
    numbers = range(300, 600)
    one.add_compressed(numbers, 70_000)
    other.add_compressed(list(numbers), 70_000)
    assert one.predicted() == other.predicted()


@given(st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=300))
def test_prediction_is_undone_by_any_reader(offsets: list[int]) -> None:
    references = CrossReferences()
    for number, offset in enumerate(offsets, 1):
        references.add_object(number, offset)
    rows = undo_prediction(references.predicted())
    assert [fields(row)[1] for row in rows] == [0, *offsets]
