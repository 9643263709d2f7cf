"""The whole booklet (contents, roll-ups, index, dividers, sheets): time, memory, rebuild.

    python -m tests.benchmarks.booklet [--sheets 200 1000] [--peer typst --peer typst:tagged]

Each build is a process of its own. Time counts from the models in memory to the tagged PDF/A-2a
file, form and fonts included. The peers set the sheets alone, without the other parts, in the same
run; their figures are of the whole process. Figures are for reading: nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path

from gyomu_docs import readers
from gyomu_docs.booklet.cache import Cache
from gyomu_docs.booklet.config import BookletConfig
from gyomu_docs.booklet.workers import BuildOptions
from gyomu_docs.publishing import Publisher
from gyomu_docs.resources import find_resources
from tests.benchmarks.corpus import ROOT, make_corpus, run_peer

PEERS = ("typst", "typst:tagged")


@dataclass(frozen=True)
class Figures:
    """Of one build."""

    pages: int
    cpu: float
    """Seconds, those of worker processes included."""
    wall: float
    models: float
    """MB of the process before the build: Python, libraries and the models."""
    peak: float
    """MB of the process at its highest, and of its largest worker."""
    worker: float

    @property
    def page(self) -> float:
        """CPU milliseconds a page."""
        return 1000 * self.cpu / self.pages


def measure(folder: Path, out: Path, jobs: int, cache: Path | None) -> Figures:
    """Build the booklet of a folder from this process."""
    edition, _ = readers.read([folder])
    models = _peak(resource.RUSAGE_SELF)
    cpu, wall = _cpu(), time.perf_counter()
    publisher = Publisher(find_resources(), BookletConfig())
    with ProcessPoolExecutor(jobs) if jobs > 1 else nullcontext() as executor:
        options = BuildOptions(executor=executor, cache=Cache(cache) if cache else None)
        with out.open("wb") as file:
            report = publisher.write_pdf(edition.entries, file, options)
    return Figures(
        len(report.pages),
        _cpu() - cpu,
        time.perf_counter() - wall,
        models,
        _peak(resource.RUSAGE_SELF),
        _peak(resource.RUSAGE_CHILDREN),
    )


def measure_alone(folder: Path, out: Path, jobs: int = 1, cache: Path | None = None) -> Figures:
    """The same in a process that does nothing else."""
    command = [sys.executable, "-m", "tests.benchmarks.booklet", "--build"]
    command += [str(folder), str(out), str(jobs), str(cache or "")]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8")
    return Figures(**json.loads(done.stdout))


def report(counts: list[int], peers: list[str]) -> None:
    """Measure and print all; the peers for the first number of sheets alone."""
    by_count = {}
    with tempfile.TemporaryDirectory() as name:
        for count in counts:
            corpus = Path(name) / str(count)
            by_count[count] = _report_one(count, corpus)
            for peer in peers if count == counts[0] else ():
                print_peer(peer, corpus, by_count[count])
    first, last = by_count[counts[0]], by_count[counts[-1]]
    print(
        f"ms a page at {counts[-1]} sheets / at {counts[0]}: {last.page / first.page:.2f}; "
        f"memory beyond the models: {1000 * (last.peak - last.models) / last.pages:.0f} kB a page"
    )


def _report_one(count: int, corpus: Path) -> Figures:
    folder, out, cache = make_corpus(corpus, count), corpus / "ours.pdf", corpus / "cache"
    whole = measure_alone(folder, out)
    print(
        f"{count} sheets: {whole.page:.2f} ms CPU a page, {whole.pages} pages, "
        f"{whole.wall:.1f} s wall with 1 job, {out.stat().st_size / 1e6:.1f} MB; "
        f"peak {whole.peak:.0f} MB, {whole.models:.0f} MB of it with the models alone"
    )
    two = measure_alone(folder, out, jobs=2)
    print(
        f"  2 jobs: {two.wall:.1f} s wall, {two.page:.2f} ms CPU a page, "
        f"peak {two.peak:.0f} MB and {two.worker:.0f} MB in a worker"
    )
    first = measure_alone(folder, out, cache=cache)
    change_one(folder)
    again = measure_alone(folder, out, cache=cache)
    print(
        f"  into an empty cache: {first.page:.2f} ms CPU a page; after one changed sheet: "
        f"{again.cpu:.2f} s CPU, {again.cpu / whole.cpu:.1%} of the whole "
        f"({again.wall / whole.wall:.1%} wall), peak {again.peak:.0f} MB"
    )
    return whole


def change_one(folder: Path) -> None:
    """Change a line of the sheet in the middle."""
    files = sorted(folder.rglob("*.yaml"))
    path = files[len(files) // 2]
    text = path.read_text("utf-8")
    changed = re.sub(r"(?m)^(\s*手段: )", r"\1改めて", text, count=1)
    if changed == text:
        raise RuntimeError(f"nothing to change in {path}")
    path.write_text(changed, "utf-8", newline="\n")


def print_peer(peer: str, corpus: Path, ours: Figures) -> None:
    """One peer and its ratio to ours."""
    engine, _, option = peer.partition(":")
    figures = run_peer(corpus, engine, corpus / "peer.pdf", option=option)
    by_page, by_sheet = figures["cpu_ms_per_page"] / ours.page, figures["cpu_s"] / ours.cpu
    print(
        f"  {peer:13} {figures['cpu_ms_per_page']:6.2f} ms CPU a page, {figures['pages']} pages, "
        f"{figures['peak_mb']:.0f} MB peak; {peer} / ours = {by_page:.2f} a page, "
        f"{by_sheet:.2f} for the same sheets (and our other parts)"
    )


def _cpu() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _peak(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


def main() -> None:
    """Read the arguments and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, nargs="+", default=[200, 1000])
    parser.add_argument("--peer", action="append", help=f"default: {', '.join(PEERS)}")
    parser.add_argument("--build", nargs=4, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.build:
        folder, out, jobs, cache = arguments.build
        made = measure(Path(folder), Path(out), int(jobs), Path(cache) if cache else None)
        print(json.dumps(asdict(made)))
    else:
        report(arguments.sheets, arguments.peer or list(PEERS))


if __name__ == "__main__":
    main()
