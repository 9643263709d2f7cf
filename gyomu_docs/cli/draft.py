"""`draft`: Word drafts for revision."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from gyomu_docs.cli.program import (
    KeepGoing,
    Layout,
    OutFolder,
    Overwrite,
    Quiet,
    Verbose,
    app,
)
from gyomu_docs.cli.sheets import (
    each_sheet,
    identity,
    keep_hint,
    out_file,
    out_folder,
    read_sources,
    sparing,
)
from gyomu_docs.console import Console
from gyomu_docs.errors import Diagnostic, GyomuError, Place, UsageError
from gyomu_docs.usage import Command

if TYPE_CHECKING:
    from gyomu_docs.files import OutFile
    from gyomu_docs.model import FiscalYear, SourcedSheet


@app.command(cls=Command)
def draft(
    out: OutFolder,
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SRC", help="シートのファイルかフォルダー（いくつでも）。"),
    ] = None,
    blank: Annotated[
        bool, typer.Option("--blank", help="SRC の代わりに、新しいシートのための空の様式を作る。")
    ] = False,
    year: Annotated[
        str, typer.Option("--year", metavar="YEAR", help="--blank の年度（R4 など）。")
    ] = "",
    layout: Layout = "",
    force_tracking: Annotated[
        bool,
        typer.Option(
            "--force-tracking", help="変更履歴の記録を切れないようにする（パスワードなし）。"
        ),
    ] = False,
    with_findings: Annotated[
        bool, typer.Option("--with-findings", hidden=True)  # until there is `check`
    ] = False,
    scrub: Annotated[
        bool,
        typer.Option(
            "--scrub",
            help="作成者、日時、元のデータをファイルに入れない。保存のとき、変更した人の名前も"
            "残らない（回収には collect --base が要る）。",
        ),
    ] = False,
    overwrite: Overwrite = False,
    keep_going: KeepGoing = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """各課が直すための Word の原稿を作る（1シート1ファイル、変更履歴あり、保護なし）。"""
    from gyomu_docs.draft import DraftOptions, draft, draft_blank, own_form
    from gyomu_docs.files import OutFile, bytes_writer
    from gyomu_docs.render import Renderer
    from gyomu_docs.resources import DEFAULT_FORM, find_resources

    if with_findings:
        raise UsageError("--with-findings は、点検（check）がまだないため使えません。")
    fiscal_year = _blank_year(sources or [], blank, year)
    console = Console(quiet=quiet, verbose=verbose)
    folder = out_folder(out)
    renderer = Renderer(find_resources(), layout or DEFAULT_FORM)
    own_form(renderer)  # a wrong form is told once, not for every sheet
    options = DraftOptions(force_tracking=force_tracking, scrub=scrub)
    if fiscal_year is not None:
        name = f"{fiscal_year.label('short-digit')}-新規.docx"
        data = draft_blank(renderer, fiscal_year, options)
        file = OutFile(folder / name, bytes_writer(data), keep=keep_hint(overwrite))
        console.deliver(iter([file]), out, 1)
        return
    failures: list[GyomuError] = []
    left_out = failures if keep_going else None
    edition, found = read_sources(sources or [], left_out, layout=layout)
    console.diagnostics(found)
    inputs = {identity(entry.file) for entry in edition.entries}
    told: list[Diagnostic] = []

    def make(entry: SourcedSheet) -> Iterator[OutFile]:
        data, found = draft(renderer, entry.sheet, options)
        told.extend(one.within(Place(file=entry.file)) for one in found)
        yield sparing(out_file(entry, folder, "docx", data, keep=keep_hint(overwrite)), inputs)

    with contextlib.closing(each_sheet(console, edition, make, left_out)) as files:
        console.deliver(files, out, len(edition), told)
    console.tell_left_out(failures)


def _blank_year(sources: Sequence[str], blank: bool, year: str) -> FiscalYear | None:
    """The year of a blank draft; None where drafts are made of sources."""
    from gyomu_docs.model import FiscalYear

    if not blank:
        if year:
            raise UsageError("--year は --blank と一緒に使ってください。")
        if not sources:
            raise UsageError(
                "SRC を指定してください。",
                hint="新しいシートの空の様式は、--blank --year R4 のようにして作ります。",
            )
        return None
    if sources:
        raise UsageError("--blank と SRC は一緒に使えません。")
    if not year:
        raise UsageError("--blank には年度が要ります。", hint="--year R4 のように書いてください。")
    try:
        return FiscalYear.parse(year)
    except ValueError as fault:
        raise UsageError(str(fault)) from None
