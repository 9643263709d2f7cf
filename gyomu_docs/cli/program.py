"""The program that all commands belong to, and the options that they share."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.models import CommandInfo

from gyomu_docs import __version__
from gyomu_docs.console import print_line
from gyomu_docs.usage import PROGRAM, Group

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
Overwrite = Annotated[bool, typer.Option("--overwrite", help="内容の異なるファイルも置き換える。")]
Layout = Annotated[
    str,
    typer.Option(
        "--layout",
        metavar="NAME|FILE",
        help="様式の名前かファイル（省略時は sheet-a4-landscape）。",
    ),
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
    """業務棚卸表（総合計画施策説明表）を取り込み、印刷様式の PDF や Word の原稿にする。"""


def command_name(command: CommandInfo) -> str:
    """The name of a command that was registered with the program."""
    return str(command.name or getattr(command.callback, "__name__", ""))
