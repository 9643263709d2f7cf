"""The pages of a form: paper, margins with the gutter, head and foot, watermark."""

from __future__ import annotations

from gyomu_docs.layout.fields import Scope
from gyomu_docs.layout.form_texts import FormTexts
from gyomu_docs.layout.page import FurnitureSpec
from gyomu_docs.layout.styles import in_mm
from gyomu_docs.layout.texts import furniture_parts
from gyomu_docs.layout.tree import Furniture, PageSetup, Style, Watermark
from gyomu_docs.units import PT, Length

_NOTHING = Furniture((), (), (), Style("", "BIZ UDGothic", False, PT, PT))
"""Where a form has no header or footer."""


class PageMaker:
    """Makes the page set-up of each sheet; what is wrong is told when it is made."""

    def __init__(self, texts: FormTexts) -> None:
        self._texts = texts
        self._spec = texts.form.page
        top, _, bottom, _ = self._spec.margins
        self._prepare(self._spec.header, top)
        self._prepare(self._spec.footer, bottom)
        if self._spec.watermark is not None:
            texts.compile(self._spec.watermark, "text")
            style = self._spec.watermark.style
            texts.check_style(self._spec.watermark, style, self._width, lines=False)

    @property
    def _width(self) -> Length:
        return self._spec.body[0]

    def _prepare(self, spec: FurnitureSpec | None, margin: Length) -> None:
        if spec is None:
            return
        for key in ("left", "center", "right"):
            self._texts.compile(spec, key)
        style = self._texts.check_style(spec, spec.style, self._width)
        if style is None:
            return
        line = style.leading + style.padding.top + style.padding.bottom
        if spec.distance + line > margin:
            message = f"余白（{in_mm(margin)}）に収まらず、本文に重なります。"
            self._texts.add_fault(message, spec, "distance")

    def make(self, scope: Scope) -> PageSetup:
        """The pages of one sheet; `scope` is `(sheet,)`."""
        spec = self._spec
        width, height = spec.paper
        return PageSetup(
            width=width,
            height=height,
            margins=spec.edges,
            header=self._furniture(spec.header, scope),
            footer=self._furniture(spec.footer, scope),
            header_distance=spec.header.distance + spec.head_room if spec.header else 0,
            footer_distance=spec.footer.distance if spec.footer else 0,
            binding=spec.binding,
            gutter=spec.gutter,
            mirrored=spec.mirrored,
            watermark=self._watermark(scope),
        )

    def _furniture(self, spec: FurnitureSpec | None, scope: Scope) -> Furniture:
        if spec is None:
            return _NOTHING
        left, center, right = (
            furniture_parts(part, lambda piece: self._texts.text(piece, scope))
            for part in (spec.left, spec.center, spec.right)
        )
        return Furniture(left, center, right, self._texts.style(spec.style))

    def _watermark(self, scope: Scope) -> Watermark | None:
        spec = self._spec.watermark
        text = self._texts.text(spec.text, scope) if spec is not None else ""
        return Watermark(text, self._texts.style(spec.style)) if spec and text else None
