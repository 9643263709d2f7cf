"""`compare`: two fiscal years, item by item."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
    from gyomu_docs.errors import Diagnostic

_COMPARISON_FORMATS = ("pdf", "docx", "html", "xlsx", "json")
_REDLINE_FORMATS = ("docx",)
_ORDERS = ("new-old", "old-new")
_STYLES = ("table", "redline")


@app.command(cls=Command)
def compare(
    old: Annotated[str, typer.Argument(metavar="OLD", help="旧年度のフォルダーかファイル。")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="新年度のフォルダーかファイル。")],
    out: Annotated[
        str,
        typer.Option(
            "--out",
            metavar="FILE",
            help="書き出すファイル（.pdf と .docx は新旧対照表、.html は画面で見る一覧、"
            ".xlsx は1行1変更の一覧、.json は変更の一覧。- は標準出力に JSON）。",
        ),
    ],
    style: Annotated[
        str,
        typer.Option(
            "--style",
            metavar="table|redline",
            help="報告書の種類。table は新旧対照表、redline は変更履歴を付けた Word。",
        ),
    ] = "table",
    order: Annotated[
        str,
        typer.Option(
            "--order",
            metavar="new-old|old-new",
            help="左に置くのは新（new-old）か旧か（省略時は様式の order。付いている様式では新）。",
        ),
    ] = "",
    layout: Annotated[
        str,
        typer.Option(
            "--layout",
            metavar="NAME|FILE",
            help="様式の名前かファイル（省略時は comparison/table、redline では "
            "sheet-a4-landscape）。",
        ),
    ] = "",
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """二つの年度を比べ、変わったところを一覧にする。"""
    from gyomu_docs.comparison import compare_editions
    from gyomu_docs.files import OutFile, bytes_writer

    console = Console(quiet=quiet, verbose=verbose)
    _check_choice("--style", style, _STYLES)
    _check_choice("--order", order or "new-old", _ORDERS)
    _check_comparison_format(out, style)
    editions = []
    for source in (old, new):
        edition, found = read_sources([source])
        console.diagnostics(found)
        editions.append(edition)
    comparison = compare_editions(*editions)
    console.diagnostics(comparison.doubts)
    inputs = {identity(entry.file) for edition in editions for entry in edition.entries}
    data, found = _report(comparison, out, style, order, layout)
    file = sparing(OutFile(Path(out), bytes_writer(data)), inputs)
    console.deliver(iter([file]), out, 1, found)


def _report(
    comparison: Comparison, out: str, style: str, order: str, layout: str
) -> tuple[bytes, list[Diagnostic]]:
    """The file, by its suffix."""
    from gyomu_docs.comparison.change_list import dump_json
    from gyomu_docs.resources import find_resources

    # Each format loads its own writer: who wants the change list does not wait for fonts.
    suffix = _suffix(out)
    chosen: Any = order or None
    if style == "redline":
        from gyomu_docs.reporting import render_redline

        return render_redline(comparison, find_resources(), form=layout)
    if suffix in ("pdf", "docx"):
        from gyomu_docs.reporting import render_table

        return render_table(comparison, suffix, find_resources(), form=layout, order=chosen)
    if suffix == "html":
        from gyomu_docs.reports.html import write_html

        templates = find_resources().report_templates()
        return write_html(comparison, templates, **({"order": chosen} if chosen else {})), []
    if suffix == "xlsx":
        from gyomu_docs.reports.sheet import write_xlsx

        return write_xlsx(comparison), []
    return dump_json(comparison).encode(), []


def _suffix(out: str) -> str:
    return Path(out).suffix.lower().removeprefix(".")


def _check_choice(option: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise UsageError(
            f"{option} に「{value}」は指定できません。", hint=f"使える値: {'、'.join(known)}"
        )


def _check_comparison_format(out: str, style: str) -> None:
    """Refuse a file whose suffix names no format that a comparison can be written in."""
    suffix = _suffix(out)
    formats = _REDLINE_FORMATS if style == "redline" else _COMPARISON_FORMATS
    if out == STANDARD_OUTPUT or suffix in formats:
        return
    place, built = Place(file=out), "、".join(formats)
    if style == "redline":
        message = "--style redline で書き出せるのは Word（.docx）だけです。"
        raise UsageError(message, place=place)
    if Path(out).is_dir() or not suffix:
        message = "--out には拡張子のあるファイルを指定してください。"
    else:
        message = f"形式「{suffix}」はありません。"
    raise UsageError(message, place=place, hint=f"できる形式: {built}")
