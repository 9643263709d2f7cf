"""What a form says of its pages: paper, margins, binding, head and foot, watermark, fit."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from gyomu_docs.layout.measures import EdgesField, LengthField, Share
from gyomu_docs.layout.spec import Spec
from gyomu_docs.layout.tree import Binding, Edges
from gyomu_docs.units import Length, parse_length

PAPER = {"A3": ("297mm", "420mm"), "A4": ("210mm", "297mm")}
"""Width and height in portrait."""


def _absent(value: object) -> object:
    """`header:` with nothing behind it takes away what the base has."""
    return None if value == "" else value


class FurnitureSpec(Spec):
    """A header or footer; `{page}` and `{pages}` are the numbers."""

    left: str = ""
    center: str = ""
    right: str = ""
    style: str
    distance: LengthField


class WatermarkSpec(Spec):
    """A large word across each page; without a text (of a field that is blank) there is none."""

    text: str
    style: str


class PageSpec(Spec):
    """Paper, margins, binding, header and footer."""

    size: Literal["A3", "A4"]
    orientation: Literal["portrait", "landscape"]
    margins: EdgesField
    """Without the gutter."""
    binding: Binding = "none"
    gutter: LengthField = 0
    """とじしろ: further margin at the edge of the binding."""
    mirrored: bool = False
    header: Annotated[FurnitureSpec | None, BeforeValidator(_absent)] = None
    footer: Annotated[FurnitureSpec | None, BeforeValidator(_absent)] = None
    watermark: Annotated[WatermarkSpec | None, BeforeValidator(_absent)] = None

    @property
    def paper(self) -> tuple[Length, Length]:
        """Width and height of the paper as it lies."""
        short, long = (parse_length(side) for side in PAPER[self.size])
        return (long, short) if self.orientation == "landscape" else (short, long)

    @property
    def edges(self) -> Edges:
        """The margins with the gutter."""
        top, right, bottom, left = self.margins
        match self.binding:
            case "left":
                return Edges(top, right, bottom, left + self.gutter)
            case "top":
                return Edges(top + self.gutter, right, bottom, left)
            case _:
                return Edges(top, right, bottom, left)

    @property
    def head_room(self) -> Length:
        """How much further from the paper's edge the header hangs: the gutter, bound at the top."""
        return self.gutter if self.binding == "top" else 0

    @property
    def body(self) -> tuple[Length, Length]:
        """Width and height that the margins leave."""
        (width, height), edges = self.paper, self.edges
        return width - edges.left - edges.right, height - edges.top - edges.bottom

    @model_validator(mode="after")
    def _margins_leave_room(self) -> Self:
        if self.gutter and self.binding == "none":
            raise ValueError("gutter（とじしろ）は binding: left か top と一緒に書いてください。")
        if min(self.body) <= 0:
            raise ValueError("余白が広すぎて、本文の場所が残りません。")
        return self


class FitSpec(Spec):
    """As many pages a sheet is to take at the most, and how far it may be squeezed for that."""

    pages: int = Field(ge=1, le=100)
    height: Share = 1000
    """Of paddings, least row heights, spacers and line feeds; they give first."""
    size: Share = 1000
    """Of type sizes."""
