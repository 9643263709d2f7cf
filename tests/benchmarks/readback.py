"""CPU milliseconds a sheet for reading a returned draft, beside parsing its XML with lxml alone.

    python -m tests.benchmarks.readback [--rounds 20]

The drafts are those of examples/r3, each edited in a few cells; a sheet may take 50 ms. Figures
are for reading: nothing is asserted.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from lxml import etree

from gyomu_docs import readers
from gyomu_docs.collect import merge
from tests.benchmarks.corpus import ROOT
from tests.support.drafts import Body, changed, collector, draft, unpacked


def _edit(body: Body) -> None:
    body.cell("シート名").right().write("新しい名前", by="鈴木")
    body.cell("01").right().write("新しい手段", by="鈴木")
    body.cell("0101").insert_row("0199", "新しい仕事")


def _milliseconds(work: Callable[[bytes], object], files: list[bytes], rounds: int) -> float:
    begin = time.process_time()
    for _ in range(rounds):
        for data in files:
            work(data)
    return 1000 * (time.process_time() - begin) / (rounds * len(files))


def _parse_alone(data: bytes) -> None:
    for name, content in unpacked(data).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(content)


def report(rounds: int) -> None:
    """Measure and print."""
    edition, _ = readers.read([ROOT / "examples/r3"])
    files = [changed(draft(sheet), _edit) for sheet in edition]
    reader = collector()
    merge([reader.read(files[0], "warm.docx")])  # the form is compiled once for all drafts
    ours = _milliseconds(lambda data: merge([reader.read(data, "a.docx")]), files, rounds)
    alone = _milliseconds(_parse_alone, files, rounds)
    print(f"read-back   {ours:6.1f} ms CPU a sheet (at most 50)")
    print(f"lxml alone  {alone:6.1f} ms CPU a sheet, read-back / lxml = {ours / alone:.1f}")


def main() -> None:
    """Read the arguments and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    report(parser.parse_args().rounds)


if __name__ == "__main__":
    main()
