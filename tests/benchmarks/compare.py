"""CPU seconds to compare two editions in memory, beside difflib over their YAML texts.

    python -m tests.benchmarks.compare [--sheets 200] [--edits 12]

The new edition is the corpus of ../shared/peers; the old one is made from it by random edits, some
sheets are renumbered, some dropped and some new. difflib aligns the lines of each pair of sheets
with the same number, which is all that a text comparison does; it knows neither rows nor years.
Figures are for reading: nothing is asserted.
"""

from __future__ import annotations

import argparse
import difflib
import resource
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from gyomu_docs import readers
from gyomu_docs.comparison import compare_editions, word_changes
from gyomu_docs.comparison.change_list import dump_json
from gyomu_docs.model import Edition, Sheet
from gyomu_docs.model.sheet_file import dump_yaml
from tests.benchmarks.corpus import make_corpus
from tests.support.comparing import edition
from tests.support.edits import Editor


def edited(sheets: tuple[Sheet, ...], edits: int, random: Random) -> Edition:
    """An edition with random edits to every sheet; a tenth renumbered, a few dropped."""
    olds = []
    for number, sheet in enumerate(sheets):
        editor = Editor(sheet, random)
        for _ in range(edits):
            editor.edit()
        if number % 10 == 0:
            editor.fields["number"] = f"{number + 5000}"
        if number % 40 != 7:
            olds.append(editor.new())
    return edition(olds)


def measure(old: Edition, new: Edition) -> dict[str, float]:
    """CPU seconds of our comparison, its parts, and of difflib over the YAML texts."""
    seconds = {}
    start = time.process_time()
    comparison = compare_editions(old, new)
    seconds["compare"] = time.process_time() - start
    start = time.process_time()
    data = dump_json(comparison)
    seconds["json"] = time.process_time() - start
    start = time.process_time()
    changed = [one for sheet in comparison.sheets for one in sheet.changes if one.old and one.new]
    for one in changed:
        word_changes(one.old or "", one.new or "")
    seconds["words"] = time.process_time() - start
    texts = {sheet.number: dump_yaml(sheet).splitlines() for sheet in old}
    pairs = [
        (texts[sheet.number], dump_yaml(sheet).splitlines())
        for sheet in new
        if sheet.number in texts
    ]
    start = time.process_time()
    for before, after in pairs:
        difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    seconds["difflib"] = time.process_time() - start
    statuses = Counter(sheet.status for sheet in comparison.sheets)
    entries = sum(len(sheet.changes) for sheet in comparison.sheets)
    print(f"{len(old)} sheets against {len(new)}: {entries} entries, {len(data) / 1e6:.1f} MB JSON")
    print("  " + ", ".join(f"{count} {status}" for status, count in sorted(statuses.items())))
    return seconds


def report(sheets: int, edits: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        new, _ = readers.read([make_corpus(Path(name), sheets)])
    seconds = measure(edited(new.sheets, edits, Random(1)), new)
    for what, taken in seconds.items():
        print(f"  {what:8} {taken:6.2f} s CPU")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {peak:.0f} MB peak")
    print(f"ours / difflib = {seconds['compare'] / seconds['difflib']:.2f}")


def main() -> None:
    """Read the arguments and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, default=200)
    parser.add_argument("--edits", type=int, default=12)
    arguments = parser.parse_args()
    report(arguments.sheets, arguments.edits)


if __name__ == "__main__":
    main()
