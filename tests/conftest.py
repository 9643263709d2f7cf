"""Fixtures for all tests: PDFs go through `save_pdf`, so that veraPDF sees each one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import verapdf as support


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-pictures", action="store_true", help="draw the pictures of tests/pictures anew"
    )


@pytest.fixture(scope="session")
def verapdf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[support.Collector]:
    """Collects PDFs, and fails the session for those that are not PDF/A-2a (3a) and PDF/UA-1."""
    collector = support.Collector(tmp_path_factory.mktemp("verapdf"))
    yield collector
    if not support.unavailable() and (findings := collector.findings()):
        pytest.fail("\n\n".join(findings), pytrace=False)


@pytest.fixture
def save_pdf(verapdf: support.Collector, request: pytest.FixtureRequest) -> Callable[[bytes], Path]:
    """A function that saves a PDF to be validated at the end, and returns its path."""
    return lambda data: verapdf.add(data, request.node.nodeid)
