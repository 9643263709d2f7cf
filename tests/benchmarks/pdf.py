"""CPU milliseconds a page from the models in memory to the PDF, beside other engines.

    python -m tests.benchmarks.pdf [--sheets 200 1000] [--peer raw --peer typst --peer typst:tagged]

Ours is one tagged PDF/A-2a and PDF/UA-1 file of all sheets, made in one process that does nothing
else. The peers set the same sheets in the same run, for the first number of sheets alone, since
some take gigabytes; `engine:option` is as `../shared/peers/run.py` knows it. Their figures are of
the whole process, start-up included. Figures are for reading: nothing is asserted.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.corpus import ROOT, make_corpus, run_peer
from tests.benchmarks.ours import Figures, measure_alone

PEERS = ("raw", "typst", "typst:tagged")
SHELL_RUNS = 5


def report(counts: list[int], peers: list[str]) -> None:
    """Measure ours for each number of sheets, the peers for the first, and print all."""
    by_count: dict[int, Figures] = {}
    with tempfile.TemporaryDirectory() as name:
        for count in counts:
            corpus = Path(name) / str(count)
            folder = make_corpus(corpus, count)
            by_count[count] = measure_alone(folder, corpus / "ours.pdf")
            print_figures(count, by_count[count])
            if count == counts[0]:
                for peer in peers:
                    print_peer(peer, corpus, by_count[count])
    if len(counts) > 1:
        first, last = by_count[counts[0]], by_count[counts[-1]]
        growth = last.page / first.page
        print(f"ms a page at {counts[-1]} sheets / at {counts[0]}: {growth:.2f}")
    wall, cpu = one_sheet()
    print(f"one sheet from the shell: {wall:.2f} s wall, {cpu:.2f} s CPU, median of {SHELL_RUNS}")


def print_figures(count: int, ours: Figures) -> None:
    """Ours, by stage."""
    print(
        f"{count} sheets: {ours.page:.2f} ms CPU a page, {ours.pages} pages, "
        f"{ours.size / 1e6:.1f} MB, {ours.peak:.0f} MB peak"
    )
    for stage, seconds in ours.seconds.items():
        print(f"  {stage:10} {1000 * seconds / ours.pages:6.2f} ms a page")


def print_peer(peer: str, corpus: Path, ours: Figures) -> None:
    """One peer and its ratio to ours: the floor below us, any other above."""
    engine, _, option = peer.partition(":")
    figures = run_peer(corpus, engine, corpus / "peer.pdf", option=option)
    theirs, pages = figures["cpu_ms_per_page"], figures["pages"]
    by_page, by_sheet = ours.page / theirs, ours.total / figures["cpu_s"]
    ratio = f"ours / {peer}"
    if engine != "raw":
        ratio, by_page, by_sheet = f"{peer} / ours", 1 / by_page, 1 / by_sheet
    print(
        f"  {peer:13} {theirs:6.2f} ms CPU a page, {pages} pages, "
        f"{figures['pdf_bytes'] / 1e6:.1f} MB, {figures['peak_mb']:.0f} MB peak; "
        f"{ratio} = {by_page:.2f} a page, {by_sheet:.2f} for the same sheets"
    )


def one_sheet() -> tuple[float, float]:
    """Wall and CPU seconds from the shell to the PDF of one sheet, medians of some runs.

    Where the machine has other work the two differ, and the CPU seconds are to be read.
    """
    source = sorted((ROOT / "examples/r3").glob("*.yaml"))[0]
    walls, cpus = [], []
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "gyomu_docs", "render", str(source), "--out", out]
        for _ in range(SHELL_RUNS):
            wall, cpu = time.perf_counter(), _children()
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
            walls.append(time.perf_counter() - wall)
            cpus.append(_children() - cpu)
    return statistics.median(walls), statistics.median(cpus)


def _children() -> float:
    """CPU seconds of all processes that this one has waited for."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Read the arguments and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, nargs="+", default=[200, 1000])
    parser.add_argument("--peer", action="append", help=f"default: {', '.join(PEERS)}")
    arguments = parser.parse_args()
    report(arguments.sheets, arguments.peer or list(PEERS))


if __name__ == "__main__":
    main()
