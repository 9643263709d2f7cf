"""What is odd about the two sides of a comparison before anything is compared.

Editions that were exchanged, mixed or given twice compare well and say nothing that is true, so a
person is told. The sides are named as the command line names them, OLD and NEW.
"""

from __future__ import annotations

from collections.abc import Iterator

from gyomu_docs.errors import Diagnostic, Place
from gyomu_docs.model import Edition, FiscalYear, SourcedSheet

_SIDES = ("OLD", "NEW")
_FILES_TOLD = 3


def odd_sides(old: Edition, new: Edition) -> Iterator[Diagnostic]:
    """Warnings about years and files; none for two editions as they should be."""
    for side, edition in zip(_SIDES, (old, new), strict=True):
        yield from _mixed_years(side, edition)
        yield from _twins(side, edition)
    yield from _same_files(old, new)
    yield from _exchanged(old, new)


def _exchanged(old: Edition, new: Edition) -> Iterator[Diagnostic]:
    olds, news = _by_year(old), _by_year(new)
    if olds and news and min(olds) > max(news):
        was, now = _label(max(olds)), _label(max(news))
        yield Diagnostic(
            "W",
            "years",
            f"OLD（{was}）が NEW（{now}）より新しい年度です。",
            Place(file=old.entries[0].file),
            "OLD と NEW を入れ替えてください。",
        )


def _mixed_years(side: str, edition: Edition) -> Iterator[Diagnostic]:
    by_year = _by_year(edition)
    if len(by_year) > 1:
        told = "、".join(f"{_label(year)}（{_files(by_year[year])}）" for year in sorted(by_year))
        yield Diagnostic(
            "W",
            "years",
            f"{side} に複数の年度があります：{told}",
            Place(file=edition.entries[0].file),
            "年度ごとにフォルダーを分け、一つの年度だけを指定してください。",
        )


def _twins(side: str, edition: Edition) -> Iterator[Diagnostic]:
    """Sheets that have one number in one section: which is meant cannot be told."""
    known: dict[tuple[str, str], list[SourcedSheet]] = {}
    for entry in edition.entries:
        section = entry.sheet.department or entry.folder
        known.setdefault((section, entry.sheet.number), []).append(entry)
    for (section, number), entries in known.items():
        if len(entries) > 1:
            which = f"所属「{section}」の" if section else ""
            which += f"シートNo.{number} が{len(entries)}枚"
            yield Diagnostic(
                "W",
                "twins",
                f"{side} に{which}あります（{_files(entries)}）。",
                Place(file=entries[0].file),
                "古い写しを除くか、シートNo を確かめてください。",
            )


def _same_files(old: Edition, new: Edition) -> Iterator[Diagnostic]:
    files = {entry.file for entry in old.entries if entry.file}
    same = [entry for entry in new.entries if entry.file in files]
    if same:
        yield Diagnostic(
            "W",
            "same",
            f"OLD と NEW に同じファイルがあります（{_files(same)}）。",
            Place(file=same[0].file),
            "比べる二つの年度のフォルダーを確かめてください。",
        )


def _by_year(edition: Edition) -> dict[FiscalYear, list[SourcedSheet]]:
    found: dict[FiscalYear, list[SourcedSheet]] = {}
    for entry in edition.entries:
        found.setdefault(entry.sheet.fiscal_year, []).append(entry)
    return found


def _label(year: FiscalYear) -> str:
    return f"{year.label('short')}年度"


def _files(entries: list[SourcedSheet]) -> str:
    """The first files by name, and how many more there are."""
    names = [entry.file or entry.sheet.label for entry in entries]
    more = len(names) - _FILES_TOLD
    return "、".join(names[:_FILES_TOLD]) + (f" ほか{more}" if more > 0 else "")
