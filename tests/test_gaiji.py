"""外字 of a document replaced by the mapping of the configuration."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from gyomu_docs.errors import SettingsError
from gyomu_docs.gaiji import Gaiji, read_gaiji
from gyomu_docs.layout.tree import Grid
from tests.support.documents import cell, document, grid, heading, paragraph, row

MAPPING = "U+E000: 𠮷\n'\ue001': 葛\U000e0100\nu+F0000: 髙\n"


@pytest.fixture
def gaiji(tmp_path: Path) -> Gaiji:
    path = tmp_path / "外字.yaml"
    path.write_text(MAPPING, "utf-8")
    return Gaiji(path)


def test_keys_are_codes_or_the_characters_themselves(gaiji: Gaiji) -> None:
    assert gaiji.mapping == {"\ue000": "𠮷", "\ue001": "葛\U000e0100", "\U000f0000": "髙"}


def test_every_text_is_replaced_and_told_once_a_character(gaiji: Gaiji) -> None:
    made = document(
        heading("\ue000野", bookmark="\ue000野"),
        grid(row("\ue000と\ue001", "\U000f0000", label="0101"), name="行政活動"),
        paragraph("市"),
        left="\ue001",
    )
    replaced, found = gaiji.replace(made)
    (section,) = replaced.sections
    top, table, plain = section.blocks
    assert (top.text, top.bookmark) == ("𠮷野", "𠮷野")  # type: ignore[union-attr]
    assert isinstance(table, Grid)
    assert [one.texts for one in table.rows[0].cells] == [("𠮷と葛\U000e0100",), ("髙",)]
    assert section.page.header.left == ("葛\U000e0100",)
    assert plain is made.sections[0].blocks[2]
    assert [(one.level, one.message) for one in found] == [
        ("I", "外字 U+E001 を「葛\U000e0100」で印刷します（2字）。"),
        ("I", "外字 U+E000 を「𠮷」で印刷します（2字）。"),
        ("I", "外字 U+F0000 を「髙」で印刷します（1字）。"),
    ]
    assert str(found[2].place).endswith("表「行政活動」 行「0101」 列「列2」")


def test_styles_and_names_of_the_data_stay_as_they_are(gaiji: Gaiji) -> None:
    one = cell("\ue000", field="追加項目.\ue000")
    replaced, _ = gaiji.replace(document(grid(row(one, record="行政活動[\ue000]"))))
    (table,) = replaced.sections[0].blocks
    assert isinstance(table, Grid)
    (made,) = table.rows[0].cells
    assert (made.texts, made.field) == (("𠮷",), "追加項目.\ue000")
    assert made.style is one.style
    assert table.rows[0].record == "行政活動[\ue000]"


def test_characters_that_the_mapping_lacks_stay(gaiji: Gaiji) -> None:
    replaced, found = gaiji.replace(document(paragraph("\ue00f")))
    assert (replaced.sections[0].blocks[0].text, found) == ("\ue00f", [])  # type: ignore[union-attr]


def test_a_document_without_them_does_not_ask_for_the_file(tmp_path: Path) -> None:
    made = document(paragraph("市"))
    replaced, found = Gaiji(tmp_path / "ない.yaml").replace(made)
    assert (replaced, found) == (made, [])
    assert dataclasses.is_dataclass(replaced)
    assert replaced is made


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("U+E000: 𠮷\n𠮷: 吉\n", 2, "「𠮷」は外字（私用領域の文字）ではありません"),
        ("U+4E00: 一\n", 1, "「U+4E00」は外字"),
        ("U+110000: 一\n", 1, "「U+110000」は外字"),
        ("E000: 一\n", 1, "「E000」は外字"),
        ("U+E000: 𠮷\n\nu+e000: 吉\n", 3, "外字 U+E000 が2度あります"),
        ("U+E000: 吉野\n", 1, "外字の代わりには、1字か"),
        ("U+E000:\n", 1, "外字の代わりには、1字か"),
        ("U+E000: \ue001\n", 1, "外字の代わりには、1字か"),
        ("U+E000: 葛\U000e0100\U000e0101\n", 1, "外字の代わりには、1字か"),
        ("U+E000: [一]\n", 1, "外字の代わりには、1字か"),
        ("- U+E000\n", 1, "「項目: 値」の並び"),
    ],
)
def test_faults_are_named_with_their_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    path = tmp_path / "外字.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        read_gaiji(path)
    assert (caught.value.place.file, caught.value.place.line) == (str(path), line)
    assert message in caught.value.message
