"""The command line: `gyomu-docs import|render|schema|layouts|fonts|info`.

The only module that prints. Results go to standard output, everything else to standard error;
exit 0 done, 1 sheets left out, 2 wrong usage or unreadable input, never a traceback.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from gyomu_docs.errors import Diagnostic, GyomuError, OutputError, Place, UsageError

if TYPE_CHECKING:
    from gyomu_docs.files import OutFile
    from gyomu_docs.model import Edition, SourcedSheet

STANDARD_OUTPUT = Path("-")

app = typer.Typer(
    name="gyomu-docs",
    help="業務棚卸表（総合計画施策説明表）の取り込み、印刷様式の作成。",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Sources = Annotated[
    list[Path],
    typer.Argument(metavar="SRC...", help="シートのファイルかフォルダー（いくつでも）。"),
]
OutFolder = Annotated[Path, typer.Option("--out", metavar="DIR", help="書き出すフォルダー。")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="誤りのほかは何も表示しない。")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="細かな知らせも表示する。")]


class Console:
    """What the command tells on standard error, as loud as the user wants."""

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self.quiet = quiet
        self.verbose = verbose

    def tell(self, text: str) -> None:
        """Print a line, unless told to be quiet."""
        if not self.quiet:
            typer.echo(text, err=True)

    def diagnostics(self, found: Iterable[Diagnostic], *, details: bool = False) -> None:
        """Print warnings; with `details` or --verbose also what is for information only."""
        hidden = 0
        for one in found:
            if one.level == "I" and not (details or self.verbose):
                hidden += 1
            else:
                self.tell(f"{_LEVELS[one.level]} {one}")
        if hidden:
            self.tell(f"ほかに知らせが{hidden}件あります（--verbose で表示）。")

    def progress(self, items: list[Any], label: str) -> Iterator[Any]:
        """The items one by one, with a progress bar where a person watches."""
        if self.quiet or len(items) < 2 or not sys.stderr.isatty():
            yield from items
            return
        with typer.progressbar(items, label=label, file=sys.stderr) as bar:
            yield from bar


_LEVELS = {"E": "誤り:", "W": "注意:", "I": "知らせ:"}


@app.command("import")
def import_(
    sources: Sources,
    out: OutFolder,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="内容の異なるファイルも置き換える。")
    ] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """公表された文章などを、1シート1ファイルの YAML にする。直した箇所はすべて一覧にする。"""
    from gyomu_docs import readers
    from gyomu_docs.files import write_files
    from gyomu_docs.model.sheet_file import dump_yaml
    from gyomu_docs.render import out_file

    console = Console(quiet=quiet, verbose=verbose)
    edition, found = readers.read(sources)
    console.diagnostics(found, details=True)
    if out == STANDARD_OUTPUT:
        entry = _only(edition)
        _to_standard_output(dump_yaml(entry.sheet).encode())
        return
    files = [
        out_file(entry, out, "yaml", dump_yaml(entry.sheet).encode()) for entry in edition.entries
    ]
    _tell_written(console, write_files(files, replace=overwrite))


@app.command()
def render(
    sources: Sources,
    out: OutFolder,
    to: Annotated[
        str, typer.Option("--to", metavar="FORMAT,...", help="形式: pdf、yaml、json。")
    ] = "pdf",
    layout: Annotated[
        str, typer.Option("--layout", metavar="NAME|FILE", help="様式の名前かファイル。")
    ] = "",
    attach_data: Annotated[
        bool, typer.Option("--attach-data", help="PDF にシートのデータを添付する（PDF/A-3a）。")
    ] = False,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="誤りのあるシートを除いて続ける（終了コード1）。")
    ] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """シートを印刷様式の PDF などにする（1シート1ファイル）。"""
    from gyomu_docs import readers
    from gyomu_docs.files import write_files
    from gyomu_docs.render import Renderer, located, out_file, parse_formats
    from gyomu_docs.resources import DEFAULT_FORM, find_resources

    console = Console(quiet=quiet, verbose=verbose)
    formats = parse_formats(to)
    renderer = Renderer(find_resources(), layout or DEFAULT_FORM)
    edition, found = readers.read(sources)
    console.diagnostics(found)
    failures: list[GyomuError] = []

    def make(entry: SourcedSheet, format_: str) -> bytes:
        try:
            data, told = renderer.render(entry.sheet, format_, attach_data=attach_data)
        except GyomuError as error:
            raise located(error, entry) from None
        console.diagnostics(one.within(Place(file=entry.file)) for one in told)
        return data

    if out == STANDARD_OUTPUT:
        if len(formats) != 1:
            raise UsageError("標準出力（--out -）には形式を一つだけ指定してください。")
        _to_standard_output(make(_only(edition), formats[0]))
        return

    def files() -> Iterator[OutFile]:
        for entry in console.progress(list(edition.entries), "作成中"):
            try:
                made = [out_file(entry, out, one, make(entry, one)) for one in formats]
            except GyomuError as error:
                if not keep_going:
                    raise
                failures.append(error)
            else:
                yield from made

    _tell_written(console, write_files(files()))
    for failure in failures:
        _complain(failure)
    if failures:
        typer.echo(f"{len(failures)}件のシートを除きました。", err=True)
        raise typer.Exit(1)


@app.command()
def schema(
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="書き出すファイル（- は標準出力）。")
    ] = STANDARD_OUTPUT,
) -> None:
    """シートファイルの JSON Schema を出力する（エディターの補完と検査に使う）。"""
    from gyomu_docs.files import OutFile, bytes_writer, write_files
    from gyomu_docs.model.sheet_file import json_schema

    data = (json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n").encode()
    if out == STANDARD_OUTPUT:
        _to_standard_output(data)
    else:
        write_files([OutFile(out, bytes_writer(data))])


@app.command()
def layouts(
    check: Annotated[
        Path | None, typer.Option("--check", metavar="FILE", help="この様式ファイルを検査する。")
    ] = None,
) -> None:
    """使える様式を一覧にする。"""
    from gyomu_docs.layout import Resolver, load_form
    from gyomu_docs.resources import DEFAULT_FORM, find_resources

    resources = find_resources()
    if check is not None:
        source = resources.form_source(str(check))
        form = Resolver(load_form(source.text, source.file)).form
        typer.echo(f"{check}: 誤りはありません（{form.form} {form.title}）。")
        return
    for name in resources.form_names():
        source = resources.form_source(name)
        form = load_form(source.text, source.file)
        default = "（既定）" if name == DEFAULT_FORM else ""
        typer.echo(f"{name}  {form.title}{default}")


@app.command()
def fonts(
    sources: Annotated[
        list[Path] | None, typer.Argument(metavar="[SRC...]", help="文字を調べるシート。")
    ] = None,
    layout: Annotated[
        str, typer.Option("--layout", metavar="NAME|FILE", help="様式の名前かファイル。")
    ] = "",
) -> None:
    """書体を一覧にする。SRC を指定すると、書体にない文字とその場所を一覧にする。"""
    from gyomu_docs import readers
    from gyomu_docs.render import Renderer
    from gyomu_docs.resources import DEFAULT_FORM, find_resources
    from gyomu_docs.typeset.coverage import missing_characters

    renderer = Renderer(find_resources(), layout or DEFAULT_FORM)
    if not sources:
        for name in renderer.fonts.names:
            typer.echo(f"{name}  {renderer.fonts.by_name(name).path}")
        return
    edition, found = readers.read(sources)
    Console().diagnostics(found)
    lacks = 0
    for entry in edition.entries:
        document, _ = renderer.document(entry.sheet)
        for place, char in missing_characters(document, renderer.fonts):
            lacks += 1
            where = place.within(Place(file=entry.file))
            typer.echo(f"{where}: 「{char}」（U+{ord(char):04X}）が書体にありません。")
    if lacks:
        raise typer.Exit(1)
    typer.echo("書体にない文字はありません。")


@app.command()
def info() -> None:
    """版と、使っているライブラリ、書体、様式の場所を表示する。"""
    import importlib.metadata
    import platform

    from gyomu_docs.resources import find_resources

    resources = find_resources()
    typer.echo(f"gyomu-docs {importlib.metadata.version('gyomu-docs')}")
    typer.echo(f"Python {platform.python_version()} ({platform.platform()})")
    for name in ("pydantic", "PyYAML", "typer", "Jinja2", "reportlab", "uharfbuzz", "python-docx"):
        typer.echo(f"{name} {importlib.metadata.version(name)}")
    typer.echo(f"書体: {resources.fonts}")
    typer.echo(f"様式: {resources.layouts}")


def _only(edition: Edition) -> SourcedSheet:
    if len(edition.entries) != 1:
        raise UsageError(
            "標準出力（--out -）に出せるのは1シートだけです"
            f"（{len(edition.entries)}シートあります）。"
        )
    return edition.entries[0]


def _to_standard_output(data: bytes) -> None:
    sys.stdout.flush()
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader went away (`| head`): not our user's fault, and nothing to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell_written(console: Console, paths: list[Path]) -> None:
    if console.quiet:
        return
    for path in paths:
        typer.echo(str(path))
    console.tell(f"{len(paths)}個のファイルを書き出しました。")


def _complain(error: GyomuError) -> None:
    typer.echo(f"誤り: {error}", err=True)


def main() -> NoReturn:
    """Run the command line and exit; the entry point of `gyomu-docs`."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows pipe may be cp932, which lacks characters that names in a city have.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run a command line; the exit code."""
    try:
        result = app(arguments, prog_name="gyomu-docs", standalone_mode=False)
    except GyomuError as error:
        _complain(error)
        return 2
    except KeyboardInterrupt:
        typer.echo("中断しました。", err=True)
        return 130
    except MemoryError:
        _complain(OutputError("メモリーが足りません。"))
        return 2
    except Exception as error:
        return _unexpected(error)
    return result if isinstance(result, int) else 0


def _unexpected(error: Exception) -> int:
    """A usage error of typer in Japanese; anything else is a fault of ours, told in one line."""
    if hasattr(error, "format_message"):
        typer.echo(f"誤り: コマンドの書き方が違います（{error.format_message()}）。", err=True)
        typer.echo("  ヒント: gyomu-docs --help で使い方を表示します。", err=True)
        return 2
    if type(error).__name__ in ("Exit", "Abort"):
        return int(getattr(error, "exit_code", 1))
    if "GYOMU_DEBUG" in os.environ:
        raise error
    typer.echo(f"誤り: プログラムの内部の誤りです（{type(error).__name__}: {error}）。", err=True)
    typer.echo(
        "  ヒント: 環境変数 GYOMU_DEBUG=1 を付けて実行し、表示を開発者に送ってください。", err=True
    )
    return 2
