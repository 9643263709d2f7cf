"""What the reading of one file came across, as diagnostics in the order of the lines."""

from __future__ import annotations

from collections.abc import Iterable

from gyomu_docs.errors import Diagnostic, Level, Place
from gyomu_docs.readers.published_text.labels import is_spread
from gyomu_docs.readers.published_text.lines import SourceLine, half_width


class Log:
    """Collects diagnostics. Places need only table, row and column: file and sheet are added."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def repair(
        self, line: SourceLine, message: str, place: Place, *, doubtful: bool = False
    ) -> None:
        """Something was shifted, and was read as `message` says."""
        if doubtful:
            self._add(
                "W",
                "repair",
                line,
                message,
                place,
                "ほかの読み方もあります。元の様式と見比べてください。",
            )
        else:
            self._add("I", "repair", line, message, place)

    def dropped(self, line: SourceLine, message: str, place: Place | None = None) -> None:
        """Something that is no data was left out."""
        self._add("I", "dropped", line, message, place)

    def extra(self, line: SourceLine, message: str, place: Place | None = None) -> None:
        """Something that the form does not have was kept as an extra field."""
        self._add("I", "extra", line, message, place)

    def unread(self, line: SourceLine, why: str = "", place: Place | None = None) -> None:
        """The line, or a part of it, could not be understood; `why` is a sentence."""
        message = f"読み取れない行があります: 「{line.quoted}」"
        self._add("W", "unread", line, f"{message}（{why}）" if why else message, place)

    def total(self, line: SourceLine, message: str, place: Place) -> None:
        """A printed total differs from the sum."""
        self._add("W", "total", line, message, place)

    def spread(self, line: SourceLine, labels: Iterable[str], place: Place) -> None:
        """List the labels among `labels` that are spread over their cell by spaces."""
        spread = "".join(f"「{label}」" for label in labels if is_spread(label))
        if spread:
            self.repair(line, f"見出し{spread}の字間の空白を除いて読みました。", place)

    def half_width(self, line: SourceLine, texts: Iterable[str], place: Place) -> None:
        """List the texts among `texts` that were full-width and are read as ASCII."""
        wide = [text for text in texts if half_width(text) != text]
        if wide:
            shown = "、".join(f"「{text}」を「{half_width(text)}」" for text in wide[:3])
            more = "など" if len(wide) > 3 else ""
            self.repair(line, f"全角の数字を半角にしました（{shown}{more}）。", place)

    def _add(
        self,
        level: Level,
        kind: str,
        line: SourceLine,
        message: str,
        place: Place | None,
        hint: str = "",
    ) -> None:
        where = Place(line=line.number).within(place or Place())
        self.found.append(Diagnostic(level, kind, message, where, hint))
