"""What stands on a page around its content: header, footer and watermark."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from itertools import accumulate
from math import atan2, cos, degrees, radians, sin
from typing import NamedTuple, TypeAlias

from gyomu_docs.errors import Diagnostic, GyomuError, Place, shorten
from gyomu_docs.layout.tree import Furniture, PageField, PageNumber, PageSetup, Section, Style
from gyomu_docs.typeset.canvas import PageCanvas
from gyomu_docs.typeset.jlreq import CLUSTER, break_costs
from gyomu_docs.typeset.lines import Line, break_lines, natural_width
from gyomu_docs.typeset.metrics import Metrics
from gyomu_docs.typeset.pages import ArtifactKind, Stamp, TextRun
from gyomu_docs.typeset.paragraphs import longest_line
from gyomu_docs.typeset.texts import SIZE_STEP, TextSetter
from gyomu_docs.units import Length

PageNumbers: TypeAlias = Mapping[PageField, str]
"""What is printed for the page and for the number of pages."""

_EMPTY = Line("", 0)
_STEEPEST = 45
"""Degrees by which a watermark rises at the most; on landscape paper it follows the diagonal."""


def page_shift(setup: PageSetup, number: int) -> tuple[Length, Length]:
    """How far (right, down) the page with this printed number is moved for its binding.

    The margins are those of odd pages; on the back of a leaf left and right change places, and a
    gutter at the top goes to the bottom.
    """
    if not setup.mirrored or number % 2:
        return 0, 0
    if setup.binding == "top":
        return 0, -setup.gutter
    return setup.margins.right - setup.margins.left, 0


def set_watermark(section: Section, setter: TextSetter) -> Stamp | None:
    """The watermark of each page of a section: in the middle, as large as the margins allow.

    Raises MissingGlyphError and FontError, with the sheet and 透かし for its row.
    """
    setup, watermark = section.page, section.page.watermark
    text = watermark.text.replace("\n", " ").strip() if watermark else ""
    if watermark is None or not text:
        return None
    style = watermark.style
    try:
        font = setter.font(style)
        ems = sum(map(font.widths.__getitem__, text))
    except GyomuError as error:
        raise error.within(Place(sheet=section.title, row="透かし")) from None
    angle = min(round(degrees(atan2(setup.height, setup.width))), _STEEPEST)
    along, across = cos(radians(angle)), sin(radians(angle))
    top, right, bottom, left = setup.margins
    # The box of the word, an em high and turned, has these many ems of width and height.
    fitting = 1000 * min(
        (setup.width - 2 * max(left, right)) / (ems * along + 1000 * across),
        (setup.height - 2 * max(top, bottom)) / (ems * across + 1000 * along),
    )
    size = min(style.size, max(int(fitting) // SIZE_STEP, 1) * SIZE_STEP)
    center = (setup.width // 2, setup.height // 2)
    return Stamp(*center, text, font.name, size, style.color, angle)


class RunningHeads:
    """Header and footer of the pages of one section; what prints no page number is set once."""

    def __init__(self, setup: PageSetup, title: str, setter: TextSetter) -> None:
        """`title` names the sheet in messages. Raises MissingGlyphError, FontError."""
        footer = setup.footer
        height = footer.style.leading + footer.style.padding.top + footer.style.padding.bottom
        foot = setup.height - setup.footer_distance - height
        lines = (
            _HeadLine("header", setup.header, setup.header_distance, setup, title, setter),
            _HeadLine("footer", footer, foot, setup, title, setter),
        )
        self._lines = [(line, None if line.is_numbered else _set_line(line, {})) for line in lines]

    def place(self, page: PageCanvas, numbers: PageNumbers) -> list[Diagnostic]:
        """Set them on one page; what was cut or shrunk. Raises MissingGlyphError, FontError."""
        found: list[Diagnostic] = []
        for line, fixed in self._lines:
            made = fixed or _set_line(line, numbers)
            for run in made.runs:
                page.artifact(line.kind, [run])
            found += made.found
        return found


class _HeadLine(NamedTuple):
    """A header or a footer of a section."""

    kind: ArtifactKind
    furniture: Furniture
    y: Length
    setup: PageSetup
    title: str
    setter: TextSetter

    @property
    def is_numbered(self) -> bool:
        """Whether it differs from page to page."""
        furniture = self.furniture
        parts = (*furniture.left, *furniture.center, *furniture.right)
        return any(isinstance(part, PageNumber) for part in parts)


class _SetLine(NamedTuple):
    """What of it is printed on a page."""

    runs: list[TextRun]
    found: list[Diagnostic]


def _set_line(line: _HeadLine, numbers: PageNumbers) -> _SetLine:
    """Set the three parts of a header or footer on one line; what is too long ends with `…`."""
    kind, furniture, y, setup, title, setter = line
    margins, style = setup.margins, furniture.style
    place = Place(sheet=title, row="ヘッダー" if kind == "header" else "フッター")
    texts = [
        _filled(parts, numbers) for parts in (furniture.left, furniture.center, furniture.right)
    ]
    left = margins.left + style.padding.left
    right = setup.width - margins.right - style.padding.right
    try:
        font = setter.font(style)
        shown, size = _fitted(texts, style, font, right - left)
        lines = [_line(text, size, style, font) if text else _EMPTY for text in shown]
    except GyomuError as error:
        raise error.within(place) from None
    widths = [line.width for line in lines]
    # The middle part stands in the middle, or as near to it as its neighbours allow.
    middle = left + (right - left - widths[1]) // 2
    middle = min(middle, right - widths[2] - widths[1] - (size if widths[2] else 0))
    middle = max(middle, left + widths[0] + (size if widths[0] else 0))
    baseline = y + style.padding.top + (style.leading - size) // 2 + font.ascent * size // 1000
    runs = [
        TextRun(x, baseline, line.text, font.name, size, style.color, kerns=line.kerns)
        for x, line in zip((left, middle, right - widths[2]), lines, strict=True)
        if line.text
    ]
    return _SetLine(runs, _reported(texts, shown, style.size, size, place))


def _reported(
    texts: list[str], shown: list[str], before: Length, after: Length, place: Place
) -> list[Diagnostic]:
    """What is cut, or else what was set smaller."""
    cut = [text for text, short in zip(texts, shown, strict=True) if text != short]
    if not cut and after < before:
        # Named by its longest part, which is the same on every page.
        longest = shorten(max(texts, key=len))
        sizes = f"{before / 1000:g}ptを{after / 1000:g}ptに縮小しました。"
        return [Diagnostic("I", "shrunk", f"「{longest}」の{sizes}", place)]
    message = "「{}」は収まらず、途中までにしました。"
    return [Diagnostic("W", "overfull", message.format(text), place) for text in cut]


def _filled(parts: Iterable[str | PageNumber], numbers: PageNumbers) -> str:
    texts = (numbers[part.field] if isinstance(part, PageNumber) else part for part in parts)
    return "".join(texts).replace("\n", " ")


def _fitted(
    texts: list[str], style: Style, font: Metrics, room: Length
) -> tuple[list[str], Length]:
    """The texts as they fit side by side, an em apart: smaller where they may be, then shorter."""
    ems = [longest_line(text, font.widths, share=style.compress) if text else 0 for text in texts]
    present = sum(1 for width in ems if width)
    needed = max(sum(ems) + 1000 * (present - 1), 1)
    if needed * style.size <= room * 1000:
        return texts, style.size
    size = style.size
    if style.shrink:
        fitting = room * 1000 // needed // SIZE_STEP * SIZE_STEP
        size = max(fitting, min(style.floor, style.size))
    left = room * 1000 // size - 1000 * (present - 1)
    shown = list(texts)
    # The shortest part takes what it needs; the others share what is left.
    for index in sorted(range(len(texts)), key=lambda index: ems[index]):
        if ems[index]:
            share = left // present
            if ems[index] > share:
                shown[index] = _cut(texts[index], share, font)
            left -= min(ems[index], share)
            present -= 1
    return shown, size


def _line(text: str, size: Length, style: Style, font: Metrics) -> Line:
    """A text on one line, however wide, its neighbouring marks closed up as in a cell."""
    room = natural_width(text, size, font) + 1
    (line,) = break_lines(text, room, size, font, reduce=style.compress)
    return line


def _cut(text: str, most: int, font: Metrics) -> str:
    """The beginning of a text with `…` behind it, no wider than so many thousandths of an em."""
    widths = list(accumulate(map(font.widths.__getitem__, text), initial=font.widths["…"]))
    end = max(bisect_right(widths, most) - 1, 0)
    costs = break_costs(text)
    while end and costs[end] == CLUSTER:
        end -= 1
    return text[:end] + "…"
