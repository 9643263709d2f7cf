"""Returned texts: what is noise of the programs on the way, and what is an edit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\xad"
"""Blanks of no width, joiners and optional hyphens. LibreOffice puts U+200D into rows whose
insertion it tracks."""
_EDGES = f" \t\r\n\xa0\u3000{_INVISIBLE}"
_NO_WIDTH = str.maketrans("", "", _INVISIBLE)
_ALIKE = str.maketrans({"\xa0": " ", "\u2011": "-", "\u2010": "-", "\x85": "\n", "\u2028": "\n"})
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML file can hold, and so no Word file brings back."""
_JOINS = ("So", "Sk", "Mn", "Me", "Mc", "Cf")
"""Categories of the neighbours between which a joiner has a meaning: emoji, marks."""


def joined(paragraphs: Iterable[str]) -> str:
    """The paragraphs of a cell as one text, without empty ones at its end."""
    return "\n".join(paragraphs).rstrip("\n")


def folded(text: str) -> str:
    """The text without what programs add or change by themselves, for comparing."""
    plain = _NOT_IN_XML.sub("", text.translate(_NO_WIDTH)).translate(_ALIKE)
    return plain.replace("\r\n", "\n").replace("\r", "\n").strip(_EDGES)


def squeezed(text: str) -> str:
    """The text as a label is compared: no spaces, full and half width alike."""
    return "".join(unicodedata.normalize("NFKC", text.translate(_NO_WIDTH)).split())


def cleaned(text: str, base: str = "") -> str:
    """An edited text as it is taken over: no blanks at its ends, no invisible characters.

    Invisible characters stay where the base has such ones, and joiners between emoji or marks.
    Variation selectors (異体字) always stay.
    """
    text = text.strip(_EDGES)
    if any(char in _INVISIBLE for char in base) or text.translate(_NO_WIDTH) == text:
        return text
    return "".join(
        char
        for index, char in enumerate(text)
        if char not in _INVISIBLE
        or (char in "\u200c\u200d" and _joins(text[index - 1]) and _joins(text[index + 1]))
    )


def _joins(char: str) -> bool:
    return unicodedata.category(char) in _JOINS
