"""The redline as a Word file: accepted it is the new sheet, rejected the old one, exactly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gyomu_docs.comparison import compare_editions
from gyomu_docs.reports.redline import redline_document, redline_section
from tests.support import office
from tests.support.comparing import edition
from tests.support.redlines import (
    examples,
    opened,
    random_pair,
    resolver,
    section_of,
    written,
)
from tests.support.sheets import sheet
from tests.support.tracked import canonical, count_changes

PAIRS = 1000
ALL_AT_ONCE = 100
OFFICE_PAIRS = 20
YOKKAICHI = "yokkaichi-a4-landscape"
LIBREOFFICE_FILLER = "\u200d"
"""What LibreOffice itself puts into a blank row that is inserted."""


def wrong_views(seed: int, form: str) -> list[str]:
    """What of a random pair is not what its two sheets are alone."""
    pair = random_pair(seed)
    redline = opened(redline_section(pair.compared(), resolver(form))[0])
    views = {True: pair.new, False: pair.old}
    return [
        f"{seed}: accept={accept}"
        for accept, sheet in views.items()
        if canonical(redline, accept=accept) != canonical(opened(section_of(sheet, form)))
    ]


@pytest.mark.parametrize("first", range(0, PAIRS, ALL_AT_ONCE))
def test_both_views_of_random_pairs_are_their_sheets(first: int) -> None:
    form = "sheet-a4-landscape"
    seeds = range(first, first + ALL_AT_ONCE)
    assert [fault for seed in seeds for fault in wrong_views(seed, form)] == []


def test_both_views_in_a_form_whose_cells_span_the_rows_of_a_group() -> None:
    assert [fault for seed in range(60) for fault in wrong_views(seed, YOKKAICHI)] == []


def test_random_pairs_differ() -> None:
    counts = [
        count_changes(opened(redline_section(random_pair(seed).compared(), resolver())[0]))
        for seed in range(1, 40)
    ]
    assert sum(counts) > 1000
    assert sum(count > 10 for count in counts) > 30
    pair = random_pair(1)
    assert canonical(opened(section_of(pair.old))) != canonical(opened(section_of(pair.new)))


@pytest.mark.parametrize("seed", [0, 8, 16, 24, 3])
def test_redlines_are_valid(seed: int, save_docx: Callable[..., Path]) -> None:
    for form in ("sheet-a4-landscape", YOKKAICHI):
        section = redline_section(random_pair(seed).compared(), resolver(form))[0]
        save_docx(written(section, date="2021-04-01T09:00:00+09:00"))


def old_edition() -> list[Any]:
    return [examples()[0], sheet(number="90", title="廃止する施設の管理"), examples()[1]]


def new_edition() -> list[Any]:
    changed = examples()[0].model_copy(update={"title": "組織と方針"})
    added = sheet(number="91", title="新しい窓口の運営", activities=examples()[3].activities)
    return [changed, examples()[1].model_copy(update={"notes": ("加えた注記",)}), added]


def test_an_edition_is_accepted_and_rejected_as_a_whole(save_docx: Callable[..., Path]) -> None:
    olds, news = old_edition(), new_edition()
    comparison = compare_editions(edition(olds), edition(news))
    document = redline_document(comparison, resolver(), "企画課").document
    redline = opened(*document.sections)

    assert [one.revision for one in document.sections] == ["", "", "deleted", "inserted"]
    assert canonical(redline, accept=True) == canonical(opened(*map(section_of, news)))
    # The sheet that is gone stands in another place than in the old edition.
    olds = [olds[0], olds[2], olds[1]]
    assert canonical(redline, accept=False) == canonical(opened(*map(section_of, olds)))
    save_docx(written(*document.sections))


@pytest.mark.parametrize(("count", "others"), [(1, 0), (0, 1), (1, 1)])
def test_an_edition_without_a_common_sheet(count: int, others: int) -> None:
    olds = [sheet(number="90", title="廃止する施設の管理")][:count]
    news = [examples()[3]][:others]
    comparison = compare_editions(edition(olds), edition(news))
    document = redline_document(comparison, resolver(), "企画課").document
    redline = opened(*document.sections)

    assert len(document.sections) == count + others
    for accept, sheets in ((True, news), (False, olds)):
        if sheets:
            alone = canonical(opened(*map(section_of, sheets)))
            assert canonical(redline, accept=accept) == alone


@pytest.mark.skipif(bool(office.uno_unavailable()), reason=office.uno_unavailable())
def test_libreoffice_accepts_and_rejects_to_the_same_tables(tmp_path: Path) -> None:
    pairs = [random_pair(seed) for seed in range(OFFICE_PAIRS)]
    redline = written(*(redline_section(pair.compared(), resolver())[0] for pair in pairs))
    files = {
        "redline": redline,
        "new": written(*(section_of(pair.new) for pair in pairs)),
        "old": written(*(section_of(pair.old) for pair in pairs)),
    }
    for name, data in files.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    jobs = [
        ("AcceptAllTrackedChanges", tmp_path / "redline.docx"),
        ("RejectAllTrackedChanges", tmp_path / "redline.docx"),
        ("-", tmp_path / "new.docx"),
        ("-", tmp_path / "old.docx"),
    ]
    accepted, rejected, new, old = office.read_tables(jobs, tmp_path / "office")

    assert len(new["tables"]) == 10 * OFFICE_PAIRS
    assert without(LIBREOFFICE_FILLER, accepted) == new
    assert without(LIBREOFFICE_FILLER, rejected) == old


def without(sign: str, found: dict[str, Any]) -> dict[str, Any]:
    tables = [[text.replace(sign, "") for text in table] for table in found["tables"]]
    return {**found, "tables": tables}
