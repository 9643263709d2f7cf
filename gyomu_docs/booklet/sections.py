"""Which section (課) of which department (部) a sheet belongs to.

In: the text of 所属 (`政策企画部 企画課 ICT推進係`), or what booklet.yaml says for a sheet without
one. Out: `Affiliation`. The unit below the section (係) is left out: sheets are a section's.

booklet.yaml knows a sheet by its file (`税務/004.yaml`), by a folder above it (`税務/`) or by its
number (`4`), and the most exact one counts: numbers are a section's own, so that in an edition of
many sections several sheets have the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from gyomu_docs.model import Sheet, SourcedSheet

UNKNOWN = "所属の記載なし"
"""The name of the group of sheets without 所属."""

_DEPARTMENTS = ("部", "局", "本部", "委員会", "議会")
_SECTIONS = ("課", "室", "所", "館", "園", "場", "署", "局", "センター", "学校")


class Affiliation(NamedTuple):
    """Department and section; both are empty where nothing is known."""

    department: str
    section: str

    @property
    def label(self) -> str:
        """As contents and tables name it: `政策企画部 企画課`."""
        return " ".join(filter(None, self)) or UNKNOWN


def parse_affiliation(text: str) -> Affiliation:
    """Department and section in a text of 所属, by how the names of units end.

    Where no word ends like a section, the last one that is not the department is it: a city may
    call its units as it likes.
    """
    words = text.split()
    department = next((word for word in words[:-1] if word.endswith(_DEPARTMENTS)), "")
    rest = words[words.index(department) + 1 :] if department else words
    section = next((word for word in rest if word.endswith(_SECTIONS)), rest[-1] if rest else "")
    return Affiliation(department, section)


def key_of(entry: SourcedSheet, known: Collection[str]) -> str:
    """The most exact of the keys of booklet.yaml that name a sheet; empty where none does."""
    return next((key for key in _keys_of(entry) if key in known), "")


def assigned_unit(entry: SourcedSheet, known: Mapping[str, str]) -> str:
    """What booklet.yaml gives as 所属 to a sheet that does not say it; empty for others."""
    return "" if entry.sheet.department else known.get(key_of(entry, known), "")


def plain_keys(known: Mapping[str, str]) -> dict[str, str]:
    """The map with keys as sheets are looked up: half-width, folders with `/`."""
    return {_half_width(key).replace("\\", "/"): text for key, text in known.items()}


def plain_number(sheet: Sheet) -> str:
    """The number of a sheet as it is looked up."""
    return _half_width(sheet.number)


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _keys_of(entry: SourcedSheet) -> Iterator[str]:
    folders = entry.folder.split("/") if entry.folder else []
    name = entry.file.replace("\\", "/").rpartition("/")[2]
    if name:
        yield "/".join((*folders, name))
    for length in range(len(folders), 0, -1):
        yield "/".join(folders[:length]) + "/"
    yield plain_number(entry.sheet)
