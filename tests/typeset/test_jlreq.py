"""Where a line may end, what may be reduced and what stretched, by section of JLREQ."""

import pytest

from gyomu_docs.typeset import jlreq
from gyomu_docs.typeset.jlreq import break_costs, stretch_places

ALL_LEVELS = ("strict", "normal", "loose")


def parts(text, level="strict"):
    """`text` with a bar wherever a line may end."""
    costs = break_costs(text, level)
    bars = (("|" if i and costs[i] == jlreq.LEGAL else "") + c for i, c in enumerate(text))
    return "".join(bars)


def costs_of(text):
    return "".join(str(cost) for cost in break_costs(text)[1:-1])


@pytest.mark.parametrize(
    "char", "’”）〕］｝〉》」』】｠〙〗»〟)]}｣。．.｡、，,､：；！？‼⁉!?ゝゞヽヾ〻ﾞﾟ"
)
@pytest.mark.parametrize("level", ALL_LEVELS)
def test_3_1_7_never_starts_a_line(char, level):
    assert parts(f"市{char}民", level).startswith(f"市{char}")


@pytest.mark.parametrize("char", "ー々ぁっょゎァッョヶㇰｧｯｰ・･‐–〜～゠-")
def test_3_1_7_starts_no_line_when_strict(char):
    assert parts(f"市{char}民") == f"市{char}|民"


@pytest.mark.parametrize("char", "々ーｰぁっょゎァッョヶㇰｧｯ")
def test_appendix_c_books_and_magazines_let_it_start_a_line(char):
    assert parts(f"市{char}民", "normal") == f"市|{char}|民"
    assert parts(f"市{char}民", "loose") == f"市|{char}|民"


@pytest.mark.parametrize("char", "・･‐–〜～゠-")
def test_appendix_c_magazines_alone_let_it_start_a_line(char):
    assert parts(f"市{char}民", "normal") == f"市{char}|民"
    assert parts(f"市{char}民", "loose") == f"市|{char}|民"


@pytest.mark.parametrize(
    ("unit", "loose"), [("……", "…|…"), ("‥‥", "‥|‥"), ("——", "——"), ("―――", "―――")]
)
def test_appendix_c_magazines_part_leaders_but_no_dashes(unit, loose):
    assert parts(unit, "normal") == unit
    assert parts(unit, "loose") == loose


@pytest.mark.parametrize("unit", ["1,027", "50%", "￥100", "1,027 千円", "H28-R2", "LGWAN"])
@pytest.mark.parametrize("level", ALL_LEVELS)
def test_numbers_and_words_hold_together_at_every_level(unit, level):
    assert parts(f"市{unit}民", level) == f"市|{unit}|民"


@pytest.mark.parametrize("char", "‘“（〔［｛〈《「『【｟〘〖«〝([{｢")
@pytest.mark.parametrize("level", ALL_LEVELS)
def test_3_1_8_never_ends_a_line(char, level):
    assert parts(f"市{char}民", level) == f"市|{char}民"


def test_3_1_8_holds_past_the_spaces_that_hang():
    assert parts("市（ 民 ）間") == "市|（ 民 ）|間"


def test_line_end_comes_after_all_spaces():
    assert parts("市 民\u3000 間") == "市 |民\u3000 |間"


@pytest.mark.parametrize(
    "unit",
    [
        "——",
        "……",
        "‥‥",
        "〳〵",
        "〴〵",
        "1,027",
        "55.0",
        "10:30",
        "2021/04/01",
        "１，０２７",
        "0101",
    ],
)
def test_3_1_10_marks_and_numbers_hold_together(unit):
    assert parts(f"市{unit}民") == f"市|{unit}|民"


@pytest.mark.parametrize("unit", ["¥100", "￥1,000", "№3", "＃5", "▲12", "−3", "$5", "￥-5"])
def test_3_1_10_prefix_stays_before_its_number(unit):
    assert parts(f"市{unit}民") == f"市|{unit}|民"


@pytest.mark.parametrize("unit", ["50%", "53％", "20℃", "3㎡", "5㎞", "5‰", "50 ％"])
def test_3_1_10_postfix_stays_behind_its_number(unit):
    assert parts(f"市{unit}民") == f"市|{unit}|民"


@pytest.mark.parametrize("unit", ["30円", "1,027 千円", "15百万円", "5億円", "274　千円", "３千円"])
def test_an_amount_keeps_its_unit(unit):
    assert parts(f"市{unit}民") == f"市|{unit}|民"


@pytest.mark.parametrize("unit", ["￥五", "五％", "三℃"])
def test_3_1_10_signs_hold_to_kanji_numbers_too(unit):
    assert parts(f"市{unit}民") == f"市|{unit}|民"


def test_3_1_10_kanji_numbers_may_be_divided():
    assert parts("二百五十人") == "二|百|五|十|人"


def test_3_1_10_other_counters_may_leave_their_number():
    assert parts("5人と3件") == "5|人|と|3|件"


def test_prefix_without_a_number_is_an_ordinary_character():
    assert parts("△△市") == "△|△|市"


@pytest.mark.parametrize(
    "word",
    ["LGWAN", "ICT-BCP", "AI-OCR", "PPP/PFI", "R3", "H28", "R元", "No.3", "R&D", "Café", "１Ａ",
     "Cafe\u0301", "Children’s", "user@city.lg.jp", "https://example.jp/a_b", "ＩＣＴ"],
)  # fmt: skip
def test_3_1_10_latin_words_hold_together(word):
    assert parts(f"市{word}民") == f"市|{word}|民"


def test_latin_words_part_at_spaces_and_commas():
    assert parts("PDCA cycle,KPI") == "PDCA |cycle,|KPI"


def test_different_inseparable_characters_part():
    assert parts("—…") == "—|…"


def test_no_break_space_holds_both_neighbours():
    assert parts("市\u00a0民") == "市\u00a0民"


@pytest.mark.parametrize(
    "cluster", ["葛\U000e0100", "か\u3099", "、\ufe00", "a\u0302", "👩\u200d👧", "0\ufe00"]
)
def test_what_is_attached_stays(cluster):
    assert set(costs_of(cluster)) == {str(jlreq.CLUSTER)}
    assert parts(f"市{cluster}").count("|") <= 1


def test_costs_rank_the_places_of_a_unit_that_has_to_be_divided():
    assert costs_of("https://a-b") == "2222322131"
    assert costs_of("1,027 千円") == "3222312"
    assert costs_of("AB-12,345.6千円") == "231232223222"
    assert costs_of("（葛\U000e0100）") == "343"


def test_text_end_is_legal_after_an_opening_bracket():
    assert break_costs("市（")[2] == jlreq.LEGAL


def test_clusters_count_base_characters():
    assert jlreq.clusters("葛\U000e0100飾か\u3099") == 3
    assert jlreq.clusters("👩\u200d👧\ufe0f市") == 2


def full_width(before, after):
    right, left = jlreq.BLANK_AFTER.get(before, 0), jlreq.BLANK_BEFORE.get(after, 0)
    return jlreq.blanks(before, right, after, left)


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        ("）。", (500, 0, 0)), ("。」", (500, 0, 0)), ("）」", (500, 0, 0)),  # 3.1.4 ①②⑥
        ("、「", (500, 0, 500)), ("）「", (500, 0, 500)), ("「（", (500, 0, 0)),  # ③④⑤
        ("）・", (500, 250, 0)), ("・（", (500, 250, 0)),  # ⑦
        ("　（", (500, 0, 0)), ("）　", (500, 0, 0)), ("、　", (0, 0, 500)),  # table 1
        ("。「", (500, 0, 0)), ("。市", (0, 0, 0)),  # the full stop's own blank stays (3.8.3)
        ("・・", (0, 500, 0)), ("市・", (0, 250, 0)), ("、・", (0, 250, 500)),
        ("市「", (0, 0, 500)), ("」市", (0, 0, 500)), ("市民", (0, 0, 0)),
    ],
)  # fmt: skip
def test_3_1_4_blank_between_two_marks(pair, expected):
    assert full_width(*pair) == expected


def test_half_width_marks_hold_no_blank():
    assert not {*"()[]{}｢｣.,:;｡､･"} & {*jlreq.BLANK_AFTER, *jlreq.BLANK_BEFORE}
    assert jlreq.blanks(")", 0, "(", 0) == (0, 0, 0)
    assert jlreq.blanks("）", 500, ":", 0) == (0, 0, 500)


def shown(text):
    """`text` with `_`, `:` and `|` where spaces, borders and other gaps may be stretched."""
    places = stretch_places(text)
    signs = {"_": places.spaces, ":": places.borders, "|": places.others}
    return "".join(c + "".join(s for s, at in signs.items() if i in at) for i, c in enumerate(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市民の声", "市|民|の|声"),
        ("サービス", "サ|ー|ビ|ス"),
        ("市LGWAN網", "市:LGWAN:網"),
        ("a word", "a _word"),
        ("計（案）、を", "計（案）、を"),
        ("市・民？無〜理", "市・民？無〜理"),
        ("約1,027 千円分", "約:1,027 千円|分"),
        ("市……民", "市|……|民"),
        ("葛\U000e0100飾", "葛\U000e0100|飾"),
        ("\u3000 市民 ", "\u3000 市|民 "),
        ("市\u3000民", "市\u3000民"),
        ("ｶﾞｽ", "ｶﾞ|ｽ"),
        ("", ""),
    ],
)
def test_3_1_11_places_that_may_be_stretched(text, expected):
    assert shown(text) == expected
