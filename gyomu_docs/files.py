"""Files that appear whole or not at all, under names that Windows accepts.

All output of a command goes through `write_files`: everything is first written beside its place
under a temporary name, and takes its place only when all of it is there. What fails on the way
is undone: files that were replaced come back, temporary files and new folders go.
"""

from __future__ import annotations

import contextlib
import filecmp
import os
import re
import secrets
import shutil
import signal
import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from gyomu_docs.errors import (
    OutputError,
    Place,
    system_reason,
)

_FORBIDDEN = str.maketrans('\\/:*?"<>|', "￥／：＊？”＜＞｜")
"""Characters that Windows forbids in names, and the wide ones that stand for them."""
_INVISIBLE = ("Cc", "Cf", "Cs")
"""Unicode categories: controls, marks of direction and the like, lone surrogates."""
_DEVICES = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"]
    + [port + number for port in ("COM", "LPT") for number in "0123456789¹²³"]
)
_MAX_CHARACTERS = 80
"""Of a name without its suffix: paths of 260 must hold folders as well."""
_MAX_BYTES = 230
"""Of the same name in UTF-8: other systems end at 255 bytes."""

_TEMPORARY = re.compile(r"\.~[0-9a-f]{12}\.tmp")
_STALE = 3600
"""Seconds after which a temporary file is nobody's: no run takes so long."""


class OutFile(NamedTuple):
    """A file to be written: where, what, and what it was made from (for messages)."""

    path: Path
    write: Callable[[BinaryIO], None]
    source: str = ""
    keep: str = ""
    """Where a file that differs must not be replaced: the hint that tells what to do instead."""


def safe_name(text: str) -> str:
    """`text` as a file name, without its suffix, that Windows accepts."""
    blanks = " ".join(text.split()).translate(_FORBIDDEN)
    shown = "".join(char for char in blanks if unicodedata.category(char) not in _INVISIBLE)
    name = shown[:_MAX_CHARACTERS].encode()[:_MAX_BYTES].decode(errors="ignore")
    name = name.strip(" ").rstrip(". ")
    # A leading dot or ~$ would hide the file from people, and from our own readers.
    if name.startswith((".", "~$")) or name.split(".")[0].rstrip(" ").upper() in _DEVICES:
        return f"_{name}"
    return name or "_"


def sheet_stem(number: str) -> str:
    """The stem of a sheet's file names: `003` for the sheet number `3`."""
    return safe_name(_padded(number))


def file_name(number: str, title: str, format_: str) -> str:
    """A sheet's file name: `003-組織の方針.pdf`; `003.yaml` for the data formats."""
    if format_ in ("yaml", "json") or not title.strip():
        return f"{sheet_stem(number)}.{format_}"
    return f"{safe_name(f'{_padded(number)}-{title.strip()}')}.{format_}"


def bytes_writer(data: bytes) -> Callable[[BinaryIO], None]:
    """A function that writes `data`."""

    def write(out: BinaryIO) -> None:
        out.write(data)

    return write


def write_files(files: Iterable[OutFile]) -> list[Path]:
    """Write all files, or none. Returns their paths.

    A file that is there with the same content stays untouched, even where it is open elsewhere.
    Raises OutputError: two files for one name, a file to be kept that differs, no permission,
    open in another program, disk full.
    """
    staging = _Staging()
    try:
        for file in files:
            staging.add(file)
        staging.put_in_place()
    except BaseException:
        with _undisturbed():
            staging.undo()
        raise
    with _undisturbed():
        staging.remove_temporaries()
    return [target for _, target in staging.staged]


class _Staging:
    """Files on the way to their places, and what must be undone if one does not get there."""

    def __init__(self) -> None:
        self.staged: list[tuple[Path, Path]] = []
        """Temporary file and target, in the order of the files."""
        self._temporaries: list[Path] = []
        self._folders: list[Path] = []
        self._sources: dict[str, str] = {}
        self._cleaned: set[Path] = set()
        self._replaced: list[tuple[Path, Path | None]] = []

    def add(self, file: OutFile) -> None:
        """Write a file under a temporary name beside its place."""
        self._check_name(file)
        target = file.path
        with _explained(target):
            self._make_folder(target.parent)
            if target.exists() and not target.is_file():
                raise FileExistsError
            temporary = self._temporary(target.parent)
            # Not `tempfile`: its files are for the owner alone, whatever the umask says.
            with temporary.open("xb") as out:
                # The time of the file system, which other machines' files there have as well.
                self._remove_stale(target.parent, os.fstat(out.fileno()).st_mtime)
                file.write(out)
            if file.keep and target.exists() and _differs(temporary, target):
                raise OutputError(
                    "内容の異なるファイルが既にあります。",
                    place=Place(file=str(target)),
                    hint=file.keep,
                )
        self.staged.append((temporary, target))

    def put_in_place(self) -> None:
        """Let every file that is new or differs take its place."""
        changed = [one for one in self.staged if _differs(*one)]
        # Find out before the first file is replaced whether one is open in another program.
        for _, target in changed:
            if target.exists():
                with _explained(target), target.open("r+b"):
                    pass
        for temporary, target in changed:
            with _explained(target):
                self._replaced.append((target, self._spare(target)))
                os.replace(temporary, target)

    def undo(self) -> None:
        """Bring back what was replaced; remove what was not there before."""
        for target, spare in reversed(self._replaced):
            with contextlib.suppress(OSError):
                if spare is not None:
                    os.replace(spare, target)
                else:
                    target.unlink(missing_ok=True)
        self.remove_temporaries()
        for folder in reversed(self._folders):
            with contextlib.suppress(OSError):
                folder.rmdir()

    def remove_temporaries(self) -> None:
        """Remove what lies under temporary names."""
        for temporary in self._temporaries:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    def _check_name(self, file: OutFile) -> None:
        # Windows and macOS do not tell 003.PDF from 003.pdf.
        key = unicodedata.normalize("NFC", str(file.path)).lower()
        if key not in self._sources:
            self._sources[key] = file.source
            return
        other = self._sources[key]
        if other == file.source:
            message = f"同じシートが2度あります（{other}）。"
            hint = "SRC に同じファイルを2度指定していないか確かめてください。"
        else:
            message = f"二つのシートが同じファイル名になります（{other} と {file.source}）。"
            hint = "シートNo を確かめるか、課ごとのサブフォルダーに分けてください。"
        raise OutputError(message, place=Place(file=str(file.path)), hint=hint)

    def _remove_stale(self, folder: Path, now: float) -> None:
        """Remove what a run that was killed left behind; younger files may be another run's."""
        if folder in self._cleaned:
            return
        self._cleaned.add(folder)
        for path in folder.glob(".~*.tmp"):
            with contextlib.suppress(OSError):
                if _TEMPORARY.fullmatch(path.name) and now - path.stat().st_mtime > _STALE:
                    path.unlink()

    def _make_folder(self, folder: Path) -> None:
        missing = []
        while not folder.is_dir() and folder != folder.parent:
            if folder.exists():
                raise OutputError(
                    "フォルダーが要りますが、同じ名前のファイルがあります。",
                    place=Place(file=str(folder)),
                    hint="書き出すフォルダーに別の名前を指定してください。",
                )
            missing.append(folder)
            folder = folder.parent
        for one in reversed(missing):
            self._folders.append(one)  # first, so that Ctrl-C in between leaves no folder
            one.mkdir(exist_ok=True)

    def _spare(self, target: Path) -> Path | None:
        """A second name for what stands at `target`, to bring it back; None for nothing."""
        if not target.exists():
            return None
        spare = self._temporary(target.parent)
        try:
            os.link(target, spare)
        except OSError:  # network drives and memory sticks know no links
            shutil.copy2(target, spare)
        return spare

    def _temporary(self, folder: Path) -> Path:
        path = folder / f".~{secrets.token_hex(6)}.tmp"
        self._temporaries.append(path)
        return path


def _padded(number: str) -> str:
    plain = unicodedata.normalize("NFKC", number).strip()
    return plain.zfill(3) if plain.isdecimal() else number


def _differs(temporary: Path, target: Path) -> bool:
    with _explained(target):
        return not target.exists() or not filecmp.cmp(temporary, target, shallow=False)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Let nobody's second Ctrl-C stop the clean-up after the first."""
    if threading.current_thread() is not threading.main_thread():
        yield  # Ctrl-C reaches the main thread only
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before if before is not None else signal.SIG_DFL)


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses into a sentence with a hint."""
    place = Place(file=str(path))
    try:
        yield
    except PermissionError:
        raise OutputError(
            "ファイルに書き込めません。",
            place=place,
            hint="Word や PDF 閲覧ソフトで開いていれば閉じてください。"
            "そうでなければ、フォルダーに書き込む権限があるか確かめてください。",
        ) from None
    except (IsADirectoryError, NotADirectoryError, FileExistsError):
        raise OutputError(
            "同じ名前のファイルかフォルダーがあり、書き込めません。",
            place=place,
            hint="別のフォルダーを指定するか、その名前のファイルかフォルダーを移してください。",
        ) from None
    except OSError as error:
        raise OutputError(
            f"書き込めません（{system_reason(error)}）。",
            place=place,
            hint="ディスクの空き、フォルダーの名前と長さ、ネットワークの接続を確かめてください。",
        ) from None
