"""Runs split by fonts: every character stays where line breaking put it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gyomu_docs.errors import MissingGlyphError
from gyomu_docs.typeset.fallback import FontChain
from gyomu_docs.typeset.fonts import FontSet
from gyomu_docs.typeset.pages import Artifact, Marked, Stamp, TextRun
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.typeset.runs import split_fonts, split_run
from tests.support import documents, paged
from tests.support.paged import GOTHIC, run
from tests.support.tiny_fonts import OTHER_SEQUENCE, tiny_font, with_fallbacks

KERNS = ((0, -2_000), (1, 500), (2, -1_000), (3, 700))


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> FontSet:
    """BIZ UDGothic, and `other` with 𠮷 (700 wide), 𱍐 and a sequence of 葛."""
    path = tmp_path_factory.mktemp("fonts") / "other.ttf"
    tiny_font(path, "𠮷𱍐葛", sequences=[OTHER_SEQUENCE], widths={"𠮷": 700})
    return with_fallbacks(path)


@pytest.fixture(scope="module")
def chain(fonts: FontSet) -> FontChain:
    return fonts.find(GOTHIC, bold=False)


def split(chain: FontChain, text: str, **more: object) -> list[TextRun]:
    return split_run(run(text, x=10_000, y=20_000, **more), chain)


def parts(runs: list[TextRun]) -> list[tuple[str, str, int, int]]:
    return [(one.text, "-" if one.font == GOTHIC else one.font, one.x, one.y) for one in runs]


def test_a_line_goes_on_behind_what_another_font_sets(chain: FontChain) -> None:
    assert parts(split(chain, "a市𠮷野")) == [
        ("a市", "-", 10_000, 20_000),
        ("𠮷", "other", 25_000, 20_000),
        ("野", "-", 32_000, 20_000),
    ]


def test_kerns_and_spacing_go_with_their_characters(chain: FontChain) -> None:
    runs = split(chain, "市役𠮷野市", spacing=1_000, kerns=KERNS)
    assert [(one.text, one.x, one.kerns) for one in runs] == [
        ("市役", 10_000, ((0, -2_000), (1, 500))),
        ("𠮷", 10_000 + 20_000 + 2_000 - 1_500, ((0, -1_000),)),
        ("野市", 10_000 + 27_000 + 3_000 - 2_500, ((0, 700),)),
    ]
    assert {one.spacing for one in runs} == {1_000}


def test_a_selector_has_no_gap_behind_it(chain: FontChain) -> None:
    runs = split(chain, f"市{OTHER_SEQUENCE}野", spacing=1_000)
    assert [(one.text, one.x) for one in runs] == [
        ("市", 10_000),
        (OTHER_SEQUENCE, 21_000),
        ("野", 32_000),
    ]


def test_a_column_goes_on_below(chain: FontChain) -> None:
    # Set vertically every character is one em high, 𠮷 as well.
    runs = split(chain, "市𠮷野", vertical=True, spacing=2_000)
    assert parts(runs) == [
        ("市", "-", 10_000, 20_000),
        ("𠮷", "other", 10_000, 32_000),
        ("野", "-", 10_000, 44_000),
    ]
    assert all(one.vertical for one in runs)


def test_a_turned_run_goes_on_below_by_its_widths(chain: FontChain) -> None:
    runs = split(chain, "ab𠮷c", rotated=True)
    assert [(one.x, one.y) for one in runs] == [
        (10_000, 20_000),
        (10_000, 30_000),
        (10_000, 37_000),
    ]


def test_narrow_glyphs_take_less_room(chain: FontChain) -> None:
    runs = split(chain, "a𠮷b", narrow=500)
    assert [one.x for one in runs] == [10_000, 12_500, 16_000]


def test_what_is_of_another_font_as_a_whole_is_one_run(chain: FontChain) -> None:
    whole = run("𠮷𱍐", spacing=500, kerns=((0, 300),), spread=True)
    assert split_run(whole, chain) == [whole._replace(font="other")]


@settings(max_examples=60)
@given(text=st.text("市a、𠮷𱍐葛\U000e0100\U000e0103\u3099", min_size=1), data=st.data())
def test_no_character_is_lost_or_moved(chain: FontChain, text: str, data: st.DataObject) -> None:
    kerns = data.draw(st.dictionaries(st.integers(0, len(text) - 1), st.integers(-900, 900)))
    whole = run(text, spacing=300, kerns=tuple(sorted(kerns.items())), vertical=True)
    runs = split_run(whole, chain)
    assert "".join(one.text for one in runs) == text
    assert (runs[0].x, runs[0].y) == (whole.x, whole.y)
    before = 0
    for one in runs:
        along = whole.y
        for index, char in enumerate(text[:before]):
            if chain.widths[char]:
                along += whole.size + 300
            along += kerns.get(index, 0)
        assert one.y == along
        inner = {before + index: amount for index, amount in one.kerns}
        before += len(one.text)
        assert inner == {i: k for i, k in kerns.items() if before - len(one.text) <= i < before}


# -- whole documents


def fallback_document() -> paged.PagedDocument:
    page = paged.page(
        Marked(1, (run("市役所"), run("市𠮷"))),
        artifacts=(Artifact("header", (run("𠮷野"),)),),
    )
    return paged.document([page], [paged.DOCUMENT, paged.Element("P", 0)])


def test_heads_and_content_are_split(fonts: FontSet, chain: FontChain) -> None:
    chain.widths["𠮷"]
    (page,) = split_fonts(fallback_document(), fonts.chains).paged.pages
    assert [one.text for one in page.content[0].runs] == ["市役所", "市", "𠮷"]
    assert [one.font for one in page.artifacts[0].runs] == ["other", GOTHIC]


def test_the_head_that_a_page_of_a_book_gets_is_split_too(fonts: FontSet) -> None:
    setup = documents.setup(left="𠮷野", style={"family": GOTHIC})
    setup = replace(setup, footer=setup.header)
    ((artifacts, _),) = Typesetter(fonts).dress(setup, "No.1", [{"page": "1", "pages": "9"}])
    runs = {one.kind: [run.font for run in one.runs] for one in artifacts}
    assert runs == {"header": ["other", GOTHIC], "footer": ["other", GOTHIC]}


def test_a_document_without_such_characters_is_given_back_as_it_is(fonts: FontSet) -> None:
    fresh = FontSet(fonts.files, tuple(fonts.fallbacks.values()))
    fresh.find(GOTHIC, bold=False)
    document = fallback_document()
    assert split_fonts(document, fresh.chains).paged is document


@pytest.mark.parametrize(("text", "font"), [("案", GOTHIC), ("𠮷𱍐", "other")])
def test_a_watermark_is_of_one_font(fonts: FontSet, chain: FontChain, text: str, font: str) -> None:
    assert stamped(fonts, chain, text) == Stamp(0, 0, text, font, 1, 0, 0)


def test_a_watermark_of_two_fonts_is_refused(fonts: FontSet, chain: FontChain) -> None:
    with pytest.raises(MissingGlyphError, match="透かし「𠮷案」"):
        stamped(fonts, chain, "𠮷案")


def stamped(fonts: FontSet, chain: FontChain, text: str) -> Stamp | None:
    for char in text:
        chain.widths[char]
    page = replace(paged.page(), stamp=Stamp(0, 0, text, GOTHIC, 1, 0, 0))
    return split_fonts(paged.document([page]), fonts.chains).paged.pages[0].stamp


def test_typesetting_splits_and_tells_ignored_selectors(fonts: FontSet) -> None:
    made = documents.document(
        documents.grid(
            documents.row("𠮷野", f"{OTHER_SEQUENCE}葛\U000e01ef", label="0101"), name="行政活動"
        ),
        documents.paragraph("葛", family=GOTHIC),
    )
    made = _in_gothic(made)
    result, found = Typesetter(fonts).paginate(made)
    runs = [one for group in result.pages[0].content for one in group.runs]
    assert [(one.text, one.font == GOTHIC) for one in runs] == [
        ("𠮷", False),
        ("野", True),
        (OTHER_SEQUENCE, False),
        ("葛\U000e01ef", True),
        ("葛", True),
    ]
    (warning,) = found
    assert (warning.level, warning.kind) == ("W", "glyph")
    assert "シート「No.1 試験」 表「行政活動」 行「0101」 列「列2」" in str(warning)
    assert "U+845B U+E01EF" in warning.message


def _in_gothic(made: documents.Document) -> documents.Document:
    """The document in BIZ UDGothic, which stands for the font of fixed metrics."""
    fixed = documents.STYLE.family

    def changed(value: object) -> object:
        if isinstance(value, documents.Style):
            return replace(value, family=GOTHIC) if value.family == fixed else value
        if isinstance(value, tuple):
            items = [changed(item) for item in value]
            return type(value)(*items) if hasattr(value, "_fields") else tuple(items)
        if hasattr(value, "__dataclass_fields__"):
            names = value.__dataclass_fields__
            return replace(value, **{name: changed(getattr(value, name)) for name in names})
        return value

    result = changed(made)
    assert isinstance(result, documents.Document)
    return result


def test_paths_of_fallbacks_travel(tmp_path: Path) -> None:
    fonts = with_fallbacks(tiny_font(tmp_path / "a.ttf", "𠮷"), tmp_path / "b" / "a.ttf")
    assert fonts.names[-2:] == ("a", "a (2)")
    assert fonts.families == ("BIZ UDGothic", "BIZ UDMincho")
