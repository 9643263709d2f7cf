"""Sheets that have been set, kept in a folder for the next time.

The key of a sheet is a digest of all that goes into its pages: what it says, its anchor, form,
fonts, versions. A file is written beside its place and then renamed, so a build that is killed
leaves no half file, and begins with a checksum of its content: one that was damaged is made anew.
Files are unpickled with the classes that we put in and no others: the folder may be anybody's.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import re
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from gyomu_docs.booklet.book import BookSheet
from gyomu_docs.booklet.setting import Outcome
from gyomu_docs.errors import Diagnostic, Place, system_reason
from gyomu_docs.layout.tree import Section
from gyomu_docs.writers.pdf import ObjectStream

_KNOWN = ("gyomu_docs.booklet.", "gyomu_docs.errors", "gyomu_docs.layout.", "gyomu_docs.writers.")
_CHECKSUM_SIZE = 4
_OUR_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{62}(-\d+|-structure)?(\.\d+)?")
_STRUCTURE = "-structure"
MOST_BYTES = 1_000_000_000
"""Room for some thousand sheets."""
_BUILTIN = {("array", "_array_reconstructor"), ("array", "array")}


class _Unpickler(pickle.Unpickler):
    """Makes our own values and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        found = None
        # A dotted name would lead on to what a module of ours imports: `pickle.sys`.
        if (module, name) in _BUILTIN or module.startswith(_KNOWN) and "." not in name:
            found = super().find_class(module, name)
        if (module, name) in _BUILTIN or isinstance(found, type) and found.__module__ == module:
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is not kept in a cache")


def load(data: bytes) -> Any:
    """Unpickle a value of ours. Raises UnpicklingError for anything else."""
    return _Unpickler(io.BytesIO(data)).load()


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(_CHECKSUM_SIZE, "big")


def sheet_key(setting: str, sheet: BookSheet) -> str:
    """The key of a sheet; `setting` is the digest of its setting."""
    parts = "\n".join((setting, sheet.anchor, sheet.unit, sheet.sheet.model_dump_json()))
    return hashlib.sha256(parts.encode()).hexdigest()


def part_key(setting: str, section: Section, anchor: str) -> str:
    """The key of any other part: of its section, with the page numbers that it prints.

    Where nothing in a part changes, contents and index need not be set again either.
    """
    digest = hashlib.sha256("\n".join((setting, anchor, "")).encode())
    digest.update(pickle.dumps(section, protocol=5))
    return digest.hexdigest()


class Cache:
    """A folder of set sheets. What is wrong with it is never an error: sheets are set anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._unwritten = ""

    def notices(self) -> list[Diagnostic]:
        """What a person should know of it: that nothing could be kept."""
        if not self._unwritten:
            return []
        return [
            Diagnostic(
                "W",
                "cache",
                f"組んだシートを取っておけません（{self._unwritten}）。次も全部を組み直します。",
                Place(file=str(self._folder)),
                "--cache に書き込めるフォルダーを指定するか、none にしてください。",
            )
        ]

    def has(self, key: str) -> bool:
        """Whether a sheet was kept under a key; it may still turn out not to be readable."""
        return self._path(key).is_file()

    def find(self, key: str) -> Outcome | None:
        """The set sheet of a key, but its structure; None where it is not there or is broken."""
        found = self._read(key)
        return found if isinstance(found, Outcome) and found.part is not None else None

    def keep(self, key: str, outcome: Outcome) -> None:
        """Keep a set sheet, if the folder can be written."""
        self._write(f"{key}{_STRUCTURE}", outcome.structure)
        self._write(key, outcome._replace(structure=b""))

    def find_structure(self, key: str) -> bytes:
        """The structure of a set sheet; empty where it is not there or is broken."""
        found = self._read(f"{key}{_STRUCTURE}")
        return found if isinstance(found, bytes) else b""

    def _read(self, name: str) -> object:
        try:
            content = self._path(name).read_bytes()
            checksum, data = content[:_CHECKSUM_SIZE], content[_CHECKSUM_SIZE:]
            return load(data) if checksum == _checksum(data) else None
        except Exception:  # a pickle that somebody made can raise anything
            return None

    def _write(self, name: str, value: object) -> None:
        path = self._path(name)
        temporary = path.with_name(f"{path.name}.{os.getpid()}")
        data = pickle.dumps(value, protocol=5)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(_checksum(data) + data)
            temporary.replace(path)
        except OSError as error:
            self._unwritten = system_reason(error)
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    def find_placed(self, key: str, base: int) -> tuple[ObjectStream, ...] | None:
        """The structure of a sheet, packed for a place in a file; None where it is not there."""
        found = self._read(f"{key}-{base}")
        if isinstance(found, tuple) and all(isinstance(one, ObjectStream) for one in found):
            return found
        return None

    def keep_placed(self, key: str, base: int, streams: tuple[ObjectStream, ...]) -> None:
        """Keep a packed structure; of each sheet the places of the last build are enough."""
        self._write(f"{key}-{base}", streams)

    def trim(self, most: int = MOST_BYTES) -> None:
        """Remove the oldest of our files where they take more than `most` bytes."""
        with contextlib.suppress(OSError):
            files = sorted(_our_files(self._folder))
            excess = sum(size for _, _, size in files) - most
            for _, path, size in files:
                if excess <= 0:
                    break
                Path(path).unlink(missing_ok=True)
                excess -= size

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key[2:]


def _our_files(folder: Path) -> Iterator[tuple[int, str, int]]:
    """Age, path and size of the files with names that we gave: the folder may hold others."""
    for inner in os.scandir(folder):
        if len(inner.name) == 2 and inner.is_dir():
            for file in os.scandir(inner.path):
                if _OUR_NAME.fullmatch(f"{inner.name}/{file.name}"):
                    status = file.stat()
                    yield status.st_mtime_ns, file.path, status.st_size


class Span(NamedTuple):
    """Where bytes lie in a `Spool`."""

    start: int
    length: int


class Spool:
    """Bytes put aside in a temporary file, so that a book of any size needs little memory."""

    def __init__(self) -> None:
        self._file: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - closed in `close`
        self._end = 0

    def put(self, data: bytes) -> Span:
        """Put bytes aside."""
        self._file.seek(self._end)
        self._file.write(data)
        span = Span(self._end, len(data))
        self._end += len(data)
        return span

    def get(self, span: Span) -> bytes:
        """The bytes again."""
        self._file.seek(span.start)
        return self._file.read(span.length)

    def close(self) -> None:
        """Give the room free."""
        self._file.close()
