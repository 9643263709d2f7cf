"""veraPDF over the PDFs that the tests write: PDF/A-2a (3a with attachments) and PDF/UA-1.

A start of Java costs seconds, so `Collector` gathers the files of a session (of one worker under
xdist) and validates them together at its end. A file that fails then is an error of the last
test, with the name of the test that wrote it in the message.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pytest

_ROOT = Path(__file__).parents[2]
_SHARED = Path(os.environ.get("GYOMU_SHARED", _ROOT.parent / "shared"))
TOOL = _SHARED / "tools" / "verapdf" / "verapdf"
_NOT_SET_UP = 3
_VERDICT = re.compile(r"(.+) (2a|3a|ua1) (compliant=(true|false)|EXC)")


def unavailable() -> str:
    """Why veraPDF cannot run here; empty if it can."""
    if not TOOL.is_file():
        return f"veraPDF is not there: no {TOOL} (set GYOMU_SHARED)"
    missing = [name for name in ("bash", "java", "javac") if shutil.which(name) is None]
    return f"veraPDF cannot run: no {missing[0]}" if missing else ""


def validate(paths: Iterable[Path]) -> dict[Path, str]:
    """Of each file the failed rules, as veraPDF reports them; empty for a compliant file.

    Skips the test where veraPDF cannot be set up (without a network, on the first call).
    """
    reports: dict[Path, str] = {}
    by_flavour: dict[str, list[Path]] = {}
    for path in paths:
        by_flavour.setdefault("3a" if has_attachments(path) else "2a", []).append(path)
    for flavour, files in by_flavour.items():
        command = ["bash", str(TOOL), f"{flavour},ua1", *map(str, files)]
        result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        if result.returncode == _NOT_SET_UP:
            pytest.skip(f"veraPDF could not be set up: {result.stderr}")
        verdicts = read_report(result.stdout)
        for path in files:
            # A file that veraPDF says nothing of is not compliant.
            ours = [verdicts.get((str(path), each), "no verdict") for each in (flavour, "ua1")]
            reports[path] = "\n".join(filter(None, ours))
    return reports


@dataclass
class Collector:
    """Files to validate when the session ends."""

    folder: Path
    names: dict[Path, str] = field(default_factory=dict)
    broken: dict[Path, str] = field(default_factory=dict)

    def add(self, data: bytes, name: str) -> Path:
        """Keep a PDF that must be compliant, and return where."""
        path = self._keep(data)
        self.names[path] = name
        return path

    def add_broken(self, data: bytes, rule: str) -> None:
        """Keep a PDF that veraPDF must refuse by this rule (`7.1-10`), to be sure that it looks."""
        self.broken[self._keep(data)] = rule

    def findings(self) -> list[str]:
        """What is wrong, a paragraph a file."""
        reports = validate([*self.names, *self.broken])
        wrong = [f"{name}:\n{reports[path]}" for path, name in self.names.items() if reports[path]]
        wrong += [
            f"veraPDF did not find {rule}:\n{reports[path]}"
            for path, rule in self.broken.items()
            if f"FAIL {rule} " not in reports[path]
        ]
        return wrong

    def _keep(self, data: bytes) -> Path:
        path = self.folder / f"{len(self.names) + len(self.broken):03}.pdf"
        path.write_bytes(data)
        return path


def has_attachments(path: Path) -> bool:
    """Whether a PDF can only be PDF/A-3."""
    with pikepdf.open(path) as pdf:
        return "/AF" in pdf.Root


def read_report(text: str) -> dict[tuple[str, str], str]:
    """Verdicts by file and flavour: empty, or the lines that say what fails."""
    verdicts: dict[tuple[str, str], str] = {}
    key = ("", "")
    for line in text.splitlines():
        if match := _VERDICT.match(line):
            key = (match[1], match[2])
            verdicts[key] = "" if match[4] == "true" else line
        elif key in verdicts:
            verdicts[key] += f"\n{line}"
    return verdicts
