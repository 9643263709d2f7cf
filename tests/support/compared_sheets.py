"""Reports under test: comparisons to report on, and the web page taken apart."""

from __future__ import annotations

import functools
from typing import Any

from lxml import html

from gyomu_docs import readers
from gyomu_docs.comparison import Comparison, compare_editions
from gyomu_docs.reports.html import write_html
from gyomu_docs.resources import find_resources
from tests.support.cli import ROOT

TEMPLATES = find_resources({}).report_templates()


@functools.cache
def examples() -> Comparison:
    """examples/r2 against examples/r3."""
    old, new = (readers.read([ROOT / "examples" / name])[0] for name in ("r2", "r3"))
    return compare_editions(old, new)


def page_of(comparison: Comparison, **options: Any) -> html.HtmlElement:
    """The web page of a comparison, parsed."""
    return html.document_fromstring(write_html(comparison, TEMPLATES, **options).decode())


def texts(element: html.HtmlElement, path: str) -> list[str]:
    """What the elements of an XPath say, without the space around it."""
    return [found.text_content().strip() for found in element.xpath(path)]
