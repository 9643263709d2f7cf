"""`collect`: returned Word drafts to sheet files, with the list of what each changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gyomu_docs.cli.program import KeepGoing, OutFolder, Overwrite, Quiet, Verbose, app
from gyomu_docs.cli.sheets import expanded, keep_hint, out_file, out_folder, read_sources
from gyomu_docs.console import STANDARD_OUTPUT, Console, print_line
from gyomu_docs.errors import Diagnostic, GyomuError, Place, UsageError
from gyomu_docs.usage import Command

if TYPE_CHECKING:
    from gyomu_docs.collect import Merged
    from gyomu_docs.files import OutFile
    from gyomu_docs.model import SourcedSheet

_REPORTS = (".json", ".html", ".pdf", ".docx", ".xlsx")


@app.command(cls=Command)
def collect(
    drafts: Annotated[
        list[str],
        typer.Argument(metavar="DRAFT", help="返送された原稿（Word）かフォルダー（いくつでも）。"),
    ],
    out: OutFolder,
    base: Annotated[
        list[str] | None,
        typer.Option("--base", metavar="SRC", help="原稿の元のシート。省略時は原稿の中の控え。"),
    ] = None,
    report: Annotated[
        str,
        typer.Option(
            "--report",
            metavar="FILE",
            help="変更の一覧（.json、.html、.xlsx）や、送付した原稿と返送された原稿の対照表（.pdf、"
            ".docx）も書き出す。",
        ),
    ] = "",
    layout: Annotated[
        str,
        typer.Option(
            "--layout", metavar="NAME|FILE", help="原稿の様式（省略時は原稿に書かれた様式）。"
        ),
    ] = "",
    overwrite: Overwrite = False,
    keep_going: KeepGoing = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """返送された Word の原稿を、1シート1ファイルの YAML にする。変更と衝突を一覧にする。"""
    from gyomu_docs.collect import (
        Collector,
        fault_lines,
        group_drafts,
        make_report,
        merge,
        report_lines,
    )
    from gyomu_docs.model.sheet_file import dump_yaml
    from gyomu_docs.returned_drafts import forms_of_drafts

    console = Console(quiet=quiet, verbose=verbose)
    folder = out_folder(out)
    _check_report(report, out)
    failures: list[GyomuError] = []
    edition = None
    if base:
        edition, found = read_sources(base)
        console.diagnostics(found)
    collector = Collector(forms_of_drafts(layout), edition)
    passed: list[Diagnostic] = []
    read = collector.read_all(expanded(drafts), failures if keep_going else None, passed)
    console.diagnostics(passed)
    merged = [merge(group) for group in group_drafts(read)]
    results = make_report(merged)
    for line in report_lines(results):
        console.tell(line)
    for line in fault_lines(results):
        print_line(line, err=True)
    files = [
        out_file(
            _collected(one),
            folder,
            "yaml",
            dump_yaml(one.sheet).encode(),
            keep=keep_hint(overwrite),
        )
        for one in merged
    ]
    told: list[Diagnostic] = []
    files += _report_files(report, results, merged, told)
    console.deliver(iter(files), out, len(files), told)
    console.tell_left_out(failures)
    if not all(one.is_whole for one in merged):
        raise typer.Exit(1)


def _collected(merged: Merged) -> SourcedSheet:
    """A collected sheet, in the sub-folder of its first draft."""
    from gyomu_docs.model import SourcedSheet

    first = merged.drafts[0]
    return SourcedSheet(merged.sheet, first.file, first.folder)


def _check_report(report: str, out: str) -> None:
    if report and Path(report).suffix.lower() not in _REPORTS:
        message = f"--report には {'、'.join(_REPORTS)} のどれかのファイルを指定してください。"
        raise UsageError(message, place=Place(file=report))
    if report and out == STANDARD_OUTPUT:
        raise UsageError("標準出力（--out -）と --report は一緒に使えません。")


def _report_files(
    report: str,
    results: dict[str, list[dict[str, Any]]],
    merged: Sequence[Merged],
    told: list[Diagnostic],
) -> Iterator[OutFile]:
    """The file of `--report`, if there is one; what its making found goes to `told`."""
    from gyomu_docs.files import OutFile, bytes_writer

    if report:
        data, found = _report(Path(report).suffix.lower(), results, merged)
        told += (one.within(Place(file=report)) for one in found)
        yield OutFile(Path(report), bytes_writer(data), "変更の一覧")


def _report(
    suffix: str, results: dict[str, list[dict[str, Any]]], merged: Sequence[Merged]
) -> tuple[bytes, list[Diagnostic]]:
    """What the drafts changed, as a list or as a table of old and new, and what that told."""
    from gyomu_docs.collect import dump_report, report_page

    if suffix == ".json":
        return dump_report(results).encode(), []
    if suffix == ".html":
        return report_page(results).encode(), []
    if suffix == ".xlsx":
        from gyomu_docs.reports.collected import write_collected

        return write_collected(results), []
    from gyomu_docs.comparison import comparison_of
    from gyomu_docs.reporting import render_table
    from gyomu_docs.resources import find_resources

    pairs = ((None if one.drafts[0].blank else one.base, one.sheet) for one in merged)
    comparison = comparison_of(pairs)
    data, found = render_table(comparison, suffix.removeprefix("."), find_resources())
    return data, [*comparison.doubts, *found]
