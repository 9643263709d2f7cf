"""Two editions to a `Comparison`: sheets are matched, then their rows, then what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gyomu_docs.comparison.alignment import align
from gyomu_docs.comparison.changes import SheetPair, find_changes, find_news
from gyomu_docs.comparison.result import Alignment, Comparison, SheetComparison, Status
from gyomu_docs.comparison.sheets import SheetMatch, match_sheets
from gyomu_docs.comparison.years import Span, budget_steps, executions
from gyomu_docs.errors import Diagnostic
from gyomu_docs.model import Edition, Sheet


def compare_editions(old: Edition, new: Edition) -> Comparison:
    """What changed from the old edition to the new one."""
    found = [
        one
        for match in match_sheets(old, new)
        for one in _compare_match(match, old.sheets, new.sheets)
    ]
    # The parts of a split sheet were compared together; the new edition has them in its own order.
    found.sort(key=lambda one: one[0])
    return Comparison(_year_of(old), _year_of(new), tuple(sheet for _, sheet in found))


def comparison_of(pairs: Iterable[tuple[Sheet | None, Sheet]]) -> Comparison:
    """Sheets whose partners are known, such as drafts and what came back of them, compared.

    For reports of them: nothing is matched but the rows. A sheet without an old one was added.
    """
    pairs = list(pairs)
    sheets = [_added(new) if old is None else compare_sheets(old, new) for old, new in pairs]
    olds = [str(old.fiscal_year) for old, _ in pairs if old is not None]
    news = [str(new.fiscal_year) for _, new in pairs]
    return Comparison(next(iter(olds), ""), next(iter(news), ""), tuple(sheets))


def compare_sheets(old: Sheet, new: Sheet) -> SheetComparison:
    """What changed from a sheet to the sheet that it became."""
    return _compared(old, new, align([old], [new])[0, 0])


def _compare_match(
    match: SheetMatch, olds: tuple[Sheet, ...], news: tuple[Sheet, ...]
) -> Iterator[tuple[int, SheetComparison]]:
    """The comparisons of sheets that belong together, by place in the new edition."""
    mine, others = [olds[at] for at in match.olds], [news[at] for at in match.news]
    if not mine:
        yield match.news[0], _added(others[0])
    elif not others:
        alignment = align(mine, [_without_rows(mine[0])])[0, 0]
        yield len(news), SheetComparison("removed", mine[0], None, alignment)
    else:
        status: Status = "split" if len(others) > 1 else "merged" if len(mine) > 1 else "changed"
        for (old, new), alignment in align(mine, others).items():
            place = match.news[new]
            doubts = tuple(match.doubts.get(place, ()))
            yield place, _compared(mine[old], others[new], alignment, status, doubts)


def _added(new: Sheet) -> SheetComparison:
    return SheetComparison("added", None, new, align([_without_rows(new)], [new])[0, 0])


def _compared(
    old: Sheet,
    new: Sheet,
    alignment: Alignment,
    status: Status = "changed",
    doubts: tuple[Diagnostic, ...] = (),
) -> SheetComparison:
    pair = SheetPair(old, new, alignment, Span(old), Span(new))
    changes = tuple(find_changes(pair))
    return SheetComparison(
        status="unchanged" if status == "changed" and not changes else status,
        old=old,
        new=new,
        alignment=alignment,
        changes=changes,
        execution=tuple(executions(alignment.costs, old, new)),
        news=tuple(find_news(pair)),
        budgets=tuple(budget_steps(alignment.costs, old, new)),
        doubts=doubts + alignment.doubts,
    )


def _without_rows(sheet: Sheet) -> Sheet:
    return Sheet(fiscal_year=sheet.fiscal_year, number=sheet.number)


def _year_of(edition: Edition) -> str:
    return str(edition.sheets[0].fiscal_year) if edition.entries else ""
