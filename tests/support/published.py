"""A writer of such texts as an extraction from a published form gives, with its slips.

`write_published(sheets, kinds, rng)` prints the sheets as tab-separated lines. Each kind of slip
that is switched on happens at random where it can, and is recorded: what shifts data must be
listed as a repair, what is no data as dropped. Nothing here is taken from the reader.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gyomu_docs.model import (
    Activity,
    BudgetLine,
    CostRow,
    FiscalYear,
    Sheet,
    StaffCount,
    ValueKind,
    parse_value,
)
from gyomu_docs.model.sheet import Measured

REPAIRED = {
    "staff row": "人工の値",
    "code column": "列目",
    "glued code": "分けて",
    "glued label": "分けて",
    "surplus cell": "余分",
    "cost shift": "ずれて",
    "cost dash": "値ではない",
    "total column": "列目",
    "spread label": "字間",
    "full width": "全角",
    "plan name": "外れて",
}
"""Kinds of slip that shift data, with a word that only the message about them has."""

_LABELS = re.compile(
    r"年度|シートNo\.|シート名|所属|業務棚卸表(?:\(.*)?|基本目的|施策目的\(上位目的\)|施策の方向|人工|このシートの.*"
    r"|すべてのシートの合算|正規|会計年度任用|再任用|款|項|目|事業名|予算額|千円|合計|任務目的|指標"
    r"|過去の実績|目標|達成|備考|業務コード\(.*|行政活動\(手段\)|年度別決算・予算額\(千円\)"
    r"|(?:[HR令平][成和]?(?:\d+|元)|20\d\d)(?:年度)?(?:実績)?"
)

DROPPED = ("padding", "furniture", "repeated header", "page head")
"""Kinds of slip that add what is no data."""

SILENT = ("blank lines", "tabs", "crlf", "shift_jis", "head order", "form feed", "years inline")
"""Kinds of slip that only lay out."""

KINDS = (*REPAIRED, *DROPPED, *SILENT)

_TITLE = "業務棚卸表 (総合計画施策説明表)"
_PAGE_MARKS = ("- {n} -", "{n} / 12", "－{n}－", "{n}ページ", "P.{n}", "業務棚卸表 {year}", "{n}")
_THIS = "このシートの行政活動(手段)を遂行するための職員数(実配置ベース)"
_ALL = "すべてのシートの合算"
_COST = "年度別決算・予算額(千円)"


@dataclass
class Line:
    """A line to print, and the slips made in it."""

    cells: list[str]
    slips: list[str] = field(default_factory=list)
    dropped: bool = False
    doubtful: bool = False
    """Whether it may be read in another way as well."""
    table: bool = False
    """Whether a page may break before it."""
    header: bool = False
    """Whether it is printed again on the next page."""
    prefix: str = ""


@dataclass(frozen=True)
class Published:
    """A text with what was done to it."""

    data: bytes
    repaired: tuple[tuple[int, str], ...]
    """Line and word of each slip that must be listed as a repair."""
    dropped: tuple[int, ...]
    """The lines that must be listed as dropped."""
    doubtful: tuple[int, ...] = ()
    """The lines of which a repair may be told as doubtful; they must be read right all the same."""


def write_published(
    sheets: Iterable[Sheet], kinds: Iterable[str] = (), rng: random.Random | None = None
) -> Published:
    """Print `sheets` in their order, with slips of the given kinds."""
    writer = _Writer(frozenset(kinds), rng or random.Random(0))
    lines = [line for sheet in sheets for line in writer.sheet(sheet)]
    end = "\r\n" if "crlf" in writer.kinds else "\n"
    text = end.join(line.prefix + "\t".join(line.cells) for line in lines) + end
    return Published(
        data=_encoded(text, "shift_jis" in writer.kinds),
        repaired=tuple(
            (number, REPAIRED[slip])
            for number, line in enumerate(lines, 1)
            for slip in line.slips
            if slip in REPAIRED
        ),
        dropped=tuple(number for number, line in enumerate(lines, 1) if line.dropped),
        doubtful=tuple(number for number, line in enumerate(lines, 1) if line.doubtful),
    )


def full_width(text: str) -> str:
    """`text` with its ASCII letters, digits and signs as full-width ones."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def spread(label: str) -> str:
    """`label` spread over its cell, up to its bracket."""
    head, bracket, rest = label.partition(" (")
    return " ".join(head) + bracket + rest


def is_label(cell: str) -> bool:
    """Whether a cell is a label of the form, however it is spaced, and no data."""
    return _LABELS.fullmatch("".join(cell.split())) is not None


def _encoded(text: str, shift_jis: bool) -> bytes:
    if shift_jis:
        try:
            return text.encode("cp932")
        except UnicodeEncodeError:
            pass
    return text.encode()


def amount(text: str, rng: random.Random, unit: bool) -> str:
    """An amount of the sheet file as forms print it."""
    if not text.isdecimal():
        return text
    digits = f"{int(text):,}" if rng.random() < 0.7 else text
    return digits + rng.choice((" 千円", "千円")) if unit else digits


class _Writer:
    def __init__(self, kinds: frozenset[str], rng: random.Random) -> None:
        self.kinds = kinds
        self.rng = rng

    def sheet(self, sheet: Sheet) -> Iterator[Line]:
        years = list(next((a.results for a in sheet.activities if a.results), ()))
        blocks = [
            self._head(sheet),
            [Line([_TITLE])],
            self._plan(sheet),
            self._staffing(sheet),
            self._budget(sheet),
            self._purposes(sheet, years),
            self._activities(sheet, years),
            [Line([note]) for note in sheet.notes],
            self._boxes(sheet),
        ]
        lines = [line for block in blocks for line in [*block, Line([""])]]
        for line in self._paged(lines, sheet):
            yield line
            if self._happens("blank lines"):
                yield Line(["\t" * self.rng.randrange(3)])

    def _happens(self, kind: str) -> bool:
        return kind in self.kinds and self.rng.random() < 0.5

    def _head(self, sheet: Sheet) -> list[Line]:
        pairs = [
            ("年度", sheet.fiscal_year.text),
            ("シートNo.", sheet.number),
            ("所属", sheet.department),
            ("シート名", sheet.title),
        ]
        if self._happens("head order"):
            self.rng.shuffle(pairs)
        lines: list[Line] = []
        for label, value in pairs:
            # Only behind a label of its own can a glued one be told from a sentence.
            lines += [self._pair(label, value, may_glue=bool(lines))] if value else []
        return lines

    def _pair(self, label: str, value: str, may_glue: bool) -> Line:
        line = Line([label, value])
        if label in {"年度", "シートNo."}:
            self._widen(line, [1])
        if may_glue and self._happens("glued label"):
            line.cells = [" ".join(line.cells)]
            line.slips.append("glued label")
        else:
            self._spread(line, [0])
        return line

    def _plan(self, sheet: Sheet) -> list[Line]:
        plan = sheet.plan
        lines = [
            Line(["", "基本目的", plan.basic_goal]),
            Line(["", "施策目的 (上位目的)", plan.policy_goal]),
            Line(["", "施策の方向", *plan.directions[:1]]),
        ]
        lines += [Line(["", "", text]) for text in plan.directions[1:]]
        for line in lines[:3]:
            self._spread(line, [1])
        row = 1 if plan.name and self._happens("plan name") else 0
        if row:
            lines[row].slips.append("plan name")
        lines[row].cells[0] = plan.name
        if len(plan.name) > 3 and self._happens("spread label"):
            lines[row].cells[0] = f"{plan.name[:3]} {plan.name[3:]}"
            lines[row].slips.append("spread label")
        return lines

    def _staffing(self, sheet: Sheet) -> list[Line]:
        header = Line(["人工", _THIS, "正規", "会計年度任用", "再任用"])
        self._spread(header, [0, 1, 2, 3, 4])
        counts = [sheet.staffing.this_sheet, sheet.staffing.all_sheets]
        rows = [
            Line(["", _ALL if index else "", *_counts(count)])
            for index, count in enumerate(counts)
            if count != StaffCount()
        ]
        if rows and self._happens("staff row"):
            rows[-1].cells[1], rows[0].cells[1] = "", self.rng.choice((_ALL, ""))
            for row, right in zip(rows, ("", _ALL), strict=False):
                row.slips += ["staff row"] if row.cells[1] != right else []
        for row in rows:
            self._spread(row, [1] if row.cells[1] else [])
            self._widen(row, range(2, 5))
        return [header, *rows]

    def _budget(self, sheet: Sheet) -> Iterator[Line]:
        header = Line(["款", "項", "目", "事業名", "予算額"])
        self._spread(header, [3, 4])
        yield header
        for item in sheet.budget:
            yield self._budget_line(item)
            if self._happens("padding"):
                name = self.rng.choice(("", "事業"))
                yield Line(["", "", "", name, "千円"], dropped=True)
        if sheet.budget:
            yield self._total(sheet)

    def _budget_line(self, item: BudgetLine) -> Line:
        printed = amount(item.amount, self.rng, unit=True) or "千円"
        line = Line([item.kan, item.ko, item.moku, item.name, printed], table=True)
        self._widen(line, [0, 1, 2, 4])
        return line

    def _total(self, sheet: Sheet) -> Line:
        line = Line(["", "", "", "", amount(str(sheet.budget_total), self.rng, unit=True)])
        column = self.rng.randrange(1, 4) if self._happens("total column") else 0
        line.cells[column] = "合計"
        line.slips += ["total column"] if column else []
        self._spread(line, [column])
        self._widen(line, [4])
        return line

    def _purposes(self, sheet: Sheet, years: Sequence[FiscalYear]) -> Iterator[Line]:
        yield from self._purposes_header(years)
        for item in sheet.purposes:
            line = Line([item.purpose, *_measured(item, years)], table=True)
            yield self._with_tabs(line)

    def _purposes_header(self, years: Sequence[FiscalYear]) -> list[Line]:
        texts = [year.text for year in years]
        if "years inline" in self.kinds:
            header = Line(["任務目的", "指標", *texts, "目標", "達成", "備考"], header=True)
            self._widen(header, range(2, 2 + len(texts)))
            return [header]
        past = ["過去の実績", *[""] * (len(texts) - 1)]
        header = Line(["任務目的", "指標", *past, "目標", "達成", "備考"], header=True)
        self._spread(header, [i for i, cell in enumerate(header.cells) if cell])
        below = Line(["", "", *texts, "", "", ""], header=True)
        self._widen(below, range(2, 2 + len(texts)))
        return [header, below]

    def _activities(self, sheet: Sheet, years: Sequence[FiscalYear]) -> Iterator[Line]:
        yield self._activities_header(years)
        for group in sheet.activity_groups():
            for item in group.activities:
                full = self._activity(item, years)
                count = len(full.cells)
                line = self._with_tabs(full)
                line.doubtful = len(line.cells) < count and _may_be_glued(line, item)
                yield line
            for cost in group.costs:
                yield self._with_tabs(self._cost(cost, years))

    def _activities_header(self, years: Sequence[FiscalYear]) -> Line:
        columns = [f"{year.text}実績" for year in years]
        labels = ["業務コード (2桁・4桁・6桁)", "行政活動(手段)", "指標", *columns]
        line = Line([*labels, "目標", "達成", "備考"], header=True)
        last = 3 + len(years)
        self._spread(line, [2, last, last + 1, last + 2])
        self._widen(line, range(3, last))
        return line

    def _activity(self, item: Activity, years: Sequence[FiscalYear]) -> Line:
        line = Line([str(item.code)], table=True)
        self._widen(line, [0])
        rest = _measured(item, years)
        # Beside a blank indicator nobody can tell which of two blank cells is the surplus one.
        # Without → or ○ at the end only the number of cells can tell.
        counted = item.indicator != "-" and "tabs" not in self.kinds
        anchored = item.target in "→↑↓" or item.mark in "○×△" or counted
        if item.indicator and anchored and self._happens("surplus cell"):
            rest = ["", *rest]
            line.slips.append("surplus cell")
        if self._happens("glued code"):
            line.slips.append("glued code")
            line.cells[0] += self.rng.choice(" \u3000") + item.means
            line.cells = [*self.rng.choice(([], [""])), *line.cells, *rest]
            return line
        if self._happens("code column"):
            line.slips.append("code column")
            line.cells.insert(0, "")
        line.cells += [item.means, *rest]
        return line

    def _cost(self, cost: CostRow, years: Sequence[FiscalYear]) -> Line:
        values = [cost.settled.get(year, "") for year in years]
        values.append(next(iter(cost.budget.values()), ""))
        line = Line([amount(value, self.rng, unit=False) for value in values], table=True)
        self._widen(line, range(len(line.cells)))
        if self._happens("cost dash"):
            line.cells.append("-")
            line.slips.append("cost dash")
        line.cells[:0] = self._cost_head(cost, line)
        return line

    def _cost_head(self, cost: CostRow, line: Line) -> list[str]:
        if self._happens("glued label"):
            line.slips.append("glued label")
            both = f"事業名 {cost.name}"
            return self.rng.choice(([both, _COST], ["", both, _COST], ["", "", f"{both} {_COST}"]))
        label = "事業名"
        if self._happens("spread label"):
            line.slips.append("spread label")
            label = spread(label)
        if self._happens("cost shift"):
            line.slips.append("cost shift")
            heads = ([label, "", cost.name], ["", label, cost.name], ["", label, "", cost.name])
            return [*self.rng.choice(heads), _COST]
        return [label, cost.name, _COST]

    def _boxes(self, sheet: Sheet) -> Iterator[Line]:
        indent = self.rng.choice(("", " ", "\u3000"))
        for box in (sheet.summary, sheet.outlook):
            if box.heading:
                yield Line([box.heading])
                yield from (Line([indent + text], table=True) for text in box.paragraphs)
                yield Line([""])

    def _paged(self, lines: Sequence[Line], sheet: Sheet) -> Iterator[Line]:
        """The lines with page breaks between the rows of tables and between paragraphs."""
        headers: list[Line] = []
        for before, line in zip([None, *lines], lines, strict=False):
            if line.header:
                headers = [*headers, line] if before is not None and before.header else [line]
            if line.table and before is not None and before.table:
                yield from self._page_break(sheet, headers if line.cells[1:] else [])
            yield line

    def _page_break(self, sheet: Sheet, headers: Sequence[Line]) -> Iterator[Line]:
        if self._happens("furniture"):
            mark = self.rng.choice(_PAGE_MARKS)
            text = mark.format(n=self.rng.randrange(1, 99), year=sheet.fiscal_year.text)
            prefix = "\f" if self._happens("form feed") else ""
            yield Line([text], dropped=True, prefix=prefix)
        if headers and self._happens("page head"):
            yield Line(["年度", sheet.fiscal_year.text], dropped=True)
            yield Line(["シートNo.", sheet.number], dropped=True)
        if headers and self._happens("repeated header"):
            yield from (Line([*header.cells], dropped=True) for header in headers)

    def _with_tabs(self, line: Line) -> Line:
        """More or fewer tabs at the end of the line; the first one stays."""
        if self._happens("tabs"):
            while len(line.cells) > 2 and not line.cells[-1]:
                line.cells.pop()
            line.cells += [""] * self.rng.randrange(4)
        return line

    def _spread(self, line: Line, columns: Iterable[int]) -> None:
        self._change(line, columns, spread, "spread label")

    def _widen(self, line: Line, columns: Iterable[int]) -> None:
        self._change(line, columns, full_width, "full width")

    def _change(
        self, line: Line, columns: Iterable[int], change: Callable[[str], str], kind: str
    ) -> None:
        changed = {i: change(line.cells[i]) for i in columns if self._happens(kind)}
        if any(line.cells[i] != text for i, text in changed.items()):
            line.slips.append(kind)
        for index, text in changed.items():
            line.cells[index] = text


def _counts(count: StaffCount) -> list[str]:
    return [count.regular, count.fixed_term, count.reappointed]


def _may_be_glued(line: Line, item: Activity) -> bool:
    """Whether the indicator beside a surplus cell may hold the first result as well.

    `駅 2人` ends like one. With a blank result, which may be one more surplus cell, and without
    the last cell, no number of cells tells the two readings apart.
    """
    parts = item.indicator.split()
    ends_in_value = len(parts) > 1 and parse_value(parts[-1]).kind is not ValueKind.WORDS
    blank_result = "" in item.results.to_plain().values()
    return "surplus cell" in line.slips and ends_in_value and blank_result


def _measured(item: Measured, years: Sequence[FiscalYear]) -> list[str]:
    results = [item.results.get(year, "") for year in years]
    return [item.indicator, *results, item.target, item.mark, item.remarks]
