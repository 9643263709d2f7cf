"""Files that appear whole or not at all, under names that Windows accepts.

All output of a command goes through `write_files`: everything is first written beside its place
under a temporary name, and takes its place only when all of it is there.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from gyomu_docs.errors import OutputError, Place

_FORBIDDEN = str.maketrans('\\/:*?"<>|', "￥／：＊？”＜＞｜")
"""Characters that Windows forbids in names, and the wide ones that stand for them."""
_DEVICES = frozenset(
    ["CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))]
)
_MAX_NAME = 80
"""Characters of a title in a file name: paths of 260 must hold folders as well."""


class OutFile(NamedTuple):
    """A file to be written: where, what, and what it was made from (for messages)."""

    path: Path
    write: Callable[[BinaryIO], None]
    source: str = ""


def safe_name(text: str) -> str:
    """`text` as a file name that Windows accepts."""
    name = "".join(char for char in text.translate(_FORBIDDEN) if char.isprintable())
    name = name[:_MAX_NAME].strip().rstrip(".")
    return f"_{name}" if name.split(".")[0].upper() in _DEVICES else name or "_"


def sheet_stem(number: str) -> str:
    """The stem of a sheet's file names: `003` for the sheet number `3`."""
    plain = number.zfill(3) if number.isascii() and number.isdigit() else number
    return safe_name(plain)


def bytes_writer(data: bytes) -> Callable[[BinaryIO], None]:
    """A function that writes `data`."""

    def write(out: BinaryIO) -> None:
        out.write(data)

    return write


def write_files(files: Iterable[OutFile], *, replace: bool = True) -> list[Path]:
    """Write all files, or none. Returns their paths.

    With `replace=False` a file that exists and differs is not replaced. Raises OutputError: two
    files for one name, no permission, open in another program, disk full.
    """
    staged: list[tuple[Path, Path]] = []
    sources: dict[str, str] = {}
    try:
        for file in files:
            _check_name(file, sources)
            staged.append((_stage(file), file.path))
        targets = [target for _, target in staged]
        if not replace:
            _check_same(staged)
        _check_writable(targets)
        for temporary, target in staged:
            with _explained(target):
                os.replace(temporary, target)
        return targets
    finally:
        for temporary, _ in staged:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _check_name(file: OutFile, sources: dict[str, str]) -> None:
    # Windows and macOS do not tell 003.PDF from 003.pdf.
    key = str(file.path).casefold()
    if key in sources:
        raise OutputError(
            f"二つのシートが同じファイル名になります（{sources[key]} と {file.source}）。",
            place=Place(file=str(file.path)),
            hint="シートNo か所属を確かめるか、課ごとのサブフォルダーに分けてください。",
        )
    sources[key] = file.source


def _stage(file: OutFile) -> Path:
    with _explained(file.path):
        file.path.parent.mkdir(parents=True, exist_ok=True)
        if file.path.is_dir():
            raise IsADirectoryError
        handle, name = tempfile.mkstemp(prefix=".~", suffix=".tmp", dir=file.path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out, _explained(file.path):
            file.write(out)
        # mkstemp makes files for the owner alone; what others may read is for the umask to say.
        temporary.chmod(0o666 & ~_umask())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _check_same(staged: Sequence[tuple[Path, Path]]) -> None:
    for temporary, target in staged:
        with _explained(target):
            differs = target.exists() and target.read_bytes() != temporary.read_bytes()
        if differs:
            raise OutputError(
                "内容の異なるファイルが既にあります。",
                place=Place(file=str(target)),
                hint="置き換えるときは --overwrite を付けてください。",
            )


def _check_writable(targets: Sequence[Path]) -> None:
    """Find out before the first file is replaced whether one is open in another program."""
    for target in targets:
        if target.exists():
            with _explained(target), target.open("r+b"):
                pass


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
            "同じ名前のファイルかフォルダーがあり、書き込めません。", place=place
        ) from None
    except OSError as error:
        raise OutputError(f"書き込めません（{error.strerror or error}）。", place=place) from None
