"""Sheets set in this process, in others, or taken from the cache; always in order.

In: a book, a `Setting`, an executor and a cache, or neither. Out: the `Outcome` of each sheet, as
soon as those before it are there. Tasks are handed over a few at a time, so that a large book is
never in memory as a whole.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass

from gyomu_docs.booklet.book import Book
from gyomu_docs.booklet.cache import Cache, sheet_key
from gyomu_docs.booklet.setting import Outcome, Setting, Task, run

CHUNK = 4
"""Sheets in one task: enough that handing them over costs little, few enough to share fairly."""
AHEAD = 16
"""Tasks handed over before their outcomes are asked for."""


@dataclass(frozen=True, kw_only=True)
class BuildOptions:
    """How to build, which changes nothing of what is built."""

    executor: Executor | None = None
    """Any: of threads or processes here, or of a cluster. None sets the sheets in this process."""
    cache: Cache | None = None
    keep_going: bool = False
    """Leave out sheets that are refused, rather than stop at the first."""
    progress: Callable[[int, int], None] = lambda done, total: None
    """Called with the sheets that are set, and all of them."""


def set_sheets(book: Book, setting: Setting, options: BuildOptions) -> Iterator[Outcome]:
    """What becomes of each sheet of a book, in order."""
    cache = options.cache
    if cache is None:
        yield from _Work(book, setting, range(len(book.sheets)), options.executor)
        return
    digest = setting.digest()
    keys = [
        sheet_key(digest, sheet, anchor)
        for sheet, anchor in zip(book.sheets, book.anchors, strict=True)
    ]
    known = {index for index, key in enumerate(keys) if cache.has(key)}
    work = _Work(book, setting, [n for n in range(len(keys)) if n not in known], options.executor)
    for index, key in enumerate(keys):
        outcome = cache.find(key) if index in known else None
        if outcome is None and index in known:  # what was kept cannot be read
            outcome = next(_Work(book, setting, [index], None))
        elif outcome is not None:
            yield outcome
            continue
        else:
            outcome = next(work)
        outcome = outcome._replace(key=key)
        if outcome.part is not None:
            cache.keep(key, outcome)
        yield outcome


class _Work:
    """The outcomes of some sheets, in order."""

    def __init__(
        self, book: Book, setting: Setting, indices: Sequence[int], executor: Executor | None
    ) -> None:
        self._book = book
        self._setting = pickle.dumps(setting, protocol=5)
        self._chunks = iter(
            [indices[start : start + CHUNK] for start in range(0, len(indices), CHUNK)]
        )
        self._executor = executor
        self._waiting: deque[Future[list[Outcome]]] = deque()
        self._ready: list[Outcome] = []

    def __iter__(self) -> Iterator[Outcome]:
        return self

    def __next__(self) -> Outcome:
        if not self._ready:
            self._ready = self._next_chunk()[::-1]
        return self._ready.pop()

    def _next_chunk(self) -> list[Outcome]:
        if self._executor is None:
            return run(self._task(next(self._chunks)))
        while len(self._waiting) < AHEAD and (chunk := next(self._chunks, None)) is not None:
            self._waiting.append(self._executor.submit(run, self._task(chunk)))
        if not self._waiting:
            raise StopIteration
        return self._waiting.popleft().result()

    def _task(self, indices: Sequence[int]) -> Task:
        sheets = tuple((self._book.sheets[index], self._book.anchors[index]) for index in indices)
        return Task(self._setting, sheets)
