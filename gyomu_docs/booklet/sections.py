"""Which section (課) of which department (部) a sheet belongs to.

In: the text of 所属 (`政策企画部 企画課 ICT推進係`), or what booklet.yaml says for a sheet without
one. Out: `Affiliation`. The unit below the section (係) is left out: sheets are a section's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gyomu_docs.model import Sheet

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


def affiliations(sheets: Iterable[Sheet], known: Mapping[str, str]) -> list[Affiliation]:
    """The affiliation of each sheet; `known` gives the text for sheet numbers without one."""
    return [parse_affiliation(sheet.department or known.get(sheet.number, "")) for sheet in sheets]
