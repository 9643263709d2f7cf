"""Fixtures for all tests: PDFs go through `save_pdf`, so that veraPDF sees each one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gyomu_docs.settings import VARIABLE
from tests.support import verapdf as support

NO_FALLBACK = Path(__file__).parent / "support" / "no-fallback.yaml"


@pytest.fixture(autouse=True, scope="session")
def settings_of_tests() -> Iterator[None]:
    """A configuration without fallback fonts: fonts of the machine would change what tests see."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(NO_FALLBACK))
        yield


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
