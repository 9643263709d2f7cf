"""Sheets that are renumbered, renamed, split, merged, added and dropped keep or lose identity."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gyomu_docs.comparison import compare_editions
from gyomu_docs.model import Activity, Edition, FiscalYear, Sheet, SourcedSheet
from tests.support.comparing import compare_sheets, plain_sheets
from tests.support.sheets import sheet

TOPICS = ("公園", "道路", "市税", "図書館", "小学校", "防災", "水道", "観光", "農地", "子育て")
TOPICS += ("介護", "統計", "選挙", "広報", "文化財", "ごみ")
THINGS = ("台帳", "計画", "点検", "相談", "補助金", "調査", "研修", "契約", "窓口", "施設")
THINGS += ("会議", "条例", "記録", "予算", "広場", "名簿")
DEEDS = ("整える", "進める", "見直す", "公表する", "委託する", "支える", "集める", "広げる")

Group = list[Activity]


def group_about(topic: str, random: Random) -> Group:
    """A group of activities, most of them about one topic; codes come later."""
    rows = []
    for code in ("01", "0101", "0102", "010201", "0103")[: random.randint(3, 5)]:
        about = topic if random.random() < 0.7 else random.choice(TOPICS)
        things = "と".join(random.sample(THINGS, 2))
        rows.append(Activity(code=code, means=f"{about}の{things}を{random.choice(DEEDS)}"))
    return rows


def sheet_of(number: int, title: str, groups: Sequence[Group]) -> Sheet:
    activities = [
        row.model_copy(update={"code": type(row.code)(f"{at:02d}{row.code[2:]}")})
        for at, group in enumerate(groups, 1)
        for row in group
    ]
    year = FiscalYear.parse("R3")
    return Sheet(fiscal_year=year, number=str(number), title=title, activities=activities)


class Reorganization:
    """An edition and the one after it, and what became of each sheet."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.titles = list(TOPICS)
        random.shuffle(self.titles)
        self.olds = [
            (f"{topic}の管理", [group_about(topic, random) for _ in range(random.randint(2, 5))])
            for topic in self.titles[:10]
        ]
        self.news: list[tuple[str, list[Group]]] = []
        self.fates: list[tuple[str, int | None, int | None]] = []
        self._reorganize()

    def _reorganize(self) -> None:
        left = list(range(len(self.olds)))
        self.random.shuffle(left)
        while left:
            old = left.pop()
            title, groups = self.olds[old]
            fate = self.random.choice(("same", "same", "renamed", "dropped", "split", "merged"))
            if fate == "split" and len(groups) >= 4:
                self._add("split", [old], title, groups[:2])
                self._add("split", [old], f"{self.titles[-1]}と{title[:1]}", groups[2:])
            elif fate == "merged" and left:
                other = left.pop()
                self._add("merged", [old, other], title, groups + self.olds[other][1])
            elif fate == "dropped":
                self.fates.append(("removed", old, None))
            else:
                name = f"{self.random.choice(THINGS)}の推進" if fate == "renamed" else title
                self._add("kept", [old], name, groups)
        topic = self.titles[-2]
        self._add("added", [None], f"{topic}の新設", [group_about(topic, self.random)])

    def _add(self, fate: str, olds: list[Any], title: str, groups: list[Group]) -> None:
        self.fates += [(fate, old, len(self.news)) for old in olds]
        self.news.append((title, groups))

    def sheets(self) -> tuple[list[Sheet], list[Sheet]]:
        """Both editions; the sheets of the new one have new numbers."""
        old = [sheet_of(at, *one) for at, one in enumerate(self.olds)]
        return old, [sheet_of(at, *one) for at, one in enumerate(self.news)]


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32))
def test_every_sheet_meets_its_fate(seed: int) -> None:
    reorganization = Reorganization(Random(seed))

    found = plain_sheets(*reorganization.sheets())

    fates = {
        ("kept" if one["status"] in ("changed", "unchanged") else one["status"],)
        + tuple(side and int(side["シートNo"]) for side in (one["old"], one["new"]))
        for one in found
    }
    assert fates == set(reorganization.fates)
    rows = [change for one in found for change in one["changes"] if change["kind"] != "moved"]
    assert {change["section"] for change in rows} <= {"見出し"}


def test_sheets_come_in_the_order_of_the_new_edition_then_the_removed_ones() -> None:
    old = [sheet(number="1", title="公園"), sheet(number="9", title="廃止", activities=())]
    new = [sheet(number="5", title="新規", activities=(), purposes=()), old[0]]

    compared = compare_sheets(old, new).sheets

    assert [(one.status, one.label) for one in compared] == [
        ("added", "No.5 新規"),
        ("unchanged", "No.1 公園"),
        ("removed", "No.9 廃止"),
    ]


def test_doubts_name_the_sheet_and_its_rival() -> None:
    same = [sheet(number=number, title=title) for number, title in (("1", "東"), ("2", "西"))]

    [first, _] = compare_sheets(same, [sheet(number="3", title="公園")]).sheets

    assert [str(doubt) for doubt in first.doubts] == [
        "シート「No.3 公園」: 旧年度の「No.1 東」と「No.2 西」のどちらか決めきれません。"
    ]


def test_a_folder_stands_for_a_department() -> None:
    def entry(folder: str, mark: str) -> SourcedSheet:
        row = Activity(code="01", means="文書を整理する", mark=mark)
        return SourcedSheet(sheet(department="", activities=[row]), folder=folder)

    old = Edition((entry("税務課", "○"), entry("商工課", "×")))
    new = Edition((entry("商工課", "×"), entry("税務課", "○")))

    assert [one.status for one in compare_editions(old, new).sheets] == ["unchanged"] * 2


def test_a_comparison_of_nothing() -> None:
    compared = compare_sheets([], [])

    assert (compared.old, compared.new, compared.sheets) == ("", "", ())
