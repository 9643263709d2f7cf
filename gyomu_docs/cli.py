"""The command line: `gyomu-docs import|render|schema|layouts|fonts|info`.

Exit 0 done, 1 sheets left out, 2 wrong usage or unreadable input; never a traceback.

Commands import what they need when they run, so that `--help` is quick.
"""

from __future__ import annotations

import contextlib
import difflib
import gc
import glob
import io
import itertools
import os
import sys
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from gyomu_docs import __version__
from gyomu_docs.console import LEVELS, STANDARD_OUTPUT, Console, complain, print_bytes, print_line
from gyomu_docs.errors import (
    Diagnostic,
    GyomuError,
    MissingGlyphError,
    OutputError,
    Place,
    UsageError,
    gather_missing,
)
from gyomu_docs.usage import PROGRAM, Command, Group, usage_error

if TYPE_CHECKING:
    from gyomu_docs.files import OutFile
    from gyomu_docs.model import Edition, SourcedSheet
    from gyomu_docs.render import Renderer


_NOT_BUILT = ("check", "booklet", "draft", "collect", "compare", "rollover", "export")
"""Commands of the contract that later versions have."""
_SUFFIXES_OF_FILES = (".pdf", ".docx", ".html", ".xlsx", ".yaml", ".yml", ".json", ".txt")
app = typer.Typer(
    name=PROGRAM,
    cls=Group,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Sources = Annotated[
    list[str],
    typer.Argument(metavar="SRC", help="シートのファイルかフォルダー（いくつでも）。"),
]
OutFolder = Annotated[
    str, typer.Option("--out", metavar="DIR", help="書き出すフォルダー（- は標準出力）。")
]
Layout = Annotated[
    str, typer.Option("--layout", metavar="NAME|FILE", help="様式の名前かファイル。")
]
KeepGoing = Annotated[
    bool,
    typer.Option("--keep-going", help="誤りのあるシートを除いて続ける（終了コードは 1）。"),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="誤りのほかは何も表示しない。")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="細かな知らせも表示する。")]


def _print_version(wanted: bool) -> None:
    if wanted:
        print_line(f"{PROGRAM} {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_print_version, help="版を表示して終わる。"
        ),
    ] = False,
) -> None:
    """業務棚卸表（総合計画施策説明表）を取り込み、印刷様式の PDF にする。"""


@app.command("import", cls=Command)
def import_(
    sources: Sources,
    out: OutFolder,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="内容の異なるファイルも置き換える。")
    ] = False,
    keep_going: KeepGoing = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """公表された文章などを、1シート1ファイルの YAML にする。直した箇所はすべて一覧にする。"""
    from gyomu_docs.model.sheet_file import dump_yaml

    console = Console(quiet=quiet, verbose=verbose)
    folder = _out_folder(out)
    failures: list[GyomuError] = []
    edition, found = _read(sources, failures if keep_going else None)
    console.diagnostics(found, details=True)
    keep = "" if overwrite else "置き換えるときは --overwrite を付けてください。"
    files = (
        _out_file(entry, folder, "yaml", dump_yaml(entry.sheet).encode(), keep=keep)
        for entry in edition.entries
    )
    console.deliver(files, out, len(edition))
    console.tell_left_out(failures)


@app.command(cls=Command)
def render(
    sources: Sources,
    out: OutFolder,
    to: Annotated[
        str, typer.Option("--to", metavar="FORMAT,...", help="形式。pdf、yaml、json から選ぶ。")
    ] = "pdf",
    layout: Layout = "",
    attach_data: Annotated[
        bool, typer.Option("--attach-data", help="PDF にシートのデータを添付する（PDF/A-3a）。")
    ] = False,
    keep_going: KeepGoing = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """シートを印刷様式の PDF などにする（1シート1ファイル）。"""
    from gyomu_docs.render import Renderer, located, parse_formats
    from gyomu_docs.resources import DEFAULT_FORM, find_resources

    console = Console(quiet=quiet, verbose=verbose)
    formats = parse_formats(to)
    folder = _out_folder(out)
    if out == STANDARD_OUTPUT and len(formats) != 1:
        raise UsageError("標準出力（--out -）には形式を一つだけ指定してください。")
    renderer = Renderer(find_resources(), layout or DEFAULT_FORM)
    failures: list[GyomuError] = []
    edition, found = _read(sources, failures if keep_going else None)
    console.diagnostics(found)
    inputs = {_identity(entry.file) for entry in edition.entries}
    told: list[Diagnostic] = []

    def make(entry: SourcedSheet) -> Iterator[OutFile]:
        for format_ in formats:
            data, found = renderer.render(entry.sheet, format_, attach_data=attach_data)
            told.extend(one.within(Place(file=entry.file)) for one in found)
            yield _sparing(_out_file(entry, folder, format_, data), inputs)

    def files() -> Generator[OutFile, None, None]:
        with console.progress(edition.entries, "作成中") as entries:
            for entry in entries:
                try:
                    made = list(make(entry))
                except GyomuError as error:
                    if not keep_going:
                        raise _with_rest(error, entry, edition.entries, renderer) from None
                    failures.append(located(error, entry))
                else:
                    yield from made

    with contextlib.closing(files()) as all_files:
        console.deliver(all_files, out, len(edition), told)
    console.tell_left_out(failures)


@app.command(cls=Command)
def schema(
    out: Annotated[
        str, typer.Option("--out", metavar="FILE", help="書き出すファイル（- は標準出力）。")
    ] = STANDARD_OUTPUT,
) -> None:
    """シートファイルの JSON Schema を出力する（エディターの補完と検査に使う）。"""
    import json

    from gyomu_docs.files import OutFile, bytes_writer, write_files
    from gyomu_docs.model.sheet_file import json_schema

    data = (json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n").encode()
    if out == STANDARD_OUTPUT:
        print_bytes(data)
    else:
        write_files([OutFile(Path(out), bytes_writer(data))])


@app.command(cls=Command)
def layouts(
    check: Annotated[
        str, typer.Option("--check", metavar="FILE", help="この様式ファイルを検査する。")
    ] = "",
) -> None:
    """使える様式を一覧にする。"""
    from gyomu_docs.layout import load_form
    from gyomu_docs.resources import DEFAULT_FORM, find_resources

    resources = find_resources()
    if check:
        from gyomu_docs.model import FiscalYear, Sheet
        from gyomu_docs.render import Renderer

        renderer = Renderer(resources, check)
        form = renderer.resolver.form
        try:
            _, found = renderer.pdf(Sheet(fiscal_year=FiscalYear(2021), number="1"))
        except GyomuError as error:
            raise error.within(Place(file=check)) from None
        Console(verbose=True).diagnostics(one.within(Place(file=check)) for one in found)
        print_line(f"{check}: 誤りはありません（{form.form} {form.title}）。")
        return
    for name in resources.form_names():
        source = resources.form_source(name)
        form = load_form(source.text, source.file)
        default = "（既定）" if name == DEFAULT_FORM else ""
        print_line(f"{name}  {form.title}{default}")


@app.command(cls=Command)
def fonts(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="SRC", help="文字を調べるシート。")
    ] = None,
    layout: Layout = "",
) -> None:
    """書体を一覧にする。SRC を指定すると、書体にない文字とその場所を一覧にする。"""
    from gyomu_docs.inventory import GlyphInventory, font_list
    from gyomu_docs.render import Renderer
    from gyomu_docs.resources import DEFAULT_FORM, find_resources

    renderer = Renderer(find_resources(), layout or DEFAULT_FORM)
    if not sources:
        print_line("\n".join(font_list(renderer)))
        return
    edition, found = _read(sources)
    Console().diagnostics(found)
    inventory = GlyphInventory(renderer)
    for entry in edition.entries:
        inventory.add(entry)
    for one in inventory.diagnostics():
        print_line(f"{LEVELS[one.level]} {one}")
    for missing in inventory.missing:
        print_line(f"{missing.place}: {missing.message}")
    if inventory.missing:
        raise typer.Exit(1)
    print_line("書体にない文字はありません。")


@app.command(cls=Command)
def info() -> None:
    """版と、使っているライブラリ、書体、様式の場所を表示する。"""
    import platform
    from importlib.metadata import PackageNotFoundError, version

    from gyomu_docs.resources import find_resources
    from gyomu_docs.typeset.fonts import default_font_files

    resources = find_resources()
    print_line(f"{PROGRAM} {__version__}")
    print_line(f"Python {platform.python_version()}（{platform.platform()}）")
    for name in ("pydantic", "PyYAML", "typer", "Jinja2", "reportlab", "uharfbuzz"):
        try:
            print_line(f"{name} {version(name)}")
        except PackageNotFoundError:
            print_line(f"{name} （ありません）")
    print_line(f"様式のフォルダー: {resources.layouts}")
    print_line(f"書体のフォルダー: {resources.fonts}")
    for name, path in default_font_files(resources.fonts).items():
        print_line(f"  {name}: {path.name if path.is_file() else '（ありません）'}")
    settings = resources.settings
    print_line(f"設定ファイル: {settings.file or '（ありません）'}")
    for path, _, place in settings.fallbacks:
        print_line(f"予備の書体: {path}（{str(place) or 'この PC の書体'}）")
    print_line(f"外字の対応表: {settings.gaiji or '（ありません）'}")


def _with_rest(
    error: GyomuError, entry: SourcedSheet, entries: Sequence[SourcedSheet], renderer: Renderer
) -> GyomuError:
    """The error with its place; if glyphs are missing, with those of the sheets that follow."""
    from gyomu_docs.render import located

    first = located(error, entry)
    if not isinstance(first, MissingGlyphError):
        return first
    errors = [first]
    following = itertools.dropwhile(lambda one: one is not entry, entries)
    for other in itertools.islice(following, 1, None):
        with contextlib.suppress(GyomuError):  # one fault after the other
            if missing := renderer.missing(other.sheet):
                errors.append(missing.within(Place(file=other.file, sheet=other.sheet.label)))
    return gather_missing(errors) or first


def _read(
    sources: Sequence[str], refused: list[GyomuError] | None = None
) -> tuple[Edition, list[Diagnostic]]:
    """Read all sources. With `refused`, files that are refused go there and are left out."""
    from gyomu_docs import readers

    return readers.read(list(_expanded(sources)), refused=refused)


def _expanded(sources: Sequence[str]) -> Iterator[str]:
    """The sources with `*` and `?` resolved, which no shell of Windows does."""
    for source in sources:
        if ("*" in source or "?" in source) and not os.path.lexists(source):
            yield from sorted(glob.glob(source.replace("[", "[[]"))) or [source]
        else:
            yield source


def _out_folder(out: str) -> Path:
    path = Path(out)
    if path.suffix.lower() in _SUFFIXES_OF_FILES and not path.is_dir():
        raise UsageError(
            "--out にはファイルではなくフォルダーを指定してください。",
            place=Place(file=out),
            hint="ファイルの名前は、シートの番号と名前から付きます。",
        )
    if not out.strip():
        raise UsageError(
            "--out のフォルダーの名前が空です。", hint="今のフォルダーは . と書きます。"
        )
    return path


def _out_file(
    entry: SourcedSheet, folder: Path, format_: str, data: bytes, keep: str = ""
) -> OutFile:
    """A file of one sheet, in the sheet's own sub-folder."""
    from gyomu_docs.files import OutFile, bytes_writer, file_name

    name = file_name(entry.sheet.number, entry.sheet.title, format_)
    source = f"{entry.file} の {entry.sheet.label}"
    return OutFile(folder / entry.folder / name, bytes_writer(data), source, keep)


def _identity(path: str | Path) -> str:
    return os.path.normcase(os.path.realpath(path))


def _sparing(file: OutFile, inputs: set[str]) -> OutFile:
    """The file, not to be written over the sheet that it was made from."""
    if _identity(file.path) not in inputs:
        return file
    return file._replace(
        keep="入力のファイルを書き換えないよう、--out に別のフォルダーを指定してください。"
    )


def main() -> NoReturn:
    """Run the command line and exit; the entry point of `gyomu-docs`."""
    # The run is short: plugins of other programs, the cyclic garbage of a few imports and taking
    # all modules apart in the end would be a quarter of it.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.set_threshold(50_000)
    streams = (sys.stdout, sys.stderr)
    for stream in streams:
        # A Windows pipe may be cp932, which lacks characters that names in a city have.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    code = run(sys.argv[1:])
    for stream in streams:
        with contextlib.suppress(OSError):
            stream.flush()
    if "GYOMU_DEBUG" in os.environ:
        sys.exit(code)  # a profiler writes its file when the interpreter ends
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run a command line; the exit code."""
    try:
        _check_command(arguments)
        code = app(arguments or ["--help"], prog_name=PROGRAM, standalone_mode=False)
    except GyomuError as error:
        complain(error)
        code = 2
    except KeyboardInterrupt:
        code = 130
    except MemoryError:
        complain(OutputError("メモリーが足りません。", hint="シートを分けて実行してください。"))
        code = 2
    except Exception as error:
        code = _unexpected(error, arguments)
    if code == 130:
        print_line("中断しました。", err=True)
    return code or 0


def _check_command(arguments: Sequence[str]) -> None:
    """Refuse a command that there is not; typer would do it in English."""
    command = next(iter(arguments), "")
    known = [one.name or getattr(one.callback, "__name__", "") for one in app.registered_commands]
    if not command or command.startswith("-") or command in known:
        return
    if command in _NOT_BUILT:
        raise UsageError(f"コマンド {command} はまだ使えません（使えるのは {'、'.join(known)}）。")
    near = difflib.get_close_matches(command, known, n=1)
    hint = f"「{near[0]}」ではありませんか。" if near else f"使えるコマンド: {'、'.join(known)}"
    raise UsageError(f"コマンド「{command}」はありません。", hint=hint)


def _unexpected(error: Exception, arguments: Sequence[str]) -> int:
    """A usage error of typer in Japanese; anything else is a fault of ours, told in one line."""
    # By their names: where typer keeps its exceptions depends on its version.
    if type(error).__name__ == "Abort":
        return 130
    if hasattr(error, "format_message"):
        complain(usage_error(error, arguments))
        return 2
    if "GYOMU_DEBUG" in os.environ:
        raise error
    if isinstance(error, OSError):
        complain(
            OutputError(
                f"読み書きができません（{error.strerror or error}）。",
                place=Place(file=str(error.filename or "")),
                hint="ディスクの空き、権限、ネットワークの接続を確かめてください。",
            )
        )
        return 2
    print_line(f"誤り: プログラムの内部の誤りです（{type(error).__name__}: {error}）。", err=True)
    print_line(
        "  ヒント: 環境変数 GYOMU_DEBUG=1 を付けて実行し、表示を開発者に送ってください。", err=True
    )
    return 2
