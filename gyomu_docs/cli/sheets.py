"""What commands have in common: sources to sheets, sheets to files."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gyomu_docs.console import Console
from gyomu_docs.errors import Diagnostic, GyomuError, Place, UsageError

if TYPE_CHECKING:
    from gyomu_docs.files import OutFile
    from gyomu_docs.model import Edition, Sheet, SourcedSheet

_SUFFIXES_OF_FILES = (".pdf", ".docx", ".html", ".xlsx", ".yaml", ".yml", ".json", ".txt")


def read_sources(
    sources: Sequence[str],
    refused: list[GyomuError] | None = None,
    *,
    layout: str = "",
    texts: bool = False,
) -> tuple[Edition, list[Diagnostic]]:
    """Read all sources, with `texts` the published texts of folders too.

    With `refused`, files that are refused go there and are left out. `layout` is the form of sheets
    that the command was given; returned drafts may be made in it.
    """
    from gyomu_docs import readers

    def read_draft(data: bytes, file: str) -> tuple[list[Sheet], list[Diagnostic]]:
        """A returned draft as a source; what it needs is loaded only where there is one."""
        from gyomu_docs import returned_drafts

        return returned_drafts.read_draft(data, file, layout)

    more = {".docx": read_draft}
    return readers.read(list(expanded(sources)), refused=refused, more=more, texts=texts)


def expanded(sources: Sequence[str]) -> Iterator[str]:
    """The sources with `*` and `?` resolved, which no shell of Windows does."""
    for source in sources:
        if ("*" in source or "?" in source) and not os.path.lexists(source):
            yield from sorted(glob.glob(source.replace("[", "[[]"))) or [source]
        else:
            yield source


def out_folder(out: str) -> Path:
    """The folder of `--out`. Raises UsageError for the name of a file."""
    path = Path(out)
    if path.suffix.lower() in _SUFFIXES_OF_FILES and not path.is_dir():
        raise UsageError(
            "--out にはファイルではなくフォルダーを指定してください。",
            place=Place(file=out),
            hint="ファイルの名前は、シートの番号と名前から付きます。",
        )
    if not out.strip():
        raise UsageError(
            "--out のフォルダーの名前が空です。", hint="今のフォルダーは . と書きます。"
        )
    return path


def keep_hint(overwrite: bool) -> str:
    """The hint where a file that differs is not to be replaced."""
    return "" if overwrite else "置き換えるときは --overwrite を付けてください。"


def each_sheet(
    console: Console,
    edition: Edition,
    make: Callable[[SourcedSheet], Iterator[OutFile]],
    failures: list[GyomuError] | None,
    explain: Callable[[GyomuError, SourcedSheet], GyomuError] = lambda error, entry: error,
) -> Generator[OutFile, None, None]:
    """The files of every sheet. With `failures`, sheets that fail go there and are left out.

    `explain` says more of the error that ends the run.
    """
    from gyomu_docs.render import located

    with console.progress(edition.entries, "作成中") as entries:
        for entry in entries:
            try:
                made = list(make(entry))
            except GyomuError as error:
                if failures is None:
                    raise explain(located(error, entry), entry) from None
                failures.append(located(error, entry))
            else:
                yield from made


def out_file(
    entry: SourcedSheet, folder: Path, format_: str, data: bytes, keep: str = ""
) -> OutFile:
    """A file of one sheet, in the sheet's own sub-folder."""
    from gyomu_docs.files import OutFile, bytes_writer, file_name

    name = file_name(entry.sheet.number, entry.sheet.title, format_)
    source = f"{entry.file} の {entry.sheet.label}"
    return OutFile(folder / entry.folder / name, bytes_writer(data), source, keep)


def identity(path: str | Path) -> str:
    """The same for all ways to write a path."""
    return os.path.normcase(os.path.realpath(path))


def sparing(file: OutFile, inputs: set[str]) -> OutFile:
    """The file, not to be written over the sheet that it was made from."""
    if identity(file.path) not in inputs:
        return file
    return file._replace(
        keep="入力のファイルを書き換えないよう、--out に別のフォルダーを指定してください。"
    )
