"""`compare`: two fiscal years, item by item."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gyomu_docs.cli.program import (
    Layout,
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
    from gyomu_docs.errors import Diagnostic

_COMPARISON_FORMATS = ("json",)
_PLANNED_COMPARISON_FORMATS = ("pdf", "docx", "html", "xlsx")
_REDLINE_FORMATS = ("docx",)


@app.command(cls=Command)
def compare(
    old: Annotated[str, typer.Argument(metavar="OLD", help="旧年度のフォルダーかファイル。")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="新年度のフォルダーかファイル。")],
    out: Annotated[
        str,
        typer.Option(
            "--out",
            metavar="FILE",
            help="書き出すファイル（.json は変更の一覧。- は標準出力に JSON。"
            "--style redline なら .docx）。",
        ),
    ],
    style: Annotated[
        str,
        typer.Option(
            "--style",
            metavar="redline",
            help="報告書の種類。redline は新年度のシートに変更履歴を付けた Word。",
        ),
    ] = "",
    layout: Layout = "",
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """二つの年度を比べ、変わったところを一覧にする。"""
    from gyomu_docs.comparison import compare_editions
    from gyomu_docs.files import OutFile, bytes_writer

    console = Console(quiet=quiet, verbose=verbose)
    _check_comparison_format(out, style)
    editions = []
    for source in (old, new):
        edition, found = read_sources([source])
        console.diagnostics(found)
        editions.append(edition)
    comparison = compare_editions(*editions)
    console.diagnostics(comparison.doubts)
    inputs = {identity(entry.file) for edition in editions for entry in edition.entries}
    data, found = _report(comparison, style, layout)
    file = sparing(OutFile(Path(out), bytes_writer(data)), inputs)
    console.deliver(iter([file]), out, 1, found)


def _report(comparison: Comparison, style: str, layout: str) -> tuple[bytes, list[Diagnostic]]:
    """The file, and what is to be told about it."""
    if style == "redline":
        from gyomu_docs.reporting import render_redline
        from gyomu_docs.resources import find_resources

        return render_redline(comparison, find_resources(), form=layout)
    from gyomu_docs.comparison.change_list import dump_json

    return dump_json(comparison).encode(), []


def _check_comparison_format(out: str, style: str) -> None:
    """Refuse a file whose suffix names no format that a comparison can be written in."""
    if style not in ("", "redline"):
        message = f"--style に「{style}」は指定できません。"
        raise UsageError(message, hint="使える値: redline")
    suffix = Path(out).suffix.lower().removeprefix(".")
    formats = _REDLINE_FORMATS if style == "redline" else _COMPARISON_FORMATS
    if out == STANDARD_OUTPUT or suffix in formats:
        return
    place, built = Place(file=out), "、".join(formats)
    if style == "redline":
        message = "--style redline で書き出せるのは Word（.docx）だけです。"
        raise UsageError(message, place=place)
    if suffix in _PLANNED_COMPARISON_FORMATS:
        message = f"形式「{suffix}」の出力はまだできません（できる形式: {built}）。"
        raise UsageError(message, place=place)
    if Path(out).is_dir() or not suffix:
        message = "--out には拡張子のあるファイルを指定してください。"
    else:
        message = f"形式「{suffix}」はありません。"
    raise UsageError(message, place=place, hint=f"できる形式: {built}")
