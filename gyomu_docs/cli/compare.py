"""`compare`: two fiscal years, item by item."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gyomu_docs.cli.program import (
    Quiet,
    Verbose,
    app,
)
from gyomu_docs.cli.sheets import (
    identity,
    read_sources,
    sparing,
)
from gyomu_docs.console import STANDARD_OUTPUT, Console
from gyomu_docs.errors import Place, UsageError
from gyomu_docs.usage import Command

if TYPE_CHECKING:
    from gyomu_docs.comparison import Comparison

_COMPARISON_FORMATS = ("json", "html", "xlsx")
_PLANNED_COMPARISON_FORMATS = ("pdf", "docx")


@app.command(cls=Command)
def compare(
    old: Annotated[str, typer.Argument(metavar="OLD", help="旧年度のフォルダーかファイル。")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="新年度のフォルダーかファイル。")],
    out: Annotated[
        str,
        typer.Option(
            "--out",
            metavar="FILE",
            help="書き出すファイル（.html、.xlsx、.json。- は標準出力に JSON）。",
        ),
    ],
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """二つの年度を比べ、変わったところを一覧にする。"""
    from gyomu_docs.comparison import compare_editions
    from gyomu_docs.files import OutFile, bytes_writer

    console = Console(quiet=quiet, verbose=verbose)
    _check_comparison_format(out)
    editions = []
    for source in (old, new):
        edition, found = read_sources([source])
        console.diagnostics(found)
        editions.append(edition)
    comparison = compare_editions(*editions)
    console.diagnostics(comparison.doubts)
    inputs = {identity(entry.file) for edition in editions for entry in edition.entries}
    data = _report(comparison, Path(out).suffix.lower())
    file = sparing(OutFile(Path(out), bytes_writer(data)), inputs)
    console.deliver(iter([file]), out, 1)


def _report(comparison: Comparison, suffix: str) -> bytes:
    """The comparison in the format of a suffix; `-` has none and is JSON."""
    if suffix == ".html":
        from gyomu_docs.reports.html import write_html
        from gyomu_docs.resources import find_resources

        return write_html(comparison, find_resources().report_templates())
    if suffix == ".xlsx":
        from gyomu_docs.reports.sheet import write_xlsx

        return write_xlsx(comparison)
    from gyomu_docs.comparison.change_list import dump_json

    return dump_json(comparison).encode()


def _check_comparison_format(out: str) -> None:
    """Refuse a file whose suffix names no format that a comparison can be written in."""
    suffix = Path(out).suffix.lower().removeprefix(".")
    if out == STANDARD_OUTPUT or suffix in _COMPARISON_FORMATS:
        return
    place, built = Place(file=out), "、".join(_COMPARISON_FORMATS)
    if suffix in _PLANNED_COMPARISON_FORMATS:
        message = f"形式「{suffix}」の出力はまだできません（できる形式: {built}）。"
        raise UsageError(message, place=place)
    if Path(out).is_dir() or not suffix:
        message = "--out には拡張子のあるファイルを指定してください。"
    else:
        message = f"形式「{suffix}」はありません。"
    raise UsageError(message, place=place, hint=f"できる形式: {built}")
