"""Sheets set in this process, in others, or taken from the cache; always in order.

In: a book, a `Setting`, an executor and a cache, or neither. Out: the `Outcome` of each sheet, as
soon as those before it are there. Tasks are handed over a few at a time, so that a large book is
never in memory as a whole.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from functools import cached_property

from gyomu_docs.booklet.book import Book, BookSheet
from gyomu_docs.booklet.cache import Cache, sheet_key
from gyomu_docs.booklet.setting import Outcome, Setting, SheetSetter, Task, run
from gyomu_docs.errors import OutputError

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
    keys = [sheet_key(digest, book.sheet_at(index)) for index in range(len(book.sheets))]
    known = {index for index, key in enumerate(keys) if cache.has(key)}
    work = _Work(book, setting, [n for n in range(len(keys)) if n not in known], options.executor)
    for index, key in enumerate(keys):
        outcome = cache.find(key) if index in known else None
        if outcome is None and index in known:  # what was kept cannot be read
            (outcome,) = work.set_here([index])
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
        self._setting = setting
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

    def set_here(self, indices: Sequence[int]) -> list[Outcome]:
        """The outcomes of these sheets, set in this process and with its fonts."""
        return [self._setter.outcome(sheet) for sheet in self._sheets(indices)]

    @cached_property
    def _setter(self) -> SheetSetter:
        return SheetSetter(self._setting)

    @cached_property
    def _pickled(self) -> bytes:
        return pickle.dumps(self._setting, protocol=5)

    def _next_chunk(self) -> list[Outcome]:
        if self._executor is None:
            return self.set_here(next(self._chunks))
        while len(self._waiting) < AHEAD and (chunk := next(self._chunks, None)) is not None:
            task = Task(self._pickled, self._sheets(chunk))
            self._waiting.append(self._executor.submit(run, task))
        if not self._waiting:
            raise StopIteration
        try:
            return self._waiting.popleft().result()
        except BrokenExecutor:
            raise OutputError(
                "シートを組むプロセスが途中で止まりました。",
                hint="メモリーが足りないことがあります。--jobs を減らしてください。",
            ) from None

    def _sheets(self, indices: Sequence[int]) -> tuple[BookSheet, ...]:
        return tuple(map(self._book.sheet_at, indices))
