"""The validators see what they are to see: files spoilt on purpose fail by named rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from gyomu_docs.layout.tree import Document
from tests.support.documents import cell, grid, row
from tests.support.ooxml import audit, check_with_sdk, lint, spoilt, unavailable
from tests.writers.docx.test_document import draft, written


@pytest.fixture
def made() -> Document:
    return draft(
        grid(
            row(cell("縦", rows=2), cell("一", column=1), cell("二", column=2), record="予算[1]"),
            row(cell("広い", column=1, cols=2), record="予算[2]"),
        )
    )


def replaced(pattern: str, by: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, by, text, count=1)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("columns", replaced('<w:gridSpan w:val="2"/>', "")),
        ("width", replaced('<w:gridCol w:w="1000"/>', '<w:gridCol w:w="1001"/>')),
        ("merge", replaced('<w:vMerge w:val="restart"/>', "")),
        ("bookmark-twice", replaced('w:name="_gd_bud2"', 'w:name="_gd_BUD1"')),
        ("bookmark-id-twice", replaced('w:id="2" w:name', 'w:id="1" w:name')),
        ("bookmark-open", replaced('<w:bookmarkEnd w:id="2"/>', "")),
        ("bookmark-too-long", replaced("_gd_bud1", "_gd_" + "a" * 40)),
        ("cell-without-paragraph", replaced(r"<w:p>(?:(?!</w:p>).)*二</w:t></w:r></w:p>", "")),
    ],
)
def test_lint(made: Document, rule: str, change: Callable[[str], str]) -> None:
    data = written(made)
    assert lint(data) == []
    assert rule in {fault.partition(":")[0] for fault in lint(spoilt(data, change))}


def test_the_port_of_the_sdk(made: Document, tmp_path: Path) -> None:
    path = tmp_path / "1.docx"
    wrong = replaced("<w:cantSplit/></w:trPr>", "<w:cantSplit/><w:vAlign/></w:trPr>")
    path.write_bytes(spoilt(written(made), wrong))
    assert any("vAlign" in fault for fault in audit(path))


@pytest.mark.skipif(bool(unavailable()), reason=unavailable())
@pytest.mark.parametrize(
    ("rule", "change"),
    [
        (
            "Sch_UnexpectedElementContentExpectingComplex",
            replaced(r"(<w:pStyle [^>]*/>)(.*?)</w:pPr>", r"\2<w:keepNext/>\1</w:pPr>"),
        ),
        ("Sch_AttributeValueDataTypeDetailed", replaced('w:val="restart"', 'w:val="begin"')),
        ("Sem_UniqueAttributeValue", replaced('w:id="2" w:name', 'w:id="1" w:name')),
    ],
)
def test_the_sdk(made: Document, rule: str, change: Callable[[str], str], tmp_path: Path) -> None:
    path = tmp_path / "1.docx"
    path.write_bytes(spoilt(written(made), change))
    assert rule in {fault.partition(":")[0] for fault in check_with_sdk(path)}
