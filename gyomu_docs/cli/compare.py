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
from gyomu_docs.errors import FormError, GyomuError, Place, UsageError
from gyomu_docs.usage import Command

if TYPE_CHECKING:
    from gyomu_docs.comparison import Comparison
    from gyomu_docs.errors import Diagnostic
    from gyomu_docs.model import Edition

_COMPARISON_FORMATS = ("pdf", "docx", "html", "xlsx", "json")
_REDLINE_FORMATS = ("docx",)
_ORDERS = ("new-old", "old-new")
_STYLES = ("table", "redline")
_IN_A_FORM = ("pdf", "docx")
_IN_COLUMNS = ("pdf", "docx", "html")
_HINTS_OF_FORMS = {
    "table": "--layout には新旧対照表の様式（comparison/table、comparison/table-plain か、"
    "それを extends した様式）を指定してください。",
    "redline": "--layout にはシートの様式（sheet-a4-landscape など）を指定してください。",
}
"""For a form that cannot be filled, most likely one of the other kind."""


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
    from gyomu_docs.comparison import compare_editions, odd_sides
    from gyomu_docs.files import OutFile, bytes_writer

    console = Console(quiet=quiet, verbose=verbose)
    _check_choice("--style", style, _STYLES)
    _check_choice("--order", order or "new-old", _ORDERS)
    _check_comparison_format(out, style)
    _check_use(out, style, order, layout)
    editions = []
    for source in (old, new):
        edition, found = _read(source, layout if style == "redline" else "")
        console.diagnostics(found)
        editions.append(edition)
    console.diagnostics(list(odd_sides(*editions)))
    comparison = compare_editions(*editions)
    console.diagnostics(comparison.doubts)
    inputs = {identity(entry.file) for edition in editions for entry in edition.entries}
    try:
        data, found = _report(comparison, out, style, order, layout)
    except FormError as error:
        raise _hinted(error, _HINTS_OF_FORMS[style] if layout else "") from None
    file = sparing(OutFile(Path(out), bytes_writer(data)), inputs)
    console.deliver(iter([file]), out, 1, found)


def _read(source: str, layout: str) -> tuple[Edition, list[Diagnostic]]:
    """One side; a source that is refused comes back with what to give instead."""
    try:
        return read_sources([source], layout=layout)
    except UsageError as error:
        raise _hinted(error, _hint_of_source(Path(source))) from None


def _hint_of_source(source: Path) -> str:
    if source.is_dir():
        return "シートの YAML か JSON のあるフォルダーを指定してください（import で作れます）。"
    if source.exists():
        return "YAML か JSON のシート、公表された文章（.txt）、原稿（.docx）を指定してください。"
    return "名前と場所を確かめてください。空白を含む名前は引用符で囲みます。"


def _hinted(error: GyomuError, hint: str) -> GyomuError:
    """The same error, with a hint where it has none."""
    return type(error)(error.message, place=error.place, hint=error.hint or hint)


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
        raise UsageError(
            message, place=place, hint="--out に拡張子が .docx のファイルを指定してください。"
        )
    if Path(out).is_dir() or not suffix:
        message = "--out には拡張子のあるファイルを指定してください。"
    else:
        message = f"形式「{suffix}」はありません。"
    raise UsageError(message, place=place, hint=f"できる形式: {built}")


def _check_use(out: str, style: str, order: str, layout: str) -> None:
    """Refuse an option that the report would not heed."""
    suffix = "docx" if style == "redline" else _suffix(out) or "json"
    if layout and suffix not in _IN_A_FORM:
        raise UsageError(
            f"--layout は {suffix} には使えません。",
            place=Place(file=out),
            hint="様式があるのは .pdf と .docx だけです。--layout を外してください。",
        )
    if order and (suffix not in _IN_COLUMNS or style == "redline"):
        named = "--style redline" if style == "redline" else suffix
        raise UsageError(
            f"--order は {named} には使えません。",
            place=Place(file=out),
            hint="左右に並べるのは .pdf、.docx、.html だけです。--order を外してください。",
        )
