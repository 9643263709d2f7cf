"""Walking WordprocessingML: names, and what to look through.

Programs wrap what they write in elements that show nothing of their own: content controls, smart
tags, links, simple fields, alternatives. `children` looks through them, so that nobody else needs
to know of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_SDT = W + "sdt"
_ALTERNATIVES = MC + "AlternateContent"
_TRANSPARENT = frozenset(
    W + name for name in ("smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo")
)
_WRAPPERS = _TRANSPARENT | {_SDT, _ALTERNATIVES}


def children(element: Any) -> Iterator[Any]:
    """The children of an element, with those of wrappers in the place of the wrapper."""
    for child in element:
        tag = child.tag
        if tag not in _WRAPPERS:
            if tag.__class__ is str:  # an entity that was not resolved has none
                yield child
        elif tag == _SDT:
            yield from _content_of(child)
        elif tag == _ALTERNATIVES:
            yield from _chosen(child)
        else:
            yield from children(child)


def _content_of(control: Any) -> Iterator[Any]:
    """What a content control holds; a placeholder that asks for a text is none."""
    placeholder = control.find(f"{W}sdtPr/{W}showingPlcHdr")
    content = control.find(W + "sdtContent")
    if content is not None and (placeholder is None or not is_on(placeholder)):
        yield from children(content)


def _chosen(alternatives: Any) -> Iterator[Any]:
    chosen = alternatives.find(MC + "Choice")
    if chosen is None:
        chosen = alternatives.find(MC + "Fallback")
    if chosen is not None:
        yield from children(chosen)


def is_on(element: Any) -> bool:
    """Whether an on-off property is on (ECMA-376 part 1, 17.17.4)."""
    return element.get(W + "val", "true") not in ("0", "false", "off")


def number_of(element: Any, default: int) -> int:
    """The number in `w:val`; the default where it is none, or below 0."""
    text = "" if element is None else element.get(W + "val", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else default
