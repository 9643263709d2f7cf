"""`layouts` and `schema`: forms and sheet files, listed and checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gyomu_docs.cli.program import (
    app,
)
from gyomu_docs.console import STANDARD_OUTPUT, Console, complain, print_bytes, print_line
from gyomu_docs.errors import GyomuError, Place, UsageError
from gyomu_docs.usage import Command

if TYPE_CHECKING:
    from gyomu_docs.resources import Resources


@app.command(cls=Command)
def schema(
    out: Annotated[
        str, typer.Option("--out", metavar="FILE", help="書き出すファイル（- は標準出力）。")
    ] = STANDARD_OUTPUT,
) -> None:
    """シートファイルの JSON Schema を出力する（エディターの補完と検査に使う）。"""
    import json

    from gyomu_docs.files import OutFile, bytes_writer
    from gyomu_docs.model.sheet_file import json_schema

    data = (json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n").encode()
    Console().deliver(iter([OutFile(Path(out), bytes_writer(data))]), out, 1)


@app.command(cls=Command)
def layouts(
    check: Annotated[
        str,
        typer.Option("--check", metavar="FILE", help="この様式ファイルの誤りをすべて挙げる。"),
    ] = "",
    preview: Annotated[
        str,
        typer.Option(
            "--preview", metavar="NAME|FILE", help="この様式の見本（架空のデータ）を PDF にする。"
        ),
    ] = "",
    out: Annotated[
        str,
        typer.Option(
            "--out",
            metavar="FILE.pdf",
            help="見本を書き出すファイル（- は標準出力）。"
            "省略すると今のフォルダーの「様式の名前-preview.pdf」。",
        ),
    ] = "",
) -> None:
    """使える様式を一覧にする。様式の検査と見本もできる。"""
    from gyomu_docs.layout import load_form
    from gyomu_docs.resources import DEFAULT_FORM, find_resources

    resources = find_resources()
    if out and not preview:
        raise UsageError("--out は --preview と一緒に指定してください。")
    if check:
        _check_layout(resources, check)
    if preview:
        _preview_layout(resources, preview, out)
    if check or preview:
        return
    for name in resources.form_names():
        try:
            source = resources.form_source(name)
            form = load_form(source.text, source.file, resources.form_source)
        except GyomuError as error:  # of the city's own: the others can be used all the same
            complain(error)
            continue
        default = "（既定）" if name == DEFAULT_FORM else ""
        print_line(f"{name}  {form.title}{default}")


def _check_layout(resources: Resources, file: str) -> None:
    from gyomu_docs.preview import check_layout

    faults, found, form = check_layout(resources, file)
    for fault in faults:
        complain(fault)
    if form is None:
        print_line(f"{file}: 誤りが{len(faults)}件あります。", err=True)
        raise typer.Exit(2)
    Console(verbose=True).diagnostics(one.within(Place(file=file)) for one in found)
    print_line(f"{file}: 誤りはありません（{form.form} {form.title}）。")


def _preview_layout(resources: Resources, layout: str, out: str) -> None:
    from gyomu_docs.files import OutFile, bytes_writer, safe_name, write_files
    from gyomu_docs.preview import preview

    data, found, name = preview(resources, layout)
    Console().diagnostics(found)
    if out == STANDARD_OUTPUT:
        print_bytes(data)
        return
    path = Path(out or f"{safe_name(name)}-preview.pdf")
    if path.suffix.lower() != ".pdf":
        raise UsageError("見本の --out には .pdf のファイルを指定してください。")
    write_files([OutFile(path, bytes_writer(data))])
    print_line(str(path))
