"""Objects as bytes in the file: streams at once, small objects in object streams.

The file grows as parts come in; what stays in memory is 7 bytes an object (`xref`) and at most
one part's small objects.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import BinaryIO, NamedTuple

from gyomu_docs.writers.pdf.syntax import deflate
from gyomu_docs.writers.pdf.xref import COLUMNS, WIDTHS, CrossReferences

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_STREAM_SIZE = 200
"""Objects in one object stream: fewer deflate worse, more make a reader unpack idle ones."""
_LEVEL = 4
"""Of deflate: level 6 takes 1.7 times as long, and a booklet is 2 % smaller with it."""


class ObjectStream(NamedTuple):
    """Objects with numbers that follow each other, packed (ISO 32000-1, 7.5.7)."""

    first: int
    """Number of the first object."""
    objects: int
    head: int
    """Bytes before the first object."""
    data: bytes
    """Deflated."""


def pack(first: int, bodies: Sequence[bytes]) -> tuple[ObjectStream, ...]:
    """Pack objects that are numbered from `first` on."""
    streams = []
    for start in range(0, len(bodies), _STREAM_SIZE):
        part = bodies[start : start + _STREAM_SIZE]
        numbers = range(first + start, first + start + len(part))
        head, data = _packed(numbers, part)
        streams.append(ObjectStream(first + start, len(part), head, data))
    return tuple(streams)


def _packed(numbers: Sequence[int], bodies: Sequence[bytes]) -> tuple[int, bytes]:
    """The length of the head of an object stream, and the stream."""
    offsets = accumulate((len(body) + 1 for body in bodies), initial=0)
    pairs = zip(numbers, offsets, strict=False)
    head = " ".join([f"{number} {offset}" for number, offset in pairs]).encode() + b"\n"
    return len(head), deflate(head + b"\n".join(bodies), _LEVEL)


class ObjectFile:
    """Writes numbered objects to `out`, from the header to the trailer, never seeking."""

    def __init__(self, out: BinaryIO, new_number: Callable[[], int]) -> None:
        """`new_number` gives the number of the next object stream."""
        self._out = out
        self._new_number = new_number
        self._offset = 0
        self._digest = hashlib.blake2b(digest_size=16)
        self._references = CrossReferences()
        self._numbers: list[int] = []
        self._bodies: list[bytes] = []
        self._write(_HEADER)

    def add(self, numbers: Sequence[int], bodies: Sequence[bytes]) -> None:
        """Put small objects into object streams (ISO 32000-1, 7.5.7), written when full."""
        self._numbers += numbers
        self._bodies += bodies
        full = len(self._numbers) - len(self._numbers) % _STREAM_SIZE
        for start in range(0, full, _STREAM_SIZE):
            end = start + _STREAM_SIZE
            self._write_object_stream(self._numbers[start:end], self._bodies[start:end])
        del self._numbers[:full], self._bodies[:full]

    def add_object_stream(self, stream: ObjectStream) -> None:
        """Write an object stream that was packed before."""
        number = self._new_number()
        self._references.add_compressed(range(stream.first, stream.first + stream.objects), number)
        self.add_stream(
            number,
            b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (stream.objects, stream.head),
            stream.data,
        )

    def add_stream(self, number: int, entries: bytes, data: bytes) -> None:
        """Write a stream object; `entries` are those of its dictionary but /Length."""
        self._references.add_object(number, self._offset)
        # PDF/A asks for the line ends around the data (ISO 19005-2, 6.1.7.1).
        self._write(
            b"%d 0 obj\n<<%b/Length %d>>\nstream\n%b\nendstream\nendobj\n"
            % (number, entries, len(data), data)
        )

    def close(self, root: int, info: int) -> None:
        """Write what is pending, the cross-references and the trailer.

        The file identifier is a digest of all bytes before it, so equal files have equal ones.
        """
        if self._numbers:
            self._write_object_stream(self._numbers, self._bodies)
        start, number = self._offset, self._new_number()
        self._references.add_object(number, start)
        identifier = self._digest.hexdigest().encode()
        entries = (
            b"/Type/XRef/Size %d/W[%b]/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]"
            b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns %d>>"
            % (
                self._references.size,
                WIDTHS.encode(),
                root,
                info,
                identifier,
                identifier,
                COLUMNS,
            )
        )
        self.add_stream(number, entries, deflate(self._references.predicted()))
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _write_object_stream(self, numbers: Sequence[int], bodies: Sequence[bytes]) -> None:
        head, data = _packed(numbers, bodies)
        stream = self._new_number()
        self._references.add_compressed(numbers, stream)
        self.add_stream(
            stream,
            b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(numbers), head),
            data,
        )

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self._offset += len(data)
