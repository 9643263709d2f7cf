"""Paragraphs to texts, in both views of tracked changes.

Kept: runs as they show, tracked insertions in the new view, tracked deletions in the old one. A
tracked paragraph mark joins two paragraphs in the view in which it is not there (ECMA-376 part 1,
17.13.5). Of a field only the result is text; of ruby only the base.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gyomu_docs.readers.docx.returned import Mark, Text
from gyomu_docs.readers.docx.symbols import UNKNOWN, symbol
from gyomu_docs.readers.docx.wml import M, W, children, number_of

_INSERTED = frozenset({W + "ins", W + "moveTo"})
_DELETED = frozenset({W + "del", W + "moveFrom"})
_RUN, _TEXT, _DELETED_TEXT = W + "r", W + "t", W + "delText"
_LIST = f"{W}numPr/{W}numId"
_EQUATIONS = frozenset({M + "oMath", M + "oMathPara"})
_BOOKMARK = W + "bookmarkStart"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PLAIN = {
    W + "tab": "\t",
    W + "cr": "\n",
    # Word's own hyphen that does not break; its optional hyphen shows only at the end of a line.
    W + "noBreakHyphen": "-",
}
_CONTEXT = 20
"""Characters of the text before something that was not read."""
_PAGE_BREAKS = ("page", "column")
_OBJECTS = {
    W + "drawing": "図か文字枠",
    W + "pict": "図か文字枠",
    W + "object": "埋め込まれたもの",
    W + "footnoteReference": "脚注",
    W + "endnoteReference": "文末脚注",
}


class TextReader:
    """The text of one place (a cell, a paragraph of the body), paragraph by paragraph."""

    def __init__(self, unread: Callable[[str], None]) -> None:
        """`unread` is told, in Japanese, of everything that shows but is no text."""
        self._unread = unread
        self._new: list[str] = [""]
        self._old: list[str] = [""]
        self._marks: dict[Mark, None] = {}
        self._comments: dict[str, None] = {}
        self._fields: list[bool] = []
        """Of each field that is open, whether its result has begun."""
        self.bookmarks: list[str] = []

    def add(self, paragraph: Any) -> None:
        """Add a paragraph (`w:p`)."""
        self._content(paragraph, inserted=False, deleted=False)
        properties = paragraph.find(W + "pPr")
        inserted = deleted = False
        if properties is not None:
            # `0` takes a paragraph out of a list.
            if number_of(properties.find(_LIST), 0):
                self._unread(f"「{self._new[-1].strip()[:_CONTEXT]}」の前の箇条書きの記号か番号")
            inserted, deleted = self._paragraph_mark(properties)
        if not deleted:
            self._new.append("")
        if not inserted:
            self._old.append("")

    def finish(self) -> Text:
        """The text so far; begins anew."""
        # The last mark of a place ends it: there is no paragraph behind it.
        new, old = (
            tuple(view[:-1] if len(view) > 1 and not view[-1] else view)
            for view in (self._new, self._old)
        )
        text = Text(new, old, tuple(self._marks), tuple(self._comments))
        self._new, self._old, self._marks, self._comments = [""], [""], {}, {}
        return text

    def _paragraph_mark(self, properties: Any) -> tuple[bool, bool]:
        look = properties.find(W + "rPr")
        if look is None:
            return False, False
        inserted, deleted = False, False
        for child in look:
            if child.tag in _INSERTED:
                inserted = True
            elif child.tag in _DELETED:
                deleted = True
            else:
                continue
            self._note(child)
        return inserted, deleted

    def _content(self, element: Any, *, inserted: bool, deleted: bool) -> None:
        for child in children(element):
            tag = child.tag
            if tag == _RUN:
                self._run(child, inserted, deleted)
            elif tag in _INSERTED:
                self._note(child)
                self._content(child, inserted=True, deleted=deleted)
            elif tag in _DELETED:
                self._note(child)
                self._content(child, inserted=inserted, deleted=True)
            elif tag in _EQUATIONS:
                shown = "".join(text.text or "" for text in child.iter(M + "t"))
                self._lose(f"数式「{shown}」")
            elif tag == _BOOKMARK:
                self.bookmarks.append(child.get(W + "name", ""))

    def _note(self, change: Any) -> None:
        self._marks[Mark(change.get(W + "author", ""), change.get(W + "date", ""))] = None

    def _run(self, run: Any, inserted: bool, deleted: bool) -> None:
        for child in children(run):
            tag = child.tag
            if tag in (_TEXT, _DELETED_TEXT):
                text = child.text or ""
                if child.get(_SPACE) != "preserve":
                    text = text.strip(" \t\r\n")
            else:
                text = self._other(child)
            if not text or not all(self._fields):
                continue
            if not deleted:
                self._new[-1] += text
            if not inserted:
                self._old[-1] += text

    def _other(self, child: Any) -> str:
        """The text of what is in a run beside texts."""
        tag = child.tag
        if tag in _PLAIN:
            return _PLAIN[tag]
        if tag == W + "br":
            return "" if child.get(W + "type") in _PAGE_BREAKS else "\n"
        if tag == W + "fldChar":
            self._field(child.get(W + "fldCharType"))
        elif tag == W + "sym":
            return self._symbol(child)
        elif tag == W + "ruby":
            return "".join(text.text or "" for text in child.iterfind(f"{W}rubyBase/{W}r/{W}t"))
        elif tag == W + "commentReference":
            self._comments[child.get(W + "id", "")] = None
        elif tag in _OBJECTS:
            shown = "".join(text.text or "" for text in child.iter(_TEXT))
            self._lose(f"{_OBJECTS[tag]}「{shown}」" if shown else _OBJECTS[tag])
        return ""

    def _lose(self, what: str) -> None:
        """Tell of what was not read, and of the text before it, by which people find it."""
        before = self._new[-1].strip()[-_CONTEXT:]
        self._unread(f"「{before}」の後の{what}" if before else what)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _symbol(self, element: Any) -> str:
        font, char = element.get(W + "font", ""), element.get(W + "char", "")
        shown = symbol(font, char)
        if shown is None:
            self._lose(f"書体「{font}」の記号（{char}、「{UNKNOWN}」にしました）")
        return shown or UNKNOWN
