"""Texts outside of tables that came back, to edits; and what nobody can be given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from gyomu_docs.collect.cells import is_same
from gyomu_docs.collect.expected import Expected, Prose, Slot
from gyomu_docs.collect.prose import Attribution, attribute
from gyomu_docs.collect.records import RecordReader
from gyomu_docs.collect.tables import Layout
from gyomu_docs.collect.templates import read_template
from gyomu_docs.collect.texts import folded, joined, squeezed
from gyomu_docs.errors import Place
from gyomu_docs.readers.docx import Table, Text

_NOTHING = Text((), ())
_HINT = "シートファイルで直すか、一つの欄に一つの段落だけを書いて、もう一度回収してください。"
_KEPT = "元の値を残しました。"


class ProseReader:
    """Reads what stands outside of the tables of one draft."""

    def __init__(self, expected: Expected, records: RecordReader) -> None:
        self._expected = expected
        self._records = records

    def read(self, layout: Layout) -> None:
        """Everything outside of tables, from gap to gap between those that were found."""
        there = [number + 1 for number, tables in enumerate(layout.tables) if tables]

        def gap_of(gap: int) -> int:
            return max((one for one in there if one <= gap), default=0)

        slots: dict[int, list[Slot]] = {}
        for slot in self._expected.slots:
            slots.setdefault(gap_of(slot.gap), []).append(slot)
        prose: dict[int, list[Prose]] = {}
        for one in self._expected.prose:
            prose.setdefault(gap_of(one.slot.gap), []).append(one)
        texts: dict[int, list[Text]] = {}
        for outside in layout.outside:
            texts.setdefault(outside.gap, []).extend(_parted(outside.text))
        # A text that is gone may stand in a table that nobody knows.
        lost = any(folded(joined(text.new)) for text in _texts_of(layout.foreign))
        for gap in sorted({*slots, *texts}):
            _Gap(self._expected, self._records, gap, lost=lost).read(
                slots.get(gap, []), prose.get(gap, []), texts.get(gap, [])
            )

    def read_furniture(self, lines: Sequence[str]) -> None:
        """Header and footer, which print fields of the body again: edits there are only told."""
        whole = squeezed("".join(map(folded, lines)))
        for text in self._expected.furniture:
            wanted = squeezed(folded(text))
            if whole and len(wanted) > 1 and wanted not in whole:
                now = max(lines, key=lambda line: _likeness(line, text))
                self._records.tell(
                    f"ヘッダーかフッターの文字の書き換え（「{folded(text)}」→"
                    f"「{folded(now)}」）は取り込みません。",
                    Place(),
                    "同じ項目を印刷する本文の欄を直してください。",
                )


class _Gap:
    """What stands between two tables."""

    def __init__(self, expected: Expected, records: RecordReader, gap: int, *, lost: bool) -> None:
        self._records = records
        self._lost = lost
        name = expected.grids[gap - 1].name if gap else ""
        self._place = Place(table=name)
        self._where = "この表の後" if gap else "最初の表の前"

    def read(self, slots: Sequence[Slot], prose: Sequence[Prose], texts: Sequence[Text]) -> None:
        """Give every paragraph to what it shows."""
        if len(slots) == 1 and slots[0].kind == "list":
            self._list(slots[0], _together(texts))  # the usual case: notes, and nothing else
            return
        found = attribute(slots, prose, texts)
        writable = any(slot.fields for slot in slots)
        twins = list(_twins(prose, found))
        doubt = bool(twins or (writable and found.unsure))
        for at, twin in twins:
            self._refuse_twin(prose[at], prose[twin])
        for item, places in found.pairs.items():
            text = _together(texts[at] for at in places)
            self._pair(prose[item], text, kept=doubt and item in found.likely)
        if not doubt:
            self._gone(prose[item] for item in found.gone)
        for slot in slots:
            if slot.kind == "list" and not twins:
                self._list(slot, _list_text(found.lists.get(slot.number, []), prose, texts))
        for at in found.unsure:
            self._unsure(texts[at], _near(slots) if writable else ())

    def _list(self, slot: Slot, text: Text) -> None:
        (path,) = slot.fields
        self._records.anchor(text.comments, path.partition(".")[0], "", "")
        self._records.read_paragraphs("", path, text)

    def _pair(self, one: Prose, text: Text, *, kept: bool) -> None:
        """A text of the form and what stands there now; `kept` where that is not sure enough."""
        fields = one.slot.fields
        self._records.anchor(text.comments, "", "", fields[0] if fields else "")
        if is_same((one.text,), text.new):
            return
        if kept:
            self._refuse_text(text, fields)
        elif one.slot.kind == "field":
            self._records.read_text("", one.field, (one.text,), text, self._at(fields))
        elif one.slot.kind == "template":
            self._template(one, text)
        else:
            said = f"（「{folded(one.text)}」→「{folded(joined(text.new))}」）"
            self._records.tell(f"様式が印刷する文の書き換え{said}は取り込みません。", self._place)

    def _template(self, one: Prose, text: Text) -> None:
        """The fields in a text that the form puts together."""
        values = read_template(one.pieces, joined(text.new))
        pieces = [piece for piece in one.pieces if piece.field]
        known: dict[str, str] = {}
        for piece, value in zip(pieces, values or (), strict=bool(values)):
            # A field that is printed twice must say the same, or be changed in one place only.
            if not is_same((piece.text,), (value,)):
                values = None if known.setdefault(piece.field, value) != value else values
        if values is None:
            now = folded(joined(text.new))
            message = (
                f"{self._where}の文「{folded(one.text)}」の書き換え（「{now}」）は、どの項目が"
                f"どう変わったか分からないので取り込みません。{_KEPT}"
            )
            self._records.tell(message, self._at(one.slot.fields), _HINT, refused=True)
            return
        as_it_was = is_same((one.text,), text.old)
        for piece in pieces:
            if piece.field in known:
                old = (piece.text,) if as_it_was else ()
                new = Text((known.pop(piece.field),), old, text.marks)
                self._records.read_text(
                    "", piece.field, (piece.text,), new, self._at((piece.field,))
                )

    def _gone(self, gone: Iterable[Prose]) -> None:
        for one in gone:
            if one.slot.kind == "field" and not self._lost:
                self._records.read_text(
                    "", one.field, (one.text,), _NOTHING, self._at(one.slot.fields)
                )
            elif one.slot.kind in ("field", "template"):
                message = f"{self._where}の文「{folded(one.text)}」がありません。{_KEPT}"
                self._records.tell(message, self._at(one.slot.fields))

    def _unsure(self, text: Text, fields: Sequence[str]) -> None:
        self._records.anchor(text.comments, "", "", "")
        if fields:
            self._refuse_text(text, fields)
        else:
            shown = folded(joined(text.new))
            self._records.tell(f"表の外の文は取り込めません（{shown}）。", Place())

    def _refuse_text(self, text: Text, fields: Sequence[str]) -> None:
        shown = folded(joined(text.new))
        message = (
            f"{self._where}の文「{shown}」は、どの項目の文か分からないので取り込みません。{_KEPT}"
        )
        self._records.tell(message, self._at(fields), _HINT, refused=True)

    def _refuse_twin(self, one: Prose, other: Prose) -> None:
        fields = tuple(dict.fromkeys((*one.slot.fields, *other.slot.fields)))
        message = (
            f"{self._where}の文「{folded(one.text)}」が一つなくなっていますが、どの項目の文か"
            f"分かりません。{_KEPT}"
        )
        self._records.tell(message, self._at(fields), _HINT, refused=True)

    def _at(self, fields: Sequence[str]) -> Place:
        return Place(table=self._place.table, column="、".join(fields))


def _texts_of(tables: Iterable[Table]) -> Iterator[Text]:
    return (cell.text for table in tables for row in table.rows for cell in row.cells)


def _twins(prose: Sequence[Prose], found: Attribution) -> Iterator[tuple[int, int]]:
    """Texts that are gone, and others that say the same and are there: which is which?"""
    listed = {item for entries in found.lists.values() for item, _ in entries if item >= 0}
    shown = {
        folded(prose[item].text): item
        for item in (*found.pairs, *listed)
        if prose[item].slot.fields and folded(prose[item].text)
    }
    for item in found.gone:
        twin = shown.get(folded(prose[item].text))
        if twin is not None and prose[item].slot.fields and prose[item].slot != prose[twin].slot:
            yield item, twin


def _near(slots: Sequence[Slot]) -> tuple[str, ...]:
    """What a text could be that stands among these."""
    return tuple(dict.fromkeys(field for slot in slots for field in slot.fields))


def _list_text(
    entries: Sequence[tuple[int, int]], prose: Sequence[Prose], texts: Sequence[Text]
) -> Text:
    """What stands in the place of a list now, with the items that stay as they were."""
    parts = []
    for item, at in entries:
        if at < 0:
            parts.append(Text((prose[item].text,), (prose[item].text,)))
        else:
            text = texts[at]
            parts.append(text if folded(joined(text.new)) else text._replace(new=()))
    return _together(parts)


def _parted(text: Text) -> Iterator[Text]:
    """The paragraphs of a place one by one; each has the marks and comments of them all."""
    if max(len(text.new), len(text.old)) < 2:
        yield text
        return
    matcher = SequenceMatcher(None, text.new, text.old, autojunk=False)
    for tag, start, end, old_start, old_end in matcher.get_opcodes():
        new, old = text.new[start:end], text.old[old_start:old_end]
        if tag == "replace" and len(new) != len(old):
            old = ()  # Nobody knows which of them was which.
        for one, other in zip_longest(new, old, fillvalue=""):
            yield Text((one,), (other,), text.marks, text.comments)


def _together(texts: Iterable[Text]) -> Text:
    """Several paragraphs as the text of one place."""
    texts = list(texts)
    return Text(
        tuple(part for text in texts for part in text.new),
        tuple(part for text in texts for part in text.old),
        tuple(dict.fromkeys(mark for text in texts for mark in text.marks)),
        tuple(dict.fromkeys(one for text in texts for one in text.comments)),
    )


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
