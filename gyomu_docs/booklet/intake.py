"""What an edition must be to become a booklet, and what of it a person should look at.

In: the sheets with their files, and the configuration. Out: an error where they cannot be one book
(no sheet, two fiscal years, one file twice), and diagnostics on what is probably a mistake: two
sheets of one number in a section, keys of booklet.yaml that name nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from gyomu_docs.booklet.book import Book
from gyomu_docs.booklet.sections import key_of, plain_number
from gyomu_docs.errors import Diagnostic, Place, UsageError
from gyomu_docs.model import Sheet, SourcedSheet

_SHOWN = 3
"""Files that a message names."""


def check_entries(entries: Sequence[SourcedSheet]) -> None:
    """Raise UsageError where sheets cannot be one book."""
    if not entries:
        raise UsageError("冊子にするシートがありません。")
    _check_years(entries)
    _check_files(entries)


def doubts(book: Book) -> list[Diagnostic]:
    """What of the sheets and of the configuration is probably a mistake."""
    return [*_same_numbers(book), *_idle_units(book), *_shared_numbers(book), *_idle_readings(book)]


def _check_years(entries: Iterable[SourcedSheet]) -> None:
    years: dict[int, list[SourcedSheet]] = {}
    for entry in entries:
        years.setdefault(entry.sheet.fiscal_year.year, []).append(entry)
    if len(years) > 1:
        groups = [years[year] for year in sorted(years)]
        told = "、".join(
            f"{group[0].sheet.fiscal_year.label()}が{len(group)}枚（{_named(group)}）"
            for group in groups
        )
        raise UsageError(
            f"年度の違うシートは一冊にできません。{told}あります。",
            hint="一つの年度のフォルダーかファイルだけを指定してください。",
        )


def _check_files(entries: Iterable[SourcedSheet]) -> None:
    seen: set[str] = set()
    for entry in entries:
        path = os.path.realpath(entry.file) if entry.file else ""
        if path and path in seen:
            raise UsageError(
                "同じファイルが2回指定されています。",
                place=Place(file=entry.file),
                hint="フォルダーと、その中のファイルの両方を指定していないか確かめてください。",
            )
        seen.add(path)


def _same_numbers(book: Book) -> Iterator[Diagnostic]:
    """Numbers are a section's own (DOMAIN, C39)."""
    known: dict[tuple[str, str], list[SourcedSheet]] = {}
    for entry, unit in zip(book.entries, book.affiliations, strict=True):
        if number := plain_number(entry.sheet):
            known.setdefault((unit.label, number), []).append(entry)
    for (section, number), same in known.items():
        if len(same) > 1:
            yield Diagnostic(
                "W",
                "same-number",
                f"シートNo.{number}が、{section}に{len(same)}枚あります（{_named(same)}）。",
                Place(file=same[1].file, sheet=same[1].sheet.label),
                "同じシートが二重に入っていないか、シートNo.と所属を確かめてください。",
            )


def _idle_units(book: Book) -> Iterator[Diagnostic]:
    known = book.config.affiliations
    used = {key_of(entry, known) for entry in book.entries}
    for key in known:
        if key not in used:
            yield Diagnostic(
                "W",
                "config",
                f"冊子の設定の所属「{key}」に当たるシートがありません。",
                hint="シートNo.か、ファイル（税務/004.yaml）、フォルダー（税務/）で書きます。",
            )


def _shared_numbers(book: Book) -> Iterator[Diagnostic]:
    """A number that stands for sheets of several folders, which are probably several sections'."""
    known = book.config.affiliations
    found: dict[str, list[SourcedSheet]] = {}
    for entry, unit in zip(book.entries, book.units, strict=True):
        key = key_of(entry, known)
        if unit and key == plain_number(entry.sheet):
            found.setdefault(key, []).append(entry)
    for key, same in found.items():
        if len({entry.folder for entry in same}) > 1:
            yield Diagnostic(
                "W",
                "config",
                f"冊子の設定の所属「{key}」が、違うフォルダーの{len(same)}枚のシートに"
                f"当たります（{_named(same)}）。",
                hint="フォルダー（税務/）かファイル（税務/004.yaml）で書き分けてください。",
            )


def _idle_readings(book: Book) -> Iterator[Diagnostic]:
    if not book.config.readings:
        return
    known = {text for sheet in book.sheets for text in _terms(sheet)}
    for name in book.config.readings:
        if name not in known:
            yield Diagnostic(
                "W",
                "config",
                f"冊子の設定の読み「{name}」に当たる事業名も指標もありません。",
                hint="シートに印刷されるとおりの名前を書いてください。",
            )


def _terms(sheet: Sheet) -> Iterator[str]:
    yield from (line.name for line in sheet.budget)
    yield from (row.indicator for row in (*sheet.purposes, *sheet.activities))
    yield from (cost.name for activity in sheet.activities for cost in activity.costs)


def _named(entries: Sequence[SourcedSheet]) -> str:
    """The first files, or labels of sheets that come from none."""
    names = [entry.file or entry.sheet.label for entry in entries[:_SHOWN]]
    return "、".join(names) + ("など" if len(entries) > _SHOWN else "")
