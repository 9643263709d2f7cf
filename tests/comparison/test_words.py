"""Changes inside a text: marked as a person would, and exact."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gyomu_docs.comparison import Segment, word_changes

LETTERS = "市民の計画を推進する12,3.5%R元アイゥがか゚葛\U000e0100𠮷👨\u200d👩\n 　（）"


def marked(old: str, new: str) -> str:
    """The segments as text: `[-removed-]`, `{+added+}`."""
    marks = {"equal": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[kind].format(text) for kind, text in word_changes(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("同じ文", "同じ文", "同じ文"),
        ("", "新しい文", "{+新しい文+}"),
        ("古い文", "", "[-古い文-]"),
        # numbers are whole, with separators, decimals and signs
        ("15,888千円", "16,188千円", "[-15,888-]{+16,188+}千円"),
        ("達成率は53%だった", "達成率は53.5%だった", "達成率は[-53%-]{+53.5%+}だった"),
        ("△120", "△125", "[-△120-]{+△125+}"),
        ("第12回", "第１２回", "第[-12-]{+１２+}回"),
        ("R元年度の実績", "R2年度の実績", "[-R元-]{+R2+}年度の実績"),
        # Latin words are whole
        ("RPAの導入", "AIの導入", "[-RPA-]{+AI+}の導入"),
        # katakana words are whole
        ("システムを導入する", "システマを導入する", "[-システム-]{+システマ+}を導入する"),
        ("データベース", "データ", "[-データベース-]{+データ+}"),
        ("ｶﾒﾗ", "ｶﾒﾌ", "[-ｶﾒﾗ-]{+ｶﾒﾌ+}"),
        # of kanji only the words that differ, never one kanji of a word
        ("政策評価を行う", "施策評価を行う", "[-政策評価-]{+施策評価+}を行う"),
        ("記録媒体", "記憶媒体", "[-記録媒体-]{+記憶媒体+}"),
        ("外部記録媒体", "外部記憶媒体", "外部[-記録-]{+記憶+}媒体"),
        ("毎週月曜日に行う", "毎週金曜日に行う", "毎週[-月曜-]{+金曜+}日に行う"),
        ("都市計画課", "都市計画部", "都市[-計画課-]{+計画部+}"),
        ("第六次総合計画", "第五次総合計画", "[-第六-]{+第五+}次総合計画"),
        ("取組を進める", "取り組みを進める", "[-取組-]{+取り組み+}を進める"),
        ("取り組みを進める", "取組を進める", "[-取り組み-]{+取組+}を進める"),
        ("企画と財政", "企画課と財政", "[-企画-]{+企画課+}と財政"),
        ("総合計画の策定", "新総合計画の策定", "{+新+}総合計画の策定"),
        ("吉野家", "𠮷野家", "[-吉野家-]{+𠮷野家+}"),
        ("都市計画課", "都市整備計画課", "都市{+整備+}計画課"),
        ("市を守る", "町を守る", "[-市-]{+町+}を守る"),
        ("オンライン会議", "オンライン申請", "オンライン[-会議-]{+申請+}"),
        ("進捗を管理する", "進捗を確認し管理する", "進捗を{+確認し+}管理する"),
        # a single letter between two changes is part of them
        ("組織が進む", "職員が取り組む", "[-組織が進-]{+職員が取り組+}む"),
        # but a line end is not
        ("春\n夏", "秋\n冬", "[-春-]{+秋+}\n[-夏-]{+冬+}"),
        # a character and its variation selector are one, and so is the word
        ("葛\U000e0100城", "葛城", "[-葛\U000e0100城-]{+葛城+}"),
        ("がんばる", "か゚んばる", "[-が-]{+か゚+}んばる"),
    ],
)
def test_marks(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


texts = st.text(LETTERS, max_size=40)


@settings(deadline=None)
@given(texts, texts)
def test_segments_are_the_two_texts(old: str, new: str) -> None:
    segments = word_changes(old, new)

    assert "".join(text for kind, text in segments if kind != "added") == old
    assert "".join(text for kind, text in segments if kind != "removed") == new
    assert all(text for _, text in segments)


@settings(deadline=None)
@given(texts, texts)
def test_segments_are_as_long_as_they_can_be(old: str, new: str) -> None:
    kinds = [kind for kind, _ in word_changes(old, new)]

    assert ("removed", "removed") not in zip(kinds, kinds[1:], strict=False)
    assert ("equal", "equal") not in zip(kinds, kinds[1:], strict=False)
    assert ("added", "added") not in zip(kinds, kinds[1:], strict=False)
    assert ("added", "removed") not in zip(kinds, kinds[1:], strict=False)


@settings(deadline=None)
@given(texts, st.integers(0, 99999), texts)
def test_a_number_is_never_cut(before: str, number: int, after: str) -> None:
    # The letters have no digit beside the number, so it stands whole in one segment.
    before, after = before.strip("12,3.5%R元"), after.strip("12,3.5%R元")
    old, new = f"{before}計{number}件{after}", f"{before}計{number + 1}件{after}"

    segments = word_changes(old, new)

    assert any(kind == "removed" and str(number) in text for kind, text in segments)
    assert any(kind == "added" and str(number + 1) in text for kind, text in segments)


def test_a_segment_has_a_kind_and_a_text() -> None:
    assert word_changes("1件", "2件") == (
        Segment("removed", "1"),
        Segment("added", "2"),
        Segment("equal", "件"),
    )
