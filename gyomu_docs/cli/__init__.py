"""The command line: one module a command, and the run that turns faults into messages.

Exit 0 done, 1 sheets left out or conflicts, 2 wrong usage or unreadable input; never a traceback.

Commands import what they need when they run, so that `--help` is quick.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from gyomu_docs.cli import booklet, collect, compare, draft, fonts, forms, imports, render  # noqa: F401 - registers
from gyomu_docs.cli.program import app, command_name
from gyomu_docs.console import complain, print_line
from gyomu_docs.errors import (
    GyomuError,
    OutputError,
    Place,
    UsageError,
    name_hint,
    system_reason,
)
from gyomu_docs.usage import PROGRAM, ordered, usage_error

__all__ = ["app", "main", "run"]

_ORDER = (
    "import",
    "render",
    "draft",
    "collect",
    "compare",
    "booklet",
    "schema",
    "layouts",
    "fonts",
    "info",
)
"""Of the commands in help texts: as the year goes."""
app.registered_commands.sort(key=lambda one: _ORDER.index(command_name(one)))

_NOT_BUILT = ("check", "rollover", "export")
"""Commands of the contract that later versions have."""


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
    arguments = ordered(arguments)
    try:
        _check_command(arguments)
        code = app(arguments or ["--help"], prog_name=PROGRAM, standalone_mode=False)
    except KeyboardInterrupt:
        code = 130
    except Exception as error:
        code = 130 if _is_interrupted(error) else _told(error, arguments)
    if code == 130:
        print_line("中断しました。", err=True)
    return code or 0


def _check_command(arguments: Sequence[str]) -> None:
    """Refuse a command that there is not; typer would do it in English."""
    command = next(iter(arguments), "")
    known = [command_name(one) for one in app.registered_commands]
    if not command or command.startswith("-") or command in known:
        return
    if command in _NOT_BUILT:
        raise UsageError(f"コマンド {command} はまだ使えません（使えるのは {'、'.join(known)}）。")
    hint = name_hint(command, known, "使えるコマンド")
    raise UsageError(f"コマンド「{command}」はありません。", hint=hint)


def _is_interrupted(error: BaseException) -> bool:
    """Whether Ctrl-C was turned into another exception: ReportLab has `except:` without a name."""
    seen: BaseException | None = error
    while seen is not None and not isinstance(seen, KeyboardInterrupt):
        seen = seen.__cause__ or seen.__context__
    return seen is not None


def _told(error: Exception, arguments: Sequence[str]) -> int:
    """Tell a fault; the exit code."""
    if isinstance(error, GyomuError):
        complain(error)
        return 2
    if isinstance(error, MemoryError):
        complain(OutputError("メモリーが足りません。", hint="シートを分けて実行してください。"))
        return 2
    return _unexpected(error, arguments)


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
                f"読み書きができません（{system_reason(error)}）。",
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
