"""The command line under test: `run` in this process, `run_program` as a user's shell does.

`run("render", folder, "--out", out)` gives exit code, standard output and standard error; paths
may be given as they are. No test looks for a traceback: both functions fail if there is one.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from gyomu_docs import cli
from gyomu_docs.model.sheet_file import dump_json, dump_yaml
from tests.support.sheets import sheet

ROOT = Path(__file__).parents[2]


class Result(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str
    data: bytes
    """Standard output as bytes."""


def run(*arguments: object) -> Result:
    """Run a command line in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.run([str(argument) for argument in arguments])
    return _result(code, _content(out), _content(err))


def run_program(*arguments: object, check_encoding: bool = True, **environment: str) -> Result:
    """Run `python -m gyomu_docs` as a program of its own, in which every warning is an error."""
    options = ["-W", "error", "-X", "warn_default_encoding"] if check_encoding else []
    done = subprocess.run(
        [sys.executable, *options, "-m", "gyomu_docs", *map(str, arguments)],
        capture_output=True,
        check=False,
        env={**clean_environment(), **environment},
    )
    return _result(done.returncode, done.stdout, done.stderr, environment)


def clean_environment() -> dict[str, str]:
    """The environment without what changes the output, and with this package."""
    unwanted = ("PYTHON", "SOURCE_DATE_EPOCH", "GYOMU_DEBUG")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(unwanted)}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def put_sheet(path: Path, **changes: Any) -> Path:
    """Write the small sheet of `tests.support.sheets`, with these changes, as YAML or JSON."""
    dump = dump_json if path.suffix == ".json" else dump_yaml
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump(sheet(**changes)), "utf-8", newline="\n")
    return path


def files_below(folder: Path) -> list[str]:
    """All files of a folder, temporary ones too, as `sub/003.yaml`."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def _content(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()


def _result(code: int, out: bytes, err: bytes, environment: dict[str, str] | None = None) -> Result:
    encoding = (environment or {}).get("PYTHONIOENCODING", "utf-8")
    result = Result(code, out.decode(encoding, "replace"), err.decode(encoding, "replace"), out)
    assert "Traceback" not in result.err
    assert "内部の誤り" not in result.err
    return result
