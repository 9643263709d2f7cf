"""Booklets of small sheets as finished PDFs, and the packets between them."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pypdf

from gyomu_docs.booklet.build import Report
from gyomu_docs.booklet.config import BookletConfig
from gyomu_docs.booklet.manifest import Manifest
from gyomu_docs.booklet.packet import Packet
from gyomu_docs.booklet.workers import BuildOptions
from gyomu_docs.model import Activity, Sheet, SourcedSheet
from gyomu_docs.publishing import Publisher
from gyomu_docs.resources import Resources, find_resources
from tests.support.booklets import placed_sheet
from tests.support.paged import reading


class Published(NamedTuple):
    """A booklet."""

    publisher: Publisher
    report: Report
    data: bytes


def published(*sheets: Sheet, **config: Any) -> Published:
    """A booklet of these sheets; `config` by the keys of booklet.yaml."""
    publisher = Publisher(_resources(), BookletConfig.model_validate(config))
    out = io.BytesIO()
    report = publisher.write_pdf([SourcedSheet(one) for one in sheets], out, BuildOptions())
    return Published(publisher, report, out.getvalue())


def packet_of(old: Manifest, new: Published) -> tuple[Packet, bytes]:
    """The packet between two booklets, and its PDF; empty where nothing changed."""
    maker = new.publisher.packet_maker(old, new.report)
    packet = maker.plan()
    out = io.BytesIO()
    if packet.lines:
        maker.write(packet, out)
    return packet, out.getvalue()


def long_sheet(number: str, rows: int, **more: Any) -> Sheet:
    """A sheet with so many rows: 2 are one page, 10 are two, 30 are three."""
    activities = tuple(Activity(code=f"{n:02}", means=f"手段{n}") for n in range(1, rows + 1))
    return placed_sheet(number, activities=activities, **more)


def listed(packet: Packet) -> list[str]:
    """The lines of a packet: number of the leaf, label, kind, sheet and page in it."""
    return [
        " ".join(filter(None, (one.paper, one.label, one.kind, one.name, one.position)))
        for one in packet.lines
    ]


def labels_of(data: bytes) -> list[str]:
    """The page labels of a PDF."""
    return pypdf.PdfReader(io.BytesIO(data)).page_labels


def texts_of(path: Path) -> list[list[str]]:
    """The lines of each page that are not blank, as poppler reads them."""
    text = reading("pdftotext", path, "-layout", "-enc", "UTF-8")
    return [_lines(page) for page in text.split("\f")[:-1]]


def _lines(page: str) -> list[str]:
    return [line.strip() for line in page.splitlines() if line.strip()]


@cache
def _resources() -> Resources:
    return find_resources({})
