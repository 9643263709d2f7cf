"""LibreOffice as a reviser's program: one process, driven through UNO by the system's Python.

`run_jobs` gives each job (a draft, whether to track changes, the edits) to one soffice process, as
`tests/support/uno_edits.py` says; it runs under the Python that has UNO, which is not ours.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

PYTHON = "/usr/bin/python3"
SCRIPT = Path(__file__).parent / "uno_edits.py"


class Job(NamedTuple):
    """A draft to open, edit and save."""

    name: str
    data: bytes
    track: bool
    edits: tuple[tuple[Any, ...], ...] = ()
    """`("set", old, new)`, `("replace", old, new)`, `("insert", below, {column: text})`,
    `("delete", text)`, `("copy", text)`: see `uno_edits.py`."""


def unavailable() -> str:
    """Why there is no LibreOffice to drive; empty where there is one."""
    if shutil.which("soffice") is None:
        return "soffice is not installed"
    command = [PYTHON, "-c", "import uno"]
    if not Path(PYTHON).exists() or subprocess.run(command, capture_output=True).returncode:
        return "the system's Python has no UNO"
    return ""


def run_jobs(folder: Path, jobs: list[Job]) -> dict[str, bytes]:
    """What each job left, by its name."""
    todo = []
    for job in jobs:
        source, target = folder / f"{job.name}.docx", folder / f"{job.name}-saved.docx"
        source.write_bytes(job.data)
        todo.append({"source": str(source), "target": str(target)})
        todo[-1] |= {"track": job.track, "edits": job.edits}
    list_ = folder / "jobs.json"
    list_.write_text(json.dumps(todo), encoding="utf-8")
    pipe = f"gyomu{abs(hash(folder))}"
    office = subprocess.Popen(
        [
            "soffice", "--headless", "--norestore", "--nologo", "--nodefault",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        done = subprocess.run(
            [PYTHON, str(SCRIPT), pipe, str(list_)], capture_output=True, encoding="utf-8"
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        office.wait(timeout=30)
    finally:
        if office.poll() is None:
            # soffice is a script, so its whole group has to go.
            os.killpg(office.pid, signal.SIGKILL)
            office.wait()
    return {job.name: (folder / f"{job.name}-saved.docx").read_bytes() for job in jobs}
