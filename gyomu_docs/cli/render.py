"""`render`: sheets to PDF, Word and data files."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from gyomu_docs.cli.program import (
    KeepGoing,
    Layout,
    OutFolder,
    Quiet,
    Sources,
    Verbose,
    app,
)
from gyomu_docs.cli.sheets import (
    each_sheet,
    identity,
    out_file,
    out_folder,
    read_sources,
    sparing,
)
from gyomu_docs.console import STANDARD_OUTPUT, Console
from gyomu_docs.errors import (
    Diagnostic,
    GyomuError,
    MissingGlyphError,
    Place,
    UsageError,
    gather_missing,
)
from gyomu_docs.usage import Command

if TYPE_CHECKING:
    from gyomu_docs.files import OutFile
    from gyomu_docs.model import SourcedSheet
    from gyomu_docs.render import Renderer


@app.command(cls=Command)
def render(
    sources: Sources,
    out: OutFolder,
    to: Annotated[
        str,
        typer.Option("--to", metavar="FORMAT,...", help="形式。pdf、docx、yaml、json。"),
    ] = "pdf",
    layout: Layout = "",
    attach_data: Annotated[
        bool, typer.Option("--attach-data", help="PDF にシートのデータを添付する（PDF/A-3a）。")
    ] = False,
    keep_going: KeepGoing = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """シートを印刷様式の PDF や Word などにする（1シート1ファイル）。"""
    from gyomu_docs.collector import rare_collections
    from gyomu_docs.render import Renderer, parse_formats
    from gyomu_docs.resources import DEFAULT_FORM, find_resources

    console = Console(quiet=quiet, verbose=verbose)
    formats = parse_formats(to)
    folder = out_folder(out)
    if out == STANDARD_OUTPUT and len(formats) != 1:
        raise UsageError("標準出力（--out -）には形式を一つだけ指定してください。")
    if attach_data and "pdf" not in formats:
        raise UsageError(
            "--attach-data は、PDF にだけ使えます。", hint="--to に pdf を加えてください。"
        )
    renderer = Renderer(find_resources(), layout or DEFAULT_FORM)
    failures: list[GyomuError] = []
    edition, found = read_sources(sources, failures if keep_going else None, layout=layout)
    console.diagnostics(found)
    inputs = {identity(entry.file) for entry in edition.entries}
    told: list[Diagnostic] = []

    def make(entry: SourcedSheet) -> Iterator[OutFile]:
        for format_ in formats:
            data, found = renderer.render(entry.sheet, format_, attach_data=attach_data)
            told.extend(one.within(Place(file=entry.file)) for one in found)
            yield sparing(out_file(entry, folder, format_, data), inputs)

    left_out = failures if keep_going else None
    explain = partial(_with_rest, entries=edition.entries, renderer=renderer)
    each = each_sheet(console, edition, make, left_out, explain)
    with rare_collections(), contextlib.closing(each) as files:
        console.deliver(files, out, len(edition), told)
    console.tell_left_out(failures)


def _with_rest(
    first: GyomuError, entry: SourcedSheet, entries: Sequence[SourcedSheet], renderer: Renderer
) -> GyomuError:
    """The error of a sheet; if glyphs are missing, with those of the sheets that follow."""
    if not isinstance(first, MissingGlyphError):
        return first
    errors = [first]
    following = itertools.dropwhile(lambda one: one is not entry, entries)
    for other in itertools.islice(following, 1, None):
        with contextlib.suppress(GyomuError):  # one fault after the other
            if missing := renderer.missing(other.sheet):
                errors.append(missing.within(Place(file=other.file, sheet=other.sheet.label)))
    return gather_missing(errors) or first
