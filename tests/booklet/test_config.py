"""booklet.yaml: wrong values are told with file, line and what may stand there."""

from __future__ import annotations

import pytest

from gyomu_docs.booklet.config import BookletConfig, load_config
from gyomu_docs.errors import FormError


def test_an_empty_file_is_all_defaults() -> None:
    assert load_config("", "booklet.yaml") == BookletConfig()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("構成: []", "構成: 1つ以上書いてください。"),
        ("構成: [本体, 本体]", "構成: 「本体」が2回あります。1回だけ書いてください。"),
        ("目次: [組織順, 組織順]", "目次: 「組織順」が2回あります。"),
        ("索引: [指標, 指標]", "索引: 「指標」が2回あります。"),
        ("とじしろ: 8", "とじしろ: "),
        ("とじしろ: ひろく", "とじしろ: 「ひろく」は長さではありません。"),
        ("とじしろ: 500mm", "とじしろ: とじしろは 0mm から 40mm までです。"),
        ("とじしろ: -8mm", "とじしろ: とじしろは 0mm から 40mm までです。"),
    ],
)
def test_what_cannot_be_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(FormError) as caught:
        load_config(f"市: 見本市\n{text}\n", "booklet.yaml")
    assert str(caught.value).startswith(f"booklet.yaml 2行目: {message}")


def test_all_wrong_values_are_told() -> None:
    with pytest.raises(FormError) as caught:
        load_config("とじしろ: 8\n増減の件数: 十\n並び: 逆\n", "booklet.yaml")
    told = [caught.value, *caught.value.others]
    named = {str(one).partition(": ")[2].partition(":")[0] for one in told}
    assert named == {"とじしろ", "増減の件数", "並び"}
