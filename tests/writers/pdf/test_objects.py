"""The file as it grows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import count
from typing import BinaryIO

import pikepdf
import pytest

from gyomu_docs.writers.pdf.objects import ObjectFile


class Pipe(io.BytesIO):
    """Takes bytes, and can neither seek nor tell."""

    def seekable(self) -> bool:
        return False

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError

    def tell(self) -> int:
        raise OSError


def numbers_from(first: int) -> Iterator[int]:
    return count(first)


def fill(file: ObjectFile) -> None:
    """The least that makes a PDF, and 450 dictionaries."""
    file.add([1], [b"<</Type/Catalog/Pages 2 0 R>>"])
    file.add([2], [b"<</Type/Pages/Kids[3 0 R]/Count 1>>"])
    file.add([3], [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"])
    file.add_stream(4, b"", b"0 0 m")
    file.add(range(10, 460), [b"<</N %d>>" % n for n in range(450)])


@pytest.fixture
def pipe() -> Pipe:
    return Pipe()


def test_objects_are_found_in_streams_of_200(pipe: Pipe) -> None:
    file = ObjectFile(pipe, numbers_from(500).__next__)
    fill(file)
    file.close(root=1, info=3)
    pdf = pikepdf.open(io.BytesIO(pipe.getvalue()))
    streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
    kinds = [int(each.N) for each in streams if each.get("/Type") == "/ObjStm"]
    assert kinds == [200, 200, 53]
    assert [int(pdf.get_object(10 + n, 0).N) for n in (0, 199, 449)] == [0, 199, 449]
    assert pdf.pages[0].Contents.read_bytes() == b"0 0 m"


def test_streams_are_written_at_once_and_objects_when_200_are_there(pipe: Pipe) -> None:
    file = ObjectFile(pipe, numbers_from(500).__next__)
    assert pipe.getvalue().startswith(b"%PDF-1.7\n%")
    assert all(byte > 127 for byte in pipe.getvalue()[10:14])
    file.add_stream(4, b"/N 1", b"data")
    assert pipe.getvalue().endswith(
        b"4 0 obj\n<</N 1/Length 4>>\nstream\ndata\nendstream\nendobj\n"
    )
    before = len(pipe.getvalue())
    file.add(range(10, 209), [b"null"] * 199)
    assert len(pipe.getvalue()) == before
    file.add([209], [b"null"])
    assert b"/Type/ObjStm/N 200" in pipe.getvalue()[before:]


def _identifier(out: BinaryIO, body: bytes) -> bytes:
    file = ObjectFile(out, numbers_from(500).__next__)
    fill(file)
    file.add([460], [body])
    file.close(root=1, info=3)
    assert isinstance(out, io.BytesIO)
    (first, second) = pikepdf.open(out).trailer.ID
    assert bytes(first) == bytes(second)
    assert len(bytes(first)) == 16
    return bytes(first)


def test_identifier_is_a_digest_of_the_file() -> None:
    one = _identifier(io.BytesIO(), b"(a)")
    assert _identifier(io.BytesIO(), b"(a)") == one
    assert _identifier(io.BytesIO(), b"(b)") != one
