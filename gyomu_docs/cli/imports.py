"""`import`: any source to one YAML file a sheet."""

from __future__ import annotations

from gyomu_docs.cli.program import (
    KeepGoing,
    OutFolder,
    Overwrite,
    Quiet,
    Sources,
    Verbose,
    app,
)
from gyomu_docs.cli.sheets import (
    keep_hint,
    out_file,
    out_folder,
    read_sources,
)
from gyomu_docs.console import Console
from gyomu_docs.errors import GyomuError
from gyomu_docs.usage import Command


@app.command("import", cls=Command)
def import_(
    sources: Sources,
    out: OutFolder,
    overwrite: Overwrite = False,
    keep_going: KeepGoing = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """公表された文章などを、1シート1ファイルの YAML にする。直した箇所はすべて一覧にする。"""
    from gyomu_docs.model.sheet_file import dump_yaml

    console = Console(quiet=quiet, verbose=verbose)
    folder = out_folder(out)
    failures: list[GyomuError] = []
    edition, found = read_sources(sources, failures if keep_going else None, texts=True)
    console.diagnostics(found, details=True)
    files = (
        out_file(entry, folder, "yaml", dump_yaml(entry.sheet).encode(), keep=keep_hint(overwrite))
        for entry in edition.entries
    )
    console.deliver(files, out, len(edition))
    console.tell_left_out(failures)
