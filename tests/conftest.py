"""Fixtures for all tests: what they write goes through validators when the session ends.

PDFs go through `save_pdf`, Word files through `save_docx`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gyomu_docs.settings import VARIABLE
from tests.support import ooxml
from tests.support import verapdf as support

NO_FALLBACK = Path(__file__).parent / "support" / "no-fallback.yaml"


@pytest.fixture(autouse=True, scope="session")
def settings_of_tests() -> Iterator[None]:
    """A configuration without fallback fonts: fonts of the machine would change what tests see."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(NO_FALLBACK))
        yield


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


@pytest.fixture(scope="session")
def word_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ooxml.Collector]:
    """Collects Word files, and fails the session for those that are not valid."""
    collector = ooxml.Collector(tmp_path_factory.mktemp("docx"))
    yield collector
    if findings := collector.findings():
        pytest.fail("\n\n".join(findings), pytrace=False)


@pytest.fixture
def save_docx(word_files: ooxml.Collector, request: pytest.FixtureRequest) -> Callable[..., Path]:
    """A function that saves a Word file to be validated at the end, and returns its path.

    The document that it was made from may follow, where it is a small one of many.
    """
    return lambda data, document=None: word_files.add(data, request.node.nodeid, document)
