"""What the command line prints: results to standard output, the rest to standard error.

The only module that prints.
"""

from __future__ import annotations

import contextlib
import errno
import io
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

import typer

from gyomu_docs.errors import (
    Diagnostic,
    GyomuError,
    OutputError,
    UsageError,
    system_reason,
)

if TYPE_CHECKING:
    from gyomu_docs.files import OutFile

T = TypeVar("T")

STANDARD_OUTPUT = "-"
"""As the folder or file of `--out`."""

LEVELS = {"E": "誤り:", "W": "注意:", "I": "知らせ:"}
"""How a line about a diagnostic begins."""


class Console:
    """What a command writes and tells, as loud as the user wants."""

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self.quiet = quiet
        self.verbose = verbose

    def tell(self, text: str) -> None:
        """Print a line, unless told to be quiet."""
        if not self.quiet:
            print_line(text, err=True)

    def diagnostics(self, found: Iterable[Diagnostic], *, details: bool = False) -> None:
        """Print warnings; with `details` or --verbose also what is for information only.

        What several sheets have in common is one line; --verbose tells it of each.
        """
        from gyomu_docs.telling import told_together

        hidden = 0
        for one in found if self.verbose else told_together(found):
            if one.level == "I" and not (details or self.verbose):
                hidden += 1
            else:
                self.tell(f"{LEVELS[one.level]} {one}")
        if hidden:
            self.tell(f"ほかに知らせが{hidden}件あります（--verbose で表示）。")

    @contextlib.contextmanager
    def progress(self, items: Sequence[T], label: str) -> Iterator[Iterable[T]]:
        """The items to go through, with a progress bar where a person watches."""
        if self.quiet or len(items) < 2 or not sys.stderr.isatty():
            yield items
        else:
            with typer.progressbar(items, label=label, file=sys.stderr) as bar:
                yield bar

    @contextlib.contextmanager
    def counting(self, total: int, label: str) -> Iterator[Callable[[int, int], None]]:
        """A function to call with what is done and all there is; a bar with the time left."""
        if self.quiet or total < 2 or not sys.stderr.isatty():
            yield lambda done, total: None
            return
        with typer.progressbar(length=total, label=label, file=sys.stderr) as bar:
            yield lambda done, total: bar.update(done - bar.pos)

    def deliver(
        self, files: Iterator[OutFile], out: str, sheets: int, found: Sequence[Diagnostic] = ()
    ) -> None:
        """Write the files, or the only one to standard output.

        `found` may fill while the files are made; it is told before what was written.
        """
        from gyomu_docs.files import write_files

        if out != STANDARD_OUTPUT:
            paths = write_files(files)
            self.diagnostics(found)
            if paths and not self.quiet:
                print_line("\n".join(map(str, paths)))
            self.tell(f"{len(paths)}個のファイルを書き出しました。")
        elif sheets > 1:
            raise UsageError(
                f"標準出力（--out -）に出せるのは1シートだけです（{sheets}シートあります）。",
                hint="--out にフォルダーを指定するか、SRC に1シートだけを指定してください。",
            )
        else:
            for file in files:
                content = io.BytesIO()
                file.write(content)
                print_bytes(content.getvalue())
            self.diagnostics(found)

    def tell_left_out(self, failures: Sequence[GyomuError]) -> None:
        """Name what was left out, even when quiet, and end with exit code 1."""
        for failure in failures:
            complain(failure)
        if failures:
            self.tell(f"{len(failures)}件を除きました。")
            raise typer.Exit(1)


def print_line(text: str, *, err: bool = False) -> None:
    """Print a line; control characters, which a name or a text may have, are shown as codes."""
    if not text.isprintable():
        text = "".join(char if _is_visible(char) else ascii(char)[1:-1] for char in text)
    with _standing_output(err=err):
        typer.echo(text, err=err)


def print_bytes(data: bytes) -> None:
    """Print bytes as they are, to standard output."""
    with _standing_output():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def _is_visible(char: str) -> bool:
    return char == "\n" or unicodedata.category(char) not in ("Cc", "Cf", "Cs")


@contextlib.contextmanager
def _standing_output(*, err: bool = False) -> Iterator[None]:
    """Print to a stream whose reader may go away (`| head`): no fault of our user."""
    try:
        yield
    except OSError as error:
        # Windows says EINVAL of a pipe that nobody reads.
        if not err and error.errno not in (errno.EPIPE, errno.EINVAL):
            raise OutputError(
                f"標準出力に書き込めません（{system_reason(error)}）。",
                hint="出力先のディスクの空きを確かめてください。",
            ) from None


def complain(error: GyomuError) -> None:
    """Print an error and its others: a line for the place and the fault, one for the hint."""
    for one in (error, *error.others):
        print_line(f"誤り: {one}", err=True)
