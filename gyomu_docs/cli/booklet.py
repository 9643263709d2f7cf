"""`booklet`: all sheets as one book, with contents, index and roll-ups."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from gyomu_docs.cli.program import KeepGoing, Quiet, Sources, Verbose, app
from gyomu_docs.cli.sheets import read_sources
from gyomu_docs.console import STANDARD_OUTPUT, Console, complain
from gyomu_docs.errors import Diagnostic, GyomuError, Place, UsageError
from gyomu_docs.usage import Command

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from gyomu_docs.booklet.build import Report
    from gyomu_docs.booklet.cache import Cache

_FORMATS = (".pdf", ".docx")
_NO_CACHE = "none"
_MOST_JOBS = 61
"""More than Windows waits for."""


@app.command(cls=Command)
def booklet(
    sources: Sources,
    out: Annotated[
        str,
        typer.Option(
            "--out", metavar="FILE", help="書き出すファイル（.pdf か .docx。- は標準出力に PDF）。"
        ),
    ],
    config: Annotated[
        str,
        typer.Option(
            "--config",
            metavar="FILE",
            help="冊子の設定（省略時は SRC のフォルダーの booklet.yaml）。",
        ),
    ] = "",
    jobs: Annotated[
        int, typer.Option("--jobs", metavar="N", min=1, help="並べて動かすプロセスの数。")
    ] = 1,
    cache: Annotated[
        str,
        typer.Option(
            "--cache",
            metavar="DIR|none",
            help="組んだシートを取っておくフォルダー（none は使わない。"
            "省略時は利用者ごとのキャッシュの場所）。",
        ),
    ] = "",
    previous: Annotated[
        str,
        typer.Option(
            "--previous",
            metavar="OLD",
            help="前の冊子の PDF か控え。変わったページだけの「FILE-差し替え.pdf」も書き出す。",
        ),
    ] = "",
    manifest: Annotated[
        str,
        typer.Option(
            "--manifest",
            metavar="FILE.json",
            help="冊子の控えも書き出す（PDF の中にもあり、次の --previous に使える）。",
        ),
    ] = "",
    keep_going: KeepGoing = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """すべてのシートを、目次・総括・索引のある一冊の PDF か Word にする。"""
    from gyomu_docs.booklet.manifest import dump_manifest
    from gyomu_docs.booklet.workers import BuildOptions
    from gyomu_docs.cli.replacements import Replacements
    from gyomu_docs.files import OutFile, bytes_writer
    from gyomu_docs.publishing import make_publisher

    console = Console(quiet=quiet, verbose=verbose)
    _check_outputs(out, previous, manifest)
    publisher = make_publisher(config, sources)
    replacements = Replacements(publisher, previous, out) if previous else None
    is_word = Path(out).suffix.lower() == ".docx"
    failures: list[GyomuError] = []
    left_out = failures if keep_going else None
    edition, found = read_sources(sources, left_out, layout=publisher.config.form)
    console.diagnostics(found)
    if replacements:
        replacements.check(edition)
    told: list[Diagnostic] = []

    with _executor(jobs) as executor, console.counting(len(edition), "作成中") as progress:
        options = BuildOptions(
            executor=executor, cache=_cache(cache), keep_going=keep_going, progress=progress
        )

        def files() -> Iterator[OutFile]:
            reports: list[Report] = []

            def write(stream: BinaryIO) -> None:
                make = publisher.write_docx if is_word else publisher.write_pdf
                reports.append(make(edition.entries, stream, options))

            yield OutFile(Path(out), write)
            report = reports[0]
            failures.extend(report.failures)
            told.extend(report.found)
            if manifest:
                yield OutFile(Path(manifest), bytes_writer(dump_manifest(report.manifest)))
            if replacements:
                yield from replacements.files(report, failures, told)

        try:
            console.deliver(files(), out, 1, told)
        except GyomuError:
            for failure in failures:  # of files that could not be read
                complain(failure)
            raise
    if replacements:
        console.tell(replacements.outcome)
    console.tell_left_out(failures)


def _check_outputs(out: str, previous: str, manifest: str) -> None:
    suffix = Path(out).suffix.lower()
    if out == STANDARD_OUTPUT:
        if previous or manifest:
            raise UsageError("--out - とともに --previous や --manifest は使えません。")
    elif suffix not in _FORMATS:
        message = "--out には .pdf か .docx のファイルを指定してください。"
        raise UsageError(message, place=Place(file=out))
    elif suffix != ".pdf" and (previous or manifest):
        raise UsageError("--previous と --manifest は、PDF の冊子でだけ使えます。")
    if manifest and Path(manifest).suffix.lower() != ".json":
        raise UsageError(
            "--manifest には .json のファイルを指定してください。", place=Place(file=manifest)
        )


@contextlib.contextmanager
def _executor(jobs: int) -> Iterator[Executor | None]:
    """Processes to set sheets in; none for one job."""
    if jobs == 1:
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(min(jobs, _MOST_JOBS)) as executor:
        yield executor


def _cache(folder: str) -> Cache | None:
    """Where set sheets are kept: the folder given, else the user's own."""
    from gyomu_docs.booklet.cache import Cache

    if folder == _NO_CACHE:
        return None
    if folder:
        return Cache(Path(folder))
    home = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    base = Path(home) if home else Path.home() / ".cache"
    return Cache(base / "gyomu-docs" / "booklet")
