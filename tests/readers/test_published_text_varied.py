"""Other years, names, codes and titles, and every kind of slip in other places, read just as well.

Sheets are made up, printed by `tests.support.published` with slips, and read back.
"""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gyomu_docs.errors import Diagnostic, GyomuError
from gyomu_docs.model import (
    Activity,
    BudgetLine,
    CostRow,
    MissionPurpose,
    PlanPosition,
    Sheet,
    StaffCount,
    Staffing,
    TextBox,
    ValueKind,
    parse_value,
)
from gyomu_docs.model.sheet_file import dump_yaml, to_plain
from gyomu_docs.readers.published_text import read_published_text
from tests.support.published import (
    DROPPED,
    KINDS,
    REPAIRED,
    Published,
    is_label,
    write_published,
)
from tests.support.shared import SEED, needs_seed
from tests.support.sheets import sheet

# No characters that form the labels of the form: a made-up text must not happen to be one.
_LETTERS = "市民公園道路橋水森駅校協働防災福祉あいうえおかきくけこをアイウABxy、・（）～"
_INSIDE = st.text(st.sampled_from(_LETTERS + "0129%.- "), max_size=10)


def _is_words(text: str) -> bool:
    return parse_value(text).kind is ValueKind.WORDS


texts = st.builds(
    lambda first, inside, last: first + inside + last,
    st.sampled_from(_LETTERS[:-4]),
    _INSIDE,
    st.sampled_from(_LETTERS[:-4]),
).filter(_is_words)
sentences = texts.map(lambda text: f"{text}。")
numbers = st.integers(0, 99999)
amounts = st.one_of(numbers.map(str), st.just("-"))
results = st.one_of(
    numbers.map(str),
    numbers.map(lambda number: f"{number:,}"),
    st.sampled_from(["-", "", "0", "随時", "実施", "53%", "４６．８％", "12件", "△3"]),
)
anchors = st.tuples(st.sampled_from("→↑↓-"), st.sampled_from("○×△-"))
HEADINGS = (
    (
        "第五次総合計画 後期基本計画【H28年度～R2年度】期間におけるシートの総括",
        "総括を踏まえた、次の計画につながる今後の考えや方針等",
    ),
    ("令和4年度の総括", "次年度の方針"),
    ("計画期間の振り返り", "今後の取組"),
    ("この期間にあったこと", "来たる期間へ"),
)
EDITIONS = (
    ("R3", ("H28", "H29", "H30", "R元", "R2")),
    ("R5", ("H30", "R元", "R2", "R3", "R4")),
    ("令和4年度", ("平成30年度", "令和元年度", "令和2年度", "令和3年度")),
    ("H31", ("H28", "H29", "H30")),
    ("R6", ("R5", "R4", "R3", "R2", "R元")),
    ("2022年度", ("2017年度", "2018年度", "2019年度", "2020年度", "2021年度")),
)


@st.composite
def _measured(draw: st.DrawFn, years: tuple[str, ...], filled: bool = False) -> dict[str, object]:
    shown = draw(st.lists(results, min_size=len(years), max_size=len(years)))
    anchored = filled or any(shown) or draw(st.booleans())
    indicator = draw(st.one_of(texts, st.sampled_from(["", "-"]))) if anchored else ""
    # Words in the first result and no indicator would look like an indicator one cell too far.
    if filled or (not indicator and shown[0]):
        shown[0] = "-"
    target, mark = draw(anchors) if anchored else ("", "")
    return {
        "indicator": indicator,
        "results": dict(zip(years, shown, strict=True)) if any(shown) else {},
        "target": target,
        "mark": mark,
        "remarks": draw(st.one_of(st.just(""), texts)) if anchored else "",
    }


@st.composite
def _costs(draw: st.DrawFn, edition: tuple[str, tuple[str, ...]]) -> CostRow:
    year, years = edition
    settled = draw(st.lists(st.one_of(amounts, st.just("")), min_size=5, max_size=5))
    shown = dict(zip(years, settled, strict=False))
    budget = draw(amounts)
    return CostRow(
        name=draw(texts),
        settled=shown if any(shown.values()) else {},
        budget={year: budget},
    )


@st.composite
def _activities(draw: st.DrawFn, edition: tuple[str, tuple[str, ...]]) -> list[Activity]:
    found = []
    for group in range(1, draw(st.integers(2, 4))):
        codes = [f"{group:02d}"]
        for child in range(1, draw(st.integers(1, 3))):
            codes += [f"{group:02d}{child:02d}"]
            codes += [f"{codes[-1][:4]}{n:02d}" for n in range(1, draw(st.integers(1, 3)))]
        costs = draw(st.lists(_costs(edition), max_size=2))
        found += [
            Activity(
                code=code,
                means=draw(texts),
                costs=costs if len(code) == 2 else (),
                # Results somewhere, since the writer takes the years of its headers from them.
                **draw(_measured(edition[1], filled=code == "01")),
            )
            for code in codes
        ]
    return found


@st.composite
def _boxes(draw: st.DrawFn) -> dict[str, TextBox]:
    headings = draw(st.sampled_from(HEADINGS))
    bodies = [draw(st.lists(sentences, min_size=1, max_size=3)) for _ in headings]
    names = ("summary", "outlook")
    return {
        name: TextBox(heading=heading, paragraphs=body)
        for name, heading, body in zip(names, headings, bodies, strict=True)
    }


counts = st.builds(
    lambda values: StaffCount(regular=values[0], fixed_term=values[1], reappointed=values[2]),
    st.lists(st.sampled_from(["0.0", "1.0", "2.5", "11.0", "-"]), min_size=3, max_size=3),
)
budget_lines = st.one_of(
    st.builds(BudgetLine, name=texts, amount=amounts),
    st.builds(
        BudgetLine,
        kan=st.sampled_from(["2", "8", "10"]),
        ko=st.sampled_from(["1", "6"]),
        moku=st.sampled_from(["1", "12"]),
        name=st.one_of(texts, st.just("事業")),
        amount=numbers.map(str),
    ),
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    edition = draw(st.sampled_from(EDITIONS))
    year, years = edition
    return Sheet(
        fiscal_year=year,
        number=str(draw(st.integers(1, 300))),
        title=draw(texts),
        department=draw(st.one_of(st.just(""), texts)),
        plan=PlanPosition(
            name=draw(st.sampled_from(["第五次総合計画", "第3次まちづくり計画", "新総合計画"])),
            basic_goal=f"VIII {draw(texts)}",
            policy_goal=f"27 {draw(texts)}",
            directions=draw(st.lists(texts, min_size=1, max_size=3)),
        ),
        staffing=Staffing(
            this_sheet=draw(counts), all_sheets=draw(st.one_of(st.just(StaffCount()), counts))
        ),
        budget=draw(st.lists(budget_lines, max_size=4)),
        purposes=[
            MissionPurpose(purpose=draw(texts), **draw(_measured(years)))
            for _ in range(draw(st.integers(1, 3)))
        ],
        activities=draw(_activities(edition)),
        notes=draw(st.lists(texts.map(lambda text: f"※{text}"), max_size=2)),
        **draw(_boxes()),
    )


editions = st.lists(sheets(), min_size=1, max_size=2)
slips = st.sets(st.sampled_from(KINDS))
seeds = st.integers(0, 2**32).map(random.Random)
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def repairs(found: list[Diagnostic]) -> Counter[tuple[int | None, ...]]:
    """Line and word of each repair; a message without such a word shows as its line alone."""
    words = set(REPAIRED.values())
    return Counter(
        (item.place.line, *(word for word in words if word in item.message))
        for item in found
        if item.kind == "repair"
    )


def check_reading(wanted: list[Sheet], printed: Published) -> None:
    """The text reads as these sheets, and the diagnostics are just the slips that were made.

    Nothing is doubtful, but where the writer says that it may be.
    """
    read, found = read_published_text(printed.data, "公表.txt")
    assert [dump_yaml(item) for item in read] == [dump_yaml(item) for item in wanted]
    assert repairs(found) == Counter(printed.repaired)
    assert [item.place.line for item in found if item.kind == "dropped"] == [*printed.dropped]
    doubts = [item for item in found if item.level != "I"]
    assert not [str(item) for item in doubts if item.kind != "repair" or item.level != "W"]
    assert {item.place.line for item in doubts} <= set(printed.doubtful)


@unhurried
@given(editions, slips, seeds)
def test_what_was_printed_with_slips_reads_as_the_sheets(
    wanted: list[Sheet], kinds: set[str], rng: random.Random
):
    check_reading(wanted, write_published(wanted, kinds, rng))


@settings(unhurried, max_examples=30)
@given(editions, seeds)
def test_all_slips_at_once(wanted: list[Sheet], rng: random.Random):
    check_reading(wanted, write_published(wanted, KINDS, rng))


def test_an_indicator_that_may_hold_a_result_is_read_right_and_doubtful():
    results = {"H28": "1", "H29": "", "H30": "3", "R元": "4", "R2": "5"}
    row = {"indicator": "駅 2人", "results": results, "target": "→", "mark": "○"}
    codes = ("01", "0101", "0102", "0103", "0104")
    wanted = sheet(
        plan=PlanPosition(name="新総合計画", basic_goal="市", policy_goal="市", directions=("市",)),
        budget=[BudgetLine(name="市", amount="1")] * 3,
        purposes=[MissionPurpose(purpose="市", **row)],
        activities=[Activity(code=code, means="市", **row) for code in codes],
        summary=TextBox(heading="総括", paragraphs=("市。",)),
        outlook=TextBox(heading="今後の方針", paragraphs=("市。",)),
    )
    # With this seed a row gets a surplus cell and loses its last one.
    printed = write_published([wanted], KINDS, random.Random(95441))
    check_reading([wanted], printed)
    _, found = read_published_text(printed.data, "公表.txt")
    assert printed.doubtful
    assert [item.place.line for item in found if item.level == "W"] == [*printed.doubtful]


@settings(unhurried, max_examples=30)
@given(editions)
def test_a_straight_text_reads_without_a_word(wanted: list[Sheet]):
    _, found = read_published_text(write_published(wanted).data, "公表.txt")
    assert found == []


@pytest.mark.parametrize("kind", [*REPAIRED, *DROPPED])
def test_the_writer_makes_every_kind_of_slip(kind: str):
    """Else the properties above would show nothing about it."""
    made = [write_published([sheet()], [kind], random.Random(seed)) for seed in range(9)]
    assert any(text.repaired if kind in REPAIRED else text.dropped for text in made)
    assert {word for text in made for _, word in text.repaired} <= {REPAIRED.get(kind)}


# Damaged texts

GARBAGE = (
    "断片",
    "- 3 -",
    "foo\tbar",
    "あ\tい\tう",
    "\f",
    "業務棚卸表",
    "総括",
    "事業名",
    "年度",
    "10",
)
CELLS = ("", "-", "→", "○", "x", "事業名", "R3", "合計", "01", "0101", "千円", "H28", "今後の方針")


def damaged(text: str, rng: random.Random) -> str:
    """The text with some of its lines and cells lost, doubled, moved, or replaced."""
    lines = text.split("\n")
    for _ in range(rng.randrange(1, 25)):
        if rng.random() < 0.5:
            damage(lines, GARBAGE, rng)
        else:
            index = rng.randrange(len(lines))
            cells = lines[index].split("\t")
            damage(cells, CELLS, rng)
            lines[index] = "\t".join(cells)
    return "\n".join(lines)


def damage(items: list[str], others: Sequence[str], rng: random.Random) -> None:
    """Do one thing to a list of lines or cells; one item is always left."""
    place, other = rng.randrange(len(items)), rng.randrange(len(items))
    match rng.randrange(5):
        case 0 if len(items) > 1:
            del items[place]
        case 1:
            items.insert(other, items[place])
        case 2:
            items[place], items[other] = items[other], items[place]
        case 3:
            items[place] = rng.choice(others)
        case _:
            items.insert(place, rng.choice(others))


def leaves(value: Any) -> Iterator[str]:
    """All keys and texts of a tree."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def bare(text: str) -> str:
    """A text without what reading may change: width, spaces, commas, 千円."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return plain.replace(",", "").removesuffix("千円")


def lost(text: str) -> Counter[str]:
    """The cells of lines without a diagnostic that are in no sheet; refused texts lose nothing."""
    try:
        read, found = read_published_text(text.encode(), "公表.txt")
    except GyomuError:
        return Counter()
    told = {item.place.line for item in found}
    cells = Counter(
        bare(cell)
        for number, line in enumerate(text.split("\n"), start=1)
        if number not in told and "合計" not in line
        for cell in line.replace("\f", "\t").split("\t")
        if cell.strip() and not is_label(cell)
    )
    return cells - Counter(bare(leaf) for item in read for leaf in leaves(to_plain(item)))


@unhurried
@given(editions, slips, seeds)
def test_a_damaged_text_loses_nothing_in_silence(
    wanted: list[Sheet], kinds: set[str], rng: random.Random
):
    printed = write_published(wanted, kinds - {"shift_jis", "crlf"}, rng)
    assert lost(damaged(printed.data.decode(), rng)) == Counter()


@needs_seed
@settings(unhurried, max_examples=60)
@given(seeds)
def test_the_damaged_seed_loses_nothing_in_silence(rng: random.Random):
    assert lost(damaged(SEED.read_text("utf-8"), rng)) == Counter()
