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
from gyomu_docs.console import LEVELS, Console, print_line
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
    from gyomu_docs.inventory import GlyphInventory, font_list
    from gyomu_docs.render import Renderer
    from gyomu_docs.resources import DEFAULT_FORM, find_resources

    renderer = Renderer(find_resources(), layout or DEFAULT_FORM)
    if not sources:
        print_line("\n".join(font_list(renderer)))
        return
    edition, found = read_sources(sources, layout=layout)
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
    for name in ("pydantic", "PyYAML", "typer", "Jinja2", "reportlab", "python-docx", "uharfbuzz"):
        try:
            print_line(f"{name} {version(name)}")
        except PackageNotFoundError:
            print_line(f"{name} （ありません）")
    print_line(f"様式のフォルダー: {resources.layouts}")
    if resources.settings.forms:
        print_line(f"市の様式のフォルダー: {resources.settings.forms}")
    print_line(f"書体のフォルダー: {resources.fonts}")
    for name, path in default_font_files(resources.fonts).items():
        print_line(f"  {name}: {path.name if path.is_file() else '（ありません）'}")
    settings = resources.settings
    print_line(f"設定ファイル: {settings.file or '（ありません）'}")
    for path, _, place in settings.fallbacks:
        print_line(f"予備の書体: {path}（{str(place) or 'この PC の書体'}）")
    print_line(f"外字の対応表: {settings.gaiji or '（ありません）'}")
