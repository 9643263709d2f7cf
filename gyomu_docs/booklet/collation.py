"""The order of an index: by kana (五十音順) where a reading is given, else by code point.

Readings are compared as dictionaries do (after JIS X 4061): first without voicing marks, small
kana as large ones and ー as the vowel before it; where that is equal, by the reading as written.
"""

from __future__ import annotations

import unicodedata

_ROWS = {
    "あ": "あいうえおゔ",
    "か": "かきくけこ",
    "さ": "さしすせそ",
    "た": "たちつてと",
    "な": "なにぬねの",
    "は": "はひふへほ",
    "ま": "まみむめも",
    "や": "やゆよ",
    "ら": "らりるれろ",
    "わ": "わゐゑをん",
}
_ROW_OF = {kana: row for row, members in _ROWS.items() for kana in members}
_LARGE = str.maketrans("ぁぃぅぇぉゕゖっゃゅょゎ", "あいうえおかけつやゆよわ")
_VOWELS = {
    "あ": "あかさたなはまやらわ",
    "い": "いきしちにひみりゐ",
    "う": "うくすつぬふむゆるゔ",
    "え": "えけせてねへめれゑ",
    "お": "おこそとのほもよろを",
}
_VOWEL_OF = {kana: vowel for vowel, members in _VOWELS.items() for kana in members}
_MARKS = str.maketrans("", "", "\u3099\u309a")
NO_READING = "読みの指定なし"
"""The heading of terms without a reading, where others have one."""


def sort_key(text: str, reading: str = "") -> tuple[bool, str, str, str]:
    """The key by which a term is sorted: those with a reading first, in the order of kana."""
    kana = _hiragana(reading)
    return (not kana, _plain(kana), kana, text)


def heading(reading: str) -> str:
    """The row of the kana table that a reading begins with (あ, か, …), or its first letter."""
    plain = _plain(_hiragana(reading))
    return _ROW_OF.get(plain[:1], plain[:1].upper()) or NO_READING


def _hiragana(reading: str) -> str:
    """A reading in full-width hiragana without spaces."""
    wide = unicodedata.normalize("NFKC", "".join(reading.split()))
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char.lower() for char in wide)


def _plain(kana: str) -> str:
    base = unicodedata.normalize("NFD", kana).translate(_MARKS).translate(_LARGE)
    plain: list[str] = []
    for char in base:
        if char == "ー" and plain:
            char = _VOWEL_OF.get(plain[-1], char)
        plain.append(char)
    return "".join(plain)
