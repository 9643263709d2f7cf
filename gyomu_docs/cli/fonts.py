"""`fonts` and `info`: what is installed, and what texts lack in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from gyomu_docs import __version__
from gyomu_docs.cli.program import (
    Layout,
    app,
)
from gyomu_docs.cli.sheets import (
    read_sources,
)
from gyomu_docs.console import Console, print_line
from gyomu_docs.errors import Place
from gyomu_docs.usage import PROGRAM, Command

if TYPE_CHECKING:
    pass


@app.command(cls=Command)
def fonts(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="SRC", help="文字を調べるシート。")
    ] = None,
    layout: Layout = "",
) -> None:
    """書体を一覧にする。SRC を指定すると、書体にない文字とその場所を一覧にする。"""
    from gyomu_docs.render import Renderer
    from gyomu_docs.resources import DEFAULT_FORM, find_resources
    from gyomu_docs.typeset.coverage import missing_characters

    renderer = Renderer(find_resources(), layout or DEFAULT_FORM)
    if not sources:
        for name in renderer.fonts.names:
            print_line(f"{name}  {renderer.fonts.by_name(name).path}")
        return
    edition, found = read_sources(sources)
    Console().diagnostics(found)
    lacks = 0
    for entry in edition.entries:
        document, _ = renderer.document(entry.sheet)
        for place, char in missing_characters(document, renderer.fonts):
            lacks += 1
            where = place.within(Place(file=entry.file))
            print_line(f"{where}: 「{char}」（U+{ord(char):04X}）が書体にありません。")
    if lacks:
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
    for name in ("pydantic", "PyYAML", "typer", "Jinja2", "reportlab", "python-docx", "uharfbuzz"):
        try:
            print_line(f"{name} {version(name)}")
        except PackageNotFoundError:
            print_line(f"{name} （ありません）")
    print_line(f"様式のフォルダー: {resources.layouts}")
    print_line(f"書体のフォルダー: {resources.fonts}")
    for name, path in default_font_files(resources.fonts).items():
        print_line(f"  {name}: {path.name if path.is_file() else '（ありません）'}")
