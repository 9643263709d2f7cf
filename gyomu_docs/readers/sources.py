"""Files and folders to one `Edition`: finds the files, and gives each to the reader of its format.

In: paths as the user gave them. Out: the sheets with their origins, and the diagnostics of all
files. A format is one entry in `READERS`; those of later issues are in `_NOT_BUILT`.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from gyomu_docs.errors import (
    Diagnostic,
    GyomuError,
    Place,
    SourceError,
    UsageError,
    gather,
    system_reason,
)
from gyomu_docs.model import Edition, Sheet, SourcedSheet
from gyomu_docs.model.sheet_file import KEY_OF_A_SHEET
from gyomu_docs.readers.published_text import read_published_text
from gyomu_docs.readers.sheet_files import is_sheet_file, read_json, read_yaml

Reader = Callable[[bytes, str], tuple[list[Sheet], list[Diagnostic]]]
"""The content of a file, and its name for messages, to its sheets and diagnostics."""

READERS: dict[str, Reader] = {
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".json": read_json,
    ".txt": read_published_text,
}
"""The reader of each suffix."""

_NOT_BUILT = frozenset({".xlsx", ".pdf"})
_SHEET_FILES = frozenset({".yaml", ".yml", ".json"})
"""What is read from folders. Texts are read from there only for `import`: they are sources."""
_TEXTS = frozenset({".txt"})

_PIECES = re.compile(r"\d+|\D+").findall


class SourceFile(NamedTuple):
    """A file that was given, or found in a folder that was."""

    path: str
    """As messages name it: relative where the user gave a relative path."""
    folder: str
    """Below the folder that was given, `/` between parts."""
    picked: bool
    """Whether it was picked from a folder, and so may be something else than a sheet."""


def read(
    sources: Iterable[str | Path],
    *,
    refused: list[GyomuError] | None = None,
    more: Mapping[str, Reader] | None = None,
    texts: bool = False,
) -> tuple[Edition, list[Diagnostic]]:
    """Read files and folders, in the order given; a folder's files by path, 2 before 10.

    From a folder, sub-folders included, come the YAML and JSON files with the key シートNo, and
    with `texts` its published texts; other files there are no sheets. Raises UsageError for what
    is not there, holds no sheet or has a format that cannot be read, SourceError or SheetError for
    files that are refused, all of them at once (`others`); with `refused`, such files are left out
    and their errors go into that list.
    """
    faults: list[GyomuError] = []
    entries: list[SourcedSheet] = []
    found: list[Diagnostic] = []
    known = {**READERS, **(more or {})}
    given = [os.fspath(source) for source in sources]
    if not given:
        raise UsageError("読み込むファイルかフォルダーを指定してください。")
    for source in given:
        before = len(entries) + len(faults)
        for file in find_files(source, _SHEET_FILES | _TEXTS if texts else _SHEET_FILES):
            try:
                sheets, diagnostics = _read_file(file, known)
            except SourceError as error:
                faults.append(error)
                continue
            entries += (SourcedSheet(sheet, file.path, file.folder) for sheet in sheets)
            found += diagnostics
        if len(entries) + len(faults) == before:
            raise _no_sheet(source)
    if refused is not None:
        refused += faults
    elif first := gather(faults):
        raise first
    return Edition(tuple(entries)), found


def _no_sheet(folder: str) -> UsageError:
    """The error for a folder without sheets, with what to do with the files that it has."""
    hint = ""
    if any(_files_below(folder, _TEXTS)):
        hint = "公表された文章（.txt）は、先に gyomu-docs import でシートファイルにしてください。"
    elif any(_files_below(folder, frozenset({".docx"}))):
        hint = "返送された原稿（.docx）は、gyomu-docs collect で取り込んでください。"
    return UsageError(
        f"フォルダーに業務棚卸表のシートがありません（項目「{KEY_OF_A_SHEET}」のある "
        "YAML か JSON のファイル）。",
        place=Place(file=folder),
        hint=hint,
    )


def find_files(source: str, in_folders: frozenset[str] = _SHEET_FILES) -> Iterator[SourceFile]:
    """The file itself, or the files of a folder and its sub-folders with one of the suffixes.

    In a folder, hidden files and those that office programs leave beside open ones do not count.
    Raises UsageError for what is not there, SourceError for what cannot be read.
    """
    if not source.strip():
        raise UsageError("読み込むファイルの名前が空です。", hint="今のフォルダーは . と書きます。")
    try:
        mode = os.stat(source).st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise UsageError("ファイルがありません。", place=Place(file=source)) from None
    except OSError as error:
        raise _unreadable(source, error) from None
    if stat.S_ISDIR(mode):
        yield from _files_below(source, in_folders)
    elif stat.S_ISREG(mode):
        yield SourceFile(source, "", picked=False)
    else:
        raise SourceError("ふつうのファイルではありません。", place=Place(file=source))


def _files_below(root: str, suffixes: frozenset[str]) -> Iterator[SourceFile]:
    """The files of a folder and its sub-folders with these suffixes, without hidden ones."""

    def refuse(error: OSError) -> None:
        raise _unreadable(str(error.filename), error)

    paths: list[str] = []
    for folder, folders, names in os.walk(root, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = os.path.relpath(folder, root)
        paths += (
            os.path.normpath(os.path.join(below, name)) for name in names if _picked(name, suffixes)
        )
    for path in sorted(paths, key=_natural):
        parts = Path(path).parts[:-1]
        yield SourceFile(os.path.join(root, path), "/".join(parts), picked=True)


def _picked(name: str, suffixes: frozenset[str]) -> bool:
    return suffix_of(name) in suffixes and not is_lock_file(name)


def is_lock_file(name: str) -> bool:
    """Whether a file is hidden, or lies beside an open one (`~$003.docx`, `.~lock.003.docx#`)."""
    return name.startswith((".", "~$"))


def read_bytes(path: str) -> bytes:
    """The content of a file. Raises SourceError with a hint where it cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from None


def _read_file(
    file: SourceFile, known: Mapping[str, Reader]
) -> tuple[list[Sheet], list[Diagnostic]]:
    reader = _reader_of(file.path, known)
    data = read_bytes(file.path)
    if not file.picked:
        return reader(data, file.path)
    if not data.strip():
        message = "空のファイルなので読みませんでした。"
        return [], [Diagnostic("W", "skipped", message, Place(file=file.path))]
    is_text = suffix_of(file.path) in _TEXTS
    return reader(data, file.path) if is_text or is_sheet_file(data, file.path) else ([], [])


def _reader_of(path: str, known: Mapping[str, Reader]) -> Reader:
    suffix = suffix_of(path)
    if suffix in known:
        return known[suffix]
    names = "、".join(known)
    if suffix in _NOT_BUILT:
        message = f"{suffix} の読み込みはまだできません（読めるのは {names} です）。"
    else:
        message = f"この形式のファイルは読めません（読めるのは {names} です）。"
    raise UsageError(message, place=Place(file=path))


def _unreadable(path: str, error: OSError) -> SourceError:
    if isinstance(error, PermissionError):
        return SourceError(
            "読み取れません。",
            place=Place(file=path),
            hint="ほかのプログラムで開いていれば閉じ、読み取る権限を確かめてください。",
        )
    return SourceError(f"読み取れません（{system_reason(error)}）。", place=Place(file=path))


def suffix_of(path: str) -> str:
    """The suffix in small letters: `.docx`."""
    return os.path.splitext(path)[1].lower()


def _natural(path: str) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """A key by which 2 comes before 10 and numbers before names, part by part of the path."""
    return tuple(
        tuple(
            (0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in _PIECES(part)
        )
        for part in Path(path).parts
    )
