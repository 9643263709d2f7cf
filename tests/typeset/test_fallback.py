"""Which font of a chain a character takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gyomu_docs.errors import FontError, MissingGlyphError, Place, SettingsError
from gyomu_docs.typeset.fallback import FontChain
from gyomu_docs.typeset.fonts import Fallback, FontSet
from tests.support.paged import BOLD, FILES, GOTHIC
from tests.support.tiny_fonts import (
    BIZ_SEQUENCE,
    LACKING,
    OTHER_SEQUENCE,
    tiny_font,
    with_fallbacks,
)

DAKUTEN = "\u3099"


@pytest.fixture
def chain(tmp_path: Path) -> FontChain:
    """BIZ UDGothic, `first` with 𠮷 and a sequence, `second` with 𠮷 and 𱍐."""
    first = tiny_font(tmp_path / "first.ttf", "𠮷葛", sequences=[OTHER_SEQUENCE])
    second = tiny_font(tmp_path / "second.ttf", "𠮷𱍐" + DAKUTEN, widths={"𱍐": 700})
    return with_fallbacks(first, second).find(GOTHIC, bold=False)


def fonts_of(chain: FontChain, text: str) -> list[tuple[str, str]]:
    """The pieces of a text with their fonts, those of BIZ UDGothic as `-`."""
    return [
        (text[start:end], "-" if font == GOTHIC else font)
        for start, end, font in chain.pieces(text)
    ]


def test_the_first_font_that_has_a_character_sets_it(chain: FontChain) -> None:
    assert fonts_of(chain, "市𠮷野𱍐𱍐") == [
        ("市", "-"),
        ("𠮷", "first"),
        ("野", "-"),
        ("𱍐𱍐", "second"),
    ]


def test_widths_are_those_of_the_font_that_sets_the_character(chain: FontChain) -> None:
    assert [chain.widths[char] for char in "市a𠮷𱍐"] == [1000, 500, 1000, 700]
    assert (chain.name, chain.ascent, chain.descent) == (GOTHIC, 880, 120)


@pytest.mark.parametrize(
    ("text", "fonts"),
    [
        (BIZ_SEQUENCE, [(BIZ_SEQUENCE, "-")]),
        (OTHER_SEQUENCE, [(OTHER_SEQUENCE, "first")]),
        ("葛\U000e01ef", [("葛\U000e01ef", "-")]),  # in no font: the base, where it is
        ("葛飾", [("葛飾", "-")]),
    ],
)
def test_a_variation_sequence_is_sought_in_every_font(
    chain: FontChain, text: str, fonts: list[tuple[str, str]]
) -> None:
    assert fonts_of(chain, text) == fonts


def test_a_combining_mark_stays_with_its_base(chain: FontChain) -> None:
    assert fonts_of(chain, f"か{DAKUTEN}") == [(f"か{DAKUTEN}", "-")]
    assert fonts_of(chain, f"𠮷{DAKUTEN}") == [(f"𠮷{DAKUTEN}", "second")]


def test_a_mark_that_the_font_of_its_base_lacks_is_still_printed(tmp_path: Path) -> None:
    mark = "\u0310"
    fonts = with_fallbacks(tiny_font(tmp_path / "marks.ttf", mark))
    assert fonts_of(fonts.find(GOTHIC, bold=False), f"か{mark}") == [("か", "-"), (mark, "marks")]


def test_selectors_without_effect_are_told(chain: FontChain) -> None:
    text = f"{BIZ_SEQUENCE}{OTHER_SEQUENCE}葛\U000e01ef市\ufe00"
    assert chain.ignored_sequences(text) == ["葛\U000e01ef", "市\ufe00"]
    assert chain.ignored_sequences("葛飾") == []
    assert chain.ignored_sequences(f"{BIZ_SEQUENCE}\U000e0101") == [f"{BIZ_SEQUENCE}\U000e0101"]
    assert chain.ignored_sequences("\ufe0e") == ["\ufe0e"]


def test_borrowed_characters_are_those_of_other_fonts(chain: FontChain) -> None:
    assert chain.borrowed(f"市𠮷{BIZ_SEQUENCE}{OTHER_SEQUENCE}") == [
        ("𠮷", "first"),
        (OTHER_SEQUENCE, "first"),
    ]


def test_only_characters_that_may_take_another_font_are_marked(chain: FontChain) -> None:
    for char in f"市役所𠮷{BIZ_SEQUENCE}":
        chain.widths[char]
    assert chain.marked == {"𠮷", "\U000e0100"}


def test_a_character_that_no_font_has_names_all_fonts(chain: FontChain) -> None:
    with pytest.raises(MissingGlyphError) as caught:
        chain.widths["☐"]
    message = "書体「BIZ UDGothic」、「first」、「second」に文字「☐」（U+2610）がありません。"
    assert caught.value.message == message
    assert "予備の書体" in caught.value.hint


@pytest.mark.parametrize("char", ["\ue000", "\x07", "\ufeff"])
def test_no_fallback_prints_what_no_pdf_may_hold(tmp_path: Path, char: str) -> None:
    fonts = with_fallbacks(tiny_font(tmp_path / "odd.ttf", char))
    with pytest.raises(MissingGlyphError):
        fonts.find(GOTHIC, bold=False).widths[char]


def test_a_fallback_opens_when_a_character_needs_it(tmp_path: Path) -> None:
    fonts = with_fallbacks(tmp_path / "no such.ttf")
    chain = fonts.find(GOTHIC, bold=False)
    assert chain.widths["市"] == 1000
    assert chain.pieces(BIZ_SEQUENCE) == [(0, 2, GOTHIC)]
    with pytest.raises(FontError, match=re.escape(str(tmp_path / "no such.ttf"))):
        chain.widths[LACKING]


def test_a_fallback_that_cannot_be_used_is_an_error_of_the_configuration(tmp_path: Path) -> None:
    path = tiny_font(tmp_path / "a.ttf", LACKING, rights=2)
    place = Place("gyomu-docs.yaml", 3)
    fonts = FontSet(FILES, [Fallback(path, place=place)])
    with pytest.raises(SettingsError, match="埋め込みを許可していません") as caught:
        fonts.find(GOTHIC, bold=False).widths[LACKING]
    assert caught.value.within(Place("003.yaml", sheet="No.3")).place == place


def test_a_bold_text_takes_the_fallback_as_it_is(tmp_path: Path) -> None:
    fonts = with_fallbacks(tiny_font(tmp_path / "a.ttf", LACKING))
    bold = fonts.find(GOTHIC, bold=True)
    assert [piece.font for piece in bold.pieces(f"市{LACKING}")] == [BOLD, "a"]
