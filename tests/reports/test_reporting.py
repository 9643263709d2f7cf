"""Reports as files: the 外字 of the configuration are replaced in them, as on sheets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from gyomu_docs.reporting import render_redline, render_table
from gyomu_docs.resources import Resources
from gyomu_docs.settings import Settings
from tests.support.comparing import compare_sheets
from tests.support.ooxml import Docx, text_of
from tests.support.reports import RESOURCES, plain

COMPARISON = compare_sheets([plain("R2", notes=("\ue000野",))], [plain(notes=("\ue000野家",))])


def with_gaiji(folder: Path) -> Resources:
    file = folder / "外字.yaml"
    file.write_text("U+E000: 吉\n", "utf-8")
    return replace(RESOURCES, settings=Settings(gaiji=file))


def test_a_table_in_pdf_and_word(tmp_path: Path, save_pdf: Callable[[bytes], Path]) -> None:
    resources = with_gaiji(tmp_path)

    data, found = render_table(COMPARISON, "pdf", resources)
    save_pdf(data)
    assert [one.kind for one in found if one.kind == "gaiji"] == ["gaiji"]
    data, found = render_table(COMPARISON, "docx", resources)
    assert "吉野家" in text_of(Docx(data).body)
    assert [one.kind for one in found] == ["gaiji"]


def test_a_redline(tmp_path: Path) -> None:
    data, found = render_redline(COMPARISON, with_gaiji(tmp_path))

    text = text_of(Docx(data).body)
    assert "吉" in text
    assert "\ue000" not in text
    assert "gaiji" in {one.kind for one in found}
