"""Two editions to a `Comparison`: which sheet and row became which, and what changed.

`compare_editions` is the whole of it; `change_list` writes the result as JSON. The package is not
called `compare`: that is the function of the facade, and a module of its name would take its place.
"""

from gyomu_docs.comparison.editions import compare_editions, compare_sheets, comparison_of
from gyomu_docs.comparison.result import (
    Alignment,
    BudgetStep,
    Change,
    Comparison,
    Execution,
    GroupCost,
    News,
    Pair,
    SheetComparison,
)
from gyomu_docs.comparison.sides import odd_sides
from gyomu_docs.comparison.words import Segment, word_changes

__all__ = [
    "Alignment",
    "BudgetStep",
    "Change",
    "Comparison",
    "Execution",
    "GroupCost",
    "News",
    "Pair",
    "Segment",
    "SheetComparison",
    "compare_editions",
    "compare_sheets",
    "comparison_of",
    "odd_sides",
    "word_changes",
]
