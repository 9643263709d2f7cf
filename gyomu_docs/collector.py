"""Python's search for cycles, made rare while many documents are made.

Documents and pages hold no cycles, but thousands of objects that live for a moment. With the
usual thresholds the collector goes through them, and through all models in memory, again and
again: a quarter of the time of a booklet of 1,000 sheets.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_THRESHOLDS = (100_000, 10, 10)
"""Of the youngest objects so many as a sheet or two make; 700 is usual."""


@contextmanager
def rare_collections() -> Iterator[None]:
    """Within this, look for cycles a hundred times less often; what was set before comes back."""
    before = gc.get_threshold()
    gc.set_threshold(*_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
