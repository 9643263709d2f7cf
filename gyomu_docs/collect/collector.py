"""Drafts one by one to their changes, and together by their sheets."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from gyomu_docs.collect.base import DEFAULT_HINTS, Bases, Forms, Hints
from gyomu_docs.collect.changes import DraftChanges
from gyomu_docs.collect.merging import Merged, merge
from gyomu_docs.collect.reading import read_changes
from gyomu_docs.errors import Diagnostic, GyomuError, Place, SourceError, UsageError
from gyomu_docs.model import Edition, Sheet
from gyomu_docs.readers import find_files, is_lock_file, read_bytes
from gyomu_docs.readers.docx import read_returned

_WORD_SUFFIXES = frozenset({".docx", ".doc", ".docm", ".dotx", ".dotm", ".rtf"})
"""What counts as a draft in a folder; all but the first are refused, by name."""


class Collector:
    """Reads drafts against their bases. Keep one for many drafts: forms are compiled once."""

    def __init__(
        self, forms: Forms, base: Edition | None = None, *, hints: Hints = DEFAULT_HINTS
    ) -> None:
        """`base` is the edition the drafts must have been made from; else each draft's own."""
        self._bases = Bases(forms, base, hints)

    def read(self, data: bytes, file: str, *, folder: str = "") -> DraftChanges:
        """What a returned draft changed; `file` names it in messages.

        Raises SourceError for a file that is refused, and for a draft of another base.
        """
        changes = self._read(data, file, folder)
        _check_number(changes)
        return changes

    def _read(self, data: bytes, file: str, folder: str) -> DraftChanges:
        returned = read_returned(data, file)
        base = self._bases.find(returned)
        changes = read_changes(returned, base.expected, folder=folder, blank=base.blank)
        changes.found[:0] = base.found
        return changes

    def read_all(
        self,
        sources: Iterable[str],
        refused: list[GyomuError] | None = None,
        passed: list[Diagnostic] | None = None,
    ) -> list[DraftChanges]:
        """The drafts in files and folders, sub-folders included.

        What office programs leave beside open files is no draft. A blank draft in which nobody
        wrote anything is passed over; it is told in `passed`. Raises UsageError where there is no
        draft, and what `read` raises; with `refused`, such a file is left out and its error goes
        into that list.
        """
        drafts = []
        blank = 0
        sources = list(sources)
        for source in sources:
            for file in find_files(source, _WORD_SUFFIXES):
                if is_lock_file(os.path.basename(file.path)):
                    continue
                try:
                    changes = self._read(read_bytes(file.path), file.path, file.folder)
                    if changes.is_untouched_blank:
                        blank += 1
                        if passed is not None:
                            passed.append(_passed_over(file.path))
                        continue
                    _check_number(changes)
                    drafts.append(changes)
                except GyomuError as error:
                    if refused is None:
                        raise
                    refused.append(error)
        if not drafts and not refused:
            only = (
                "空の様式のままの原稿しかありません。" if blank else "原稿（.docx）がありません。"
            )
            raise UsageError(only, place=Place(file="、".join(sources)))
        return drafts

    def read_sheets(self, data: bytes, file: str) -> tuple[list[Sheet], list[Diagnostic]]:
        """A returned draft as a source: the sheet with everything accepted (`readers.Reader`)."""
        merged = merge([self.read(data, file)])
        return [merged.sheet], list(_diagnostics(merged))


def _passed_over(file: str) -> Diagnostic:
    message = "空の様式のままで、何も書かれていないので、読みませんでした。"
    return Diagnostic("W", "skipped", message, Place(file=file))


def _check_number(changes: DraftChanges) -> None:
    """A blank draft must have got its number."""
    named = any(edit.field == "シートNo" for edit in changes.edits if not edit.record)
    if changes.blank and not named:
        raise SourceError(
            "シートNo が書かれていません。",
            place=Place(file=changes.file),
            hint="シートNo. の欄に番号を書いてください。",
        )


def _diagnostics(merged: Merged) -> Iterator[Diagnostic]:
    for draft in merged.drafts:
        yield from draft.refused
        yield from draft.found
    yield from merged.found
    for conflict in merged.conflicts:
        said = "、".join(choice.text or "削除" for choice in conflict.choices)
        place = Place(merged.drafts[0].file, row=conflict.record, column=conflict.field)
        yield Diagnostic("E", "conflict", f"{conflict.message}（{said}）", place)


def group_drafts(drafts: Iterable[DraftChanges]) -> list[list[DraftChanges]]:
    """The drafts of each sheet together, in the order in which the sheets come first.

    A sheet is known by 所属 (or its folder) and シートNo. Raises SourceError for two drafts of
    one sheet that were made from different bases.
    """
    groups: dict[tuple[str, ...], list[DraftChanges]] = {}
    for number, draft in enumerate(drafts):
        base = draft.base
        key = (str(base.fiscal_year.year), base.department or draft.folder, base.number)
        # Every blank draft is a sheet of its own.
        group = groups.setdefault((*key, str(number)) if draft.blank else key, [])
        if group and group[0].base != base:
            raise SourceError(
                f"{group[0].file} と同じシート（{base.label}）の原稿ですが、元の内容が違います。",
                place=Place(file=draft.file),
                hint="どちらの原稿が新しいかを確かめ、一つずつ回収してください。",
            )
        group.append(draft)
    return list(groups.values())
