"""Our own figures for one PDF of all sheets of a folder, in a process that does nothing else.

    python -m tests.benchmarks.ours FOLDER OUT.pdf

Prints JSON (`Figures`). Time counts from the models in memory to the file; reading is not in it.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from gyomu_docs import readers
from gyomu_docs.collector import rare_collections
from gyomu_docs.render import Renderer
from gyomu_docs.resources import find_resources
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.writers.pdf import Assembly, encode
from tests.benchmarks.corpus import ROOT


@dataclass(frozen=True)
class Figures:
    """Of one run."""

    pages: int
    size: int
    """In bytes."""
    peak: float
    """MB of the whole process."""
    seconds: dict[str, float]
    """CPU seconds by stage, `start` (form and fonts) first."""

    @property
    def total(self) -> float:
        """CPU seconds of all stages."""
        return sum(self.seconds.values())

    @property
    def page(self) -> float:
        """CPU milliseconds a page."""
        return 1000 * self.total / self.pages


class Clock:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.process_time()

    def lap(self, stage: str) -> None:
        """Add the time since the last lap to a stage."""
        now = time.process_time()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now


def measure(folder: Path, out: Path) -> Figures:
    """Set the sheets of a folder in this process."""
    edition, _ = readers.read([folder])
    clock = Clock()
    renderer = Renderer(find_resources())
    typesetter = Typesetter(renderer.fonts)
    clock.lap("start")
    pages = 0
    # As `write_pdf` does it, with a clock between the stages.
    with rare_collections(), out.open("wb") as file:
        assembly = Assembly(file, renderer.fonts)
        for sheet in edition.sheets:
            document, _ = renderer.document(sheet)
            clock.lap("resolve")
            paged, _ = typesetter.paginate(document)
            clock.lap("typeset")
            part = encode(paged, renderer.fonts)
            clock.lap("encode")
            assembly.add(part)
            clock.lap("assemble")
            pages += len(paged.pages)
        assembly.finish()
        clock.lap("assemble")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Figures(pages, out.stat().st_size, peak, clock.seconds)


def measure_alone(folder: Path, out: Path) -> Figures:
    """Set the sheets of a folder in a process of its own, so that its memory is ours alone."""
    command = [sys.executable, "-m", "tests.benchmarks.ours", str(folder), str(out)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8")
    return Figures(**json.loads(done.stdout))


def main() -> None:
    """Measure what the command line names."""
    folder, out = map(Path, sys.argv[1:])
    print(json.dumps(asdict(measure(folder, out))))


if __name__ == "__main__":
    main()
