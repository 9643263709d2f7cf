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
from traceback import extract_tb
from typing import Any, NamedTuple

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
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

MOST_TEXT = 200_000
"""Characters of a rendered template: a cover has 100, a long legend 5,000."""
_SET_STYLE = "スタイルの名前は、layouts/booklet の様式の styles にあるものです。"


class _Sandbox(ImmutableSandboxedEnvironment):
    """Reaches nothing but the values given, and does not multiply texts until memory ends."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**":
            raise SecurityError("「**」は使えません")
        if isinstance(left, int | float) and isinstance(right, int | float):
            return super().call_binop(context, operator, left, right)
        raise SecurityError(f"「{operator}」は数どうしにだけ使えます")


_ENVIRONMENT = _Sandbox(
    undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
)
del _ENVIRONMENT.filters["center"]  # makes a text of any length at once
_FAULTS = (
    *(TemplateError, TypeError, AttributeError, LookupError, ArithmeticError, ValueError),
    RecursionError,  # of macros
)
_UNDEFINED = re.compile(r"'(?P<name>.*)' is undefined")
_STYLED = re.compile(r"@(?P<style>\S+)\s+(?P<text>.*)")
_HEAD_SHARE = 5
"""The first column of a table takes one part in so many of the width."""


def render_prose(template: str, values: Mapping[str, Any], file: str) -> str:
    """Fill a template. Raises FormError with the file (and line, where jinja tells it)."""
    text = ""
    try:
        for piece in _ENVIRONMENT.from_string(template).generate(values):
            text += piece
            if len(text) > MOST_TEXT:
                raise SecurityError(f"{MOST_TEXT:,}字を超えます")
    except _FAULTS as error:
        line = getattr(error, "lineno", None) or _line_of(error)
        raise FormError(
            f"文章のひな形を読み取れません（{_reason(error)}）。",
            place=Place(file=file, line=line),
            hint="{{ 項目 }} の名前と、{% %} の対応を確かめてください。",
        ) from None
    return text


def _reason(error: Exception) -> str:
    """What is wrong, in Japanese; the line is told beside it."""
    match error:
        case UndefinedError():
            found = _UNDEFINED.fullmatch(str(error))
            return f"項目「{found['name']}」はありません" if found else "ない項目を使っています"
        case SecurityError():
            said = str(error)
            return said if not said.isascii() else "使えないものを使っています"
        case TemplateSyntaxError():
            return "{{ }} か {% %} の書き方が正しくありません"
        case TypeError() if "loader" in str(error):
            return "ほかのひな形は取り込めません"
        case RecursionError():
            return "自分を呼び続けています"
        case _:
            return "{{ }} か {% %} の中を計算できません"


def _line_of(error: Exception) -> int | None:
    """The line of the template where rendering failed: jinja gives its frames our line numbers."""
    frames = [one for one in extract_tb(error.__traceback__) if one.filename == "<template>"]
    return frames[-1].lineno if frames else None


def prose_blocks(
    text: str, styles: Callable[[str], Style], width: Length, name: str, file: str = ""
) -> tuple[Block, ...]:
    """The blocks of a rendered text, `width` wide; `name` is that of the part, for its tables.

    `styles` gives the style of a name, or raises FormError; so does a line that says nothing, with
    `file` as its place.
    """
    blocks: list[Block] = []
    for kind, lines in groupby(text.splitlines(), key=_kind):
        blocks += _blocks(kind, list(lines), _Styles(styles, file), width, name)
    return tuple(blocks)


class _Styles(NamedTuple):
    """The styles of the form, for the lines of a template file."""

    of: Callable[[str], Style]
    file: str

    def __call__(self, name: str) -> Style:
        return self.of(name)

    def fault(self, line: str, reason: str, hint: str) -> FormError:
        """What is wrong with a line."""
        return FormError(f"「{line}」: {reason}", place=Place(file=self.file), hint=hint)


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
    styles: _Styles,
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


def _line(kind: str, line: str, styles: _Styles) -> Block:
    if kind == "break":
        return PageBreak()
    if kind == "~":
        try:
            return Spacer(parse_length(line[1:]))
        except ValueError:
            reason = "空きの長さを読み取れません。"
            raise styles.fault(line, reason, "~ 20mm のように書いてください。") from None
    if kind == "@":
        match = _STYLED.fullmatch(line)
        if match is None:
            return Paragraph(line, styles("text"))
        try:
            return Paragraph(match["text"], styles(match["style"]))
        except FormError as error:
            raise styles.fault(line, error.message, _SET_STYLE) from None
    if kind == "-":
        return Paragraph("・" + line[1:].strip(), styles("item"))
    level = 1 if not line.startswith("##") else 2
    return Heading(level, line.lstrip("#").strip(), styles("title" if level == 1 else "heading"))


def _table(lines: Sequence[str], styles: _Styles, width: Length, name: str) -> Grid:
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
