"""CPU milliseconds a page from the models in memory to the PDF, beside the raw floor.

    python -m tests.benchmarks.pdf [--sheets 200] [--peer raw] [--peer typst:tagged]

Ours is tagged PDF/A-2a and PDF/UA-1; the floor is untagged. Both set the same sheets in the same
run. Figures are for reading: nothing is asserted.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

from gyomu_docs import readers
from gyomu_docs.render import Renderer
from gyomu_docs.resources import find_resources
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.writers.pdf import Assembly, encode
from tests.benchmarks.corpus import make_corpus, run_peer


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


def measure(sheets_folder: Path, out: Path) -> tuple[Clock, int]:
    """One PDF of all sheets; the time of each stage, and the pages."""
    edition, _ = readers.read([sheets_folder])
    sheets = edition.sheets
    clock = Clock()
    renderer = Renderer(find_resources())
    typesetter = Typesetter(renderer.fonts)
    clock.lap("start")
    pages = 0
    with out.open("wb") as file:
        assembly = Assembly(file, renderer.fonts)
        for sheet in sheets:
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
    return clock, pages


def report(sheets: int, peers: list[str]) -> None:
    """Measure ours and the peers, and print both."""
    with tempfile.TemporaryDirectory() as name:
        corpus = Path(name)
        folder = make_corpus(corpus, sheets)
        out = corpus / "ours.pdf"
        clock, pages = measure(folder, out)
        total = sum(clock.seconds.values())
        ours = 1000 * total / pages
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{sheets} sheets, {pages} pages, {out.stat().st_size / 1e6:.1f} MB, {peak:.0f} MB peak"
        )
        for stage, seconds in clock.seconds.items():
            print(f"  {stage:10} {1000 * seconds / pages:6.2f} ms a page")
        print(f"ours, tagged  {ours:6.2f} ms CPU a page")
        for peer in peers:
            engine, _, option = peer.partition(":")
            figures = run_peer(corpus, engine, corpus / "peer.pdf", option=option)
            theirs = figures["cpu_ms_per_page"]
            print(
                f"{peer:13} {theirs:6.2f} ms CPU a page ({figures['pages']} pages), "
                f"ours / {peer} = {ours / theirs:.2f}"
            )


def main() -> None:
    """Read the arguments and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, default=200)
    parser.add_argument("--peer", action="append", help="an engine of ../shared/peers; raw if none")
    arguments = parser.parse_args()
    report(arguments.sheets, arguments.peer or ["raw"])


if __name__ == "__main__":
    main()
