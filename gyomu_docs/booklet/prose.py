"""Text parts of a booklet (表紙, 凡例, 奥付): a Jinja2 template to blocks.

In: the template's text, what it may show, the styles of the booklet's form. A template may come
from anywhere, so it is rendered in a sandbox: it reaches nothing but the values given. Its lines
say what they are by how they begin:

    # 見出し            a heading of level 1, style `title`
    ## 見出し           a heading of level 2, style `heading`
    - 項目              a list item, style `item`
    | ○ | 達成した |    a row of a table, style `cell`; the first column heads the row (`cell-head`)
    @large 令和3年度    a paragraph in the style of that name
    ~ 20mm              vertical space
    ---                 a new page
    anything else       a paragraph, style `text`; lines that follow each other are one paragraph
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gyomu_docs.errors import FormError, Place
from gyomu_docs.layout.tree import (
    Block,
    Cell,
    Grid,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Spacer,
    Style,
)
from gyomu_docs.units import Length, parse_length

_ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
)
_FAULTS = (TemplateError, TypeError, AttributeError, LookupError, ArithmeticError, ValueError)
_STYLED = re.compile(r"@(?P<style>\S+)\s+(?P<text>.*)")
_HEAD_SHARE = 5
"""The first column of a table takes one part in so many of the width."""


def render_prose(template: str, values: Mapping[str, Any], file: str) -> str:
    """Fill a template. Raises FormError with the file (and line, where jinja tells it)."""
    try:
        return _ENVIRONMENT.from_string(template).render(values)
    except _FAULTS as error:
        line = getattr(error, "lineno", None)
        raise FormError(
            f"文章のひな形を読み取れません（{error}）。",
            place=Place(file=file, line=line),
            hint="{{ 項目 }} の名前と、{% %} の対応を確かめてください。",
        ) from None


def prose_blocks(
    text: str, styles: Callable[[str], Style], width: Length, name: str
) -> tuple[Block, ...]:
    """The blocks of a rendered text, `width` wide; `name` is that of the part, for its tables.

    `styles` gives the style of a name, or raises FormError.
    """
    blocks: list[Block] = []
    for kind, lines in groupby(text.splitlines(), key=_kind):
        blocks += _blocks(kind, list(lines), styles, width, name)
    return tuple(blocks)


def _kind(line: str) -> str:
    stripped = line.strip()
    if not stripped:
        return "blank"
    if stripped == "---":
        return "break"
    if stripped[0] in "#-@~|":
        return stripped[0]
    return "text"


def _blocks(
    kind: str,
    lines: Sequence[str],
    styles: Callable[[str], Style],
    width: Length,
    name: str,
) -> Iterator[Block]:
    plain = [line.strip() for line in lines]
    if kind == "text":
        yield Paragraph("".join(plain), styles("text"))
    elif kind == "|":
        yield _table(plain, styles, width, name)
    elif kind != "blank":
        for line in plain:
            yield _line(kind, line, styles)


def _line(kind: str, line: str, styles: Callable[[str], Style]) -> Block:
    if kind == "break":
        return PageBreak()
    if kind == "~":
        return Spacer(parse_length(line[1:]))
    if kind == "@":
        match = _STYLED.fullmatch(line)
        if match is None:
            return Paragraph(line, styles("text"))
        return Paragraph(match["text"], styles(match["style"]))
    if kind == "-":
        return Paragraph("・" + line[1:].strip(), styles("item"))
    level = 1 if not line.startswith("##") else 2
    return Heading(level, line.lstrip("#").strip(), styles("title" if level == 1 else "heading"))


def _table(lines: Sequence[str], styles: Callable[[str], Style], width: Length, name: str) -> Grid:
    rows = [[text.strip() for text in line.strip("|").split("|")] for line in lines]
    count = max(len(row) for row in rows)
    columns = [width]
    if count > 1:
        head = width // _HEAD_SHARE
        rest = (width - head) // (count - 1)
        columns = [head, *[rest] * (count - 2), width - head - rest * (count - 2)]
    made = tuple(
        Row(
            tuple(
                Cell(
                    number, 1, 1, (text,) if text else (),
                    styles("cell" if number or count == 1 else "cell-head"),
                    "data" if number or count == 1 else "row",
                )
                for number, text in enumerate([*row, *[""] * (count - len(row))])
            )
        )
        for row in rows
    )  # fmt: skip
    return Grid(name, tuple(columns), tuple(f"{n}列目" for n in range(1, count + 1)), made)
