"""The benchmarks still run; their figures are printed, not asserted (`pytest -s -m benchmark`)."""

from __future__ import annotations

import pytest

from tests.benchmarks import pdf, readback, word
from tests.benchmarks.corpus import PEERS


@pytest.mark.benchmark
@pytest.mark.skipif(not PEERS.is_dir(), reason="../shared/peers is not here")
def test_pdf_benchmark_prints_our_figure_beside_the_raw_floor(capsys: pytest.CaptureFixture[str]):
    pdf.report(8, ["raw"])
    printed = capsys.readouterr().out
    assert "ours, tagged" in printed
    assert "ours / raw" in printed


@pytest.mark.benchmark
def test_word_benchmark_prints_our_figures_beside_zlib(capsys: pytest.CaptureFixture[str]):
    word.report(4, word.EXAMPLES)
    printed = capsys.readouterr().out
    assert "4 sheets in one file" in printed
    assert "draft / zlib" in printed


@pytest.mark.benchmark
def test_readback_benchmark_prints_our_figure_beside_lxml(capsys: pytest.CaptureFixture[str]):
    readback.report(1)
    printed = capsys.readouterr().out
    assert "read-back" in printed
    assert "read-back / lxml" in printed
