"""The benchmarks still run; their figures are printed, not asserted (`pytest -s -m benchmark`)."""

from __future__ import annotations

import pytest

from tests.benchmarks import booklet, compare, pdf, readback, word
from tests.benchmarks.corpus import PEERS


@pytest.mark.benchmark
@pytest.mark.skipif(not PEERS.is_dir(), reason="../shared/peers is not here")
def test_pdf_benchmark_prints_our_figures_beside_the_raw_floor(capsys: pytest.CaptureFixture[str]):
    pdf.report([4, 8], ["raw"])
    printed = capsys.readouterr().out
    for figure in (
        "4 sheets: ",
        "8 sheets: ",
        "typeset",
        "ours / raw",
        "at 8 sheets / at 4",
        "s CPU",
    ):
        assert figure in printed


@pytest.mark.benchmark
@pytest.mark.skipif(not PEERS.is_dir(), reason="../shared/peers is not here")
def test_booklet_benchmark_prints_time_memory_and_rebuild(capsys: pytest.CaptureFixture[str]):
    booklet.report([4, 8], [])
    printed = capsys.readouterr().out
    for figure in (
        "4 sheets: ",
        "8 sheets: ",
        "2 jobs: ",
        "after one changed sheet",
        "at 8 sheets / at 4",
        "peak ",
    ):
        assert figure in printed


@pytest.mark.benchmark
def test_word_benchmark_prints_our_figures_beside_zlib(capsys: pytest.CaptureFixture[str]):
    word.report(4, word.EXAMPLES)
    printed = capsys.readouterr().out
    assert "4 sheets in one file" in printed
    assert "draft / zlib" in printed
    assert "booklet in Word / as PDF" in printed


@pytest.mark.benchmark
@pytest.mark.skipif(not PEERS.is_dir(), reason="../shared/peers is not here")
def test_compare_benchmark_prints_our_time_beside_difflib(capsys: pytest.CaptureFixture[str]):
    compare.report(8, 3)
    printed = capsys.readouterr().out
    assert "7 sheets against 8" in printed
    assert "ours / difflib" in printed


@pytest.mark.benchmark
def test_readback_benchmark_prints_our_figure_beside_lxml(capsys: pytest.CaptureFixture[str]):
    readback.report(1)
    printed = capsys.readouterr().out
    assert "read-back" in printed
    assert "read-back / lxml" in printed
