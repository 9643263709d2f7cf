"""A comparison as a web page: one file that needs nothing else, and works without its script.

The page's content security policy names its own style and script by their hashes and forbids
everything else, so no text of a sheet can become markup or be run.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from gyomu_docs.comparison import Comparison, SheetComparison
from gyomu_docs.model import Sheet
from gyomu_docs.model.money import format_amount
from gyomu_docs.reports import entries, figures, summary

Side = Literal["old", "new"]
Order = Literal["new-old", "old-new"]

_WITHIN_A_YEAR: Mapping[Side, str] = {"old": "変更前", "new": "変更後"}
_NOT_THERE = "—"
_PAGE, _STYLE, _SCRIPT = "report.html.j2", "report.css", "report.js"


def write_html(
    comparison: Comparison, templates: Mapping[str, str], *, order: Order = "new-old"
) -> bytes:
    """The page in UTF-8. `templates` are `Resources.report_templates()`.

    `order` says which edition stands on the left.
    """
    environment = Environment(
        loader=DictLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "amount": format_amount,
        "amount_in_words": entries.amount_in_words,
        "grouped": figures.grouped,
        "told": _told,
        "shown_rate": figures.shown_rate,
        "signed": figures.signed,
        "visible": _visible,
    }
    sheets = entries.read_sheets(comparison)
    olds, news = ([one for one in side if one] for side in _sides(comparison))
    labels = _labels(olds, news)
    style, script = templates[_STYLE], templates[_SCRIPT]
    page = environment.get_template(_PAGE).render(
        year=f"{_years(news)} " if labels is _WITHIN_A_YEAR and olds and news else "",
        labels=labels,
        labels_of=lambda one: _labels_of(one, olds, news),
        sides=("new", "old") if order == "new-old" else ("old", "new"),
        sheets=sheets,
        summary=summary.summarize(sheets),
        kinds=entries.KINDS,
        sections=entries.SECTIONS,
        departments=tuple(dict.fromkeys(one.sheet.department for one in sheets)),
        difference=figures.difference,
        in_words=figures.in_words,
        staff=tuple(summary.STAFF),
        style=Markup(style),
        script=Markup(script),
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}",
    )
    return page.encode()


def _sides(comparison: Comparison) -> tuple[list[Sheet | None], list[Sheet | None]]:
    return [one.old for one in comparison.sheets], [one.new for one in comparison.sheets]


def _labels(olds: Iterable[Sheet], news: Iterable[Sheet]) -> Mapping[Side, str]:
    """How the columns are headed; two drafts of one year are told apart by before and after."""
    labels: dict[Side, str] = {"old": _years(olds), "new": _years(news)}
    one_alone = not all(labels.values())
    return _WITHIN_A_YEAR if one_alone or labels["old"] == labels["new"] else labels


def _labels_of(
    one: SheetComparison, olds: Sequence[Sheet], news: Sequence[Sheet]
) -> Mapping[Side, str]:
    """The heads for a sheet, which may be of another year than the first one of its edition."""
    return _labels([one.old] if one.old else olds, [one.new] if one.new else news)


def _years(sheets: Iterable[Sheet]) -> str:
    """The years of an edition's sheets as they print them; several where editions are mixed."""
    return "・".join(dict.fromkeys(entries.year_label(str(one.fiscal_year)) for one in sheets))


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _told(value: Decimal | None) -> str:
    """A figure of one side, which may not be there."""
    return _NOT_THERE if value is None else figures.grouped(value)


def _visible(text: str) -> str:
    """`text` with the control characters that HTML has no room for as their pictures (U+2400)."""
    if text.isprintable():
        return text
    return "".join(
        chr(0x2400 + ord(sign)) if ord(sign) < 0x20 and sign not in "\n\t" else sign
        for sign in text
    )
