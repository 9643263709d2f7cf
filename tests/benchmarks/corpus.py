"""The corpus of ../shared/peers, made from examples/r3, for us and for the peers alike."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("GYOMU_SHARED", ROOT.parent / "shared"))
PEERS = SHARED / "peers"


def make_corpus(folder: Path, sheets: int) -> Path:
    """Write `sheets` varied sheets below `folder`; the folder of our sheet files."""
    maker, edition = PEERS / "corpus.py", ROOT / "examples/r3"
    command = [sys.executable, str(maker), str(edition), str(sheets), str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder / "sheets"


def run_peer(corpus: Path, engine: str, out: Path, *, option: str = "") -> dict[str, Any]:
    """Figures of one run of a peer over the same corpus: CPU seconds, pages, stages."""
    command = [sys.executable, "run.py", "--corpus", str(corpus), "--engine", engine]
    command += ["--out", str(out), "--opt", option]
    environment = {**os.environ, "BIZUD_DIR": str(ROOT / "fonts")}
    done = subprocess.run(
        command, cwd=PEERS, env=environment, check=True, capture_output=True, encoding="utf-8"
    )
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if "error" in figures:
        raise RuntimeError(figures["error"])
    return figures
