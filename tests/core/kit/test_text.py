"""Rules of stored text, search form and sort key."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kit.text import fold, name_tokens, nfc, vi_sort_key

VIETNAMESE = st.text(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậềểễếệồổỗốộờởỡớợừửữứựỳỷỹýỵĐẤ' -5",
    max_size=30,
)
ANY = st.one_of(VIETNAMESE, st.text(max_size=30))


def nfd(value: str) -> str:
    """As some telephones and Apple's file names write it."""
    return unicodedata.normalize("NFD", value)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        (nfd("Nguyễn Thị Ứng"), "Nguyễn Thị Ứng"),
        ("  Trần\t Văn\u00a0 \n Bé ", "Trần Văn Bé"),
        ("Lê\u200b Văn\ufeff Tám\u202e", "Lê Văn Tám"),
        ("\ufeff \u200b=1+1", "=1+1"),
        ("Vũ\x00\x1b Nam\ufe0f", "Vũ Nam"),
        ("e\u200b\u0301", "é"),
        ("\ud800An", "An"),
        ("hoà bình", "hoà bình"),
        ("", ""),
    ],
)
def test_stored_text_is_one_clean_composed_line(written: str, stored: str) -> None:
    assert nfc(written) == stored


@given(ANY)
def test_stored_text_is_stable_and_the_same_however_it_was_composed(value: str) -> None:
    stored = nfc(value)
    assert nfc(stored) == stored == nfc(nfd(value))
    assert unicodedata.is_normalized("NFC", stored)


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("Nguyễn Thị Ứng", "nguyen thi ung"),
        (nfd("Nguyễn Thị Ứng"), "nguyen thi ung"),
        ("ĐẶNG Đình đồng", "dang dinh dong"),
        ("\u00d0ặng", "dang"),  # Eth, as old files write it
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("thuỷ, thủy; THUỴ", "thuy thuy thuy"),
        ("Giàng A Páo (H’Mông)", "giang a pao hmong"),
        ("H\u00b4Mông", "hmong"),
        ("TP.Long Xuyên – ấp 3", "tp long xuyen ap 3"),
        ("\uff21\uff4e", "an"),
        ("…", ""),
    ],
)
def test_search_form_levels_case_accents_and_punctuation(written: str, searched: str) -> None:
    assert fold(written) == searched
    assert name_tokens(written) == tuple(searched.split())


@given(ANY)
def test_search_form_is_plain_stable_and_the_same_however_it_was_composed(value: str) -> None:
    folded = fold(value)
    assert re.fullmatch(r"(?:[a-z0-9]+(?: [a-z0-9]+)*)?", folded)
    assert fold(folded) == folded == fold(nfd(value)) == fold(nfc(value))
    assert " ".join(name_tokens(value)) == folded


@pytest.mark.parametrize(
    "ordered",
    [
        # the letters of the alphabet, đ after all of d, accented letters after all of the plain one
        [*"aăâbcdđeêghiklmnoôơpqrstuưvxy"],
        [
            "a",
            "az",
            "ă",
            "ăn",
            "â",
            "ân",
            "d",
            "dy",
            "đ",
            "đa",
            "o",
            "oz",
            "ô",
            "ôm",
            "ơ",
            "uy",
            "ư",
        ],
        # the tones: (ngang), huyền, hỏi, ngã, sắc, nặng
        ["ma", "mà", "mả", "mã", "má", "mạ", "man"],
        ["tâm", "tầm", "tẩm", "tẫm", "tấm", "tậm", "tân"],
        ["ươn", "ườn", "ượn"],
        # letters first, and only then the tones, from the first word on
        ["Lê Thi An", "Lê Thì An", "Lế Thi An", "Lê Thi Ân"],
        ["Ha Ánh", "Hà Anh", "Hạ Anh", "Ha Bắc"],
        # a shorter word before a longer one
        ["An", "An 5", "An Bình", "Án Bình", "Anh", "Ăn"],
        ["Ấp 1", "Ấp Bình", "Ấp Đông"],
    ],
)
def test_byte_order_of_the_sort_key_is_dictionary_order(ordered: list[str]) -> None:
    keys = [vi_sort_key(word).encode() for word in ordered]
    assert sorted(keys) == keys
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(("one", "other"), [("Hoà", "hòa"), ("H'Mông", "HMÔNG"), ("Thuỷ", "Thủy")])
def test_case_tone_placement_and_apostrophes_do_not_count_in_sorting(one: str, other: str) -> None:
    assert vi_sort_key(one) == vi_sort_key(other)


@given(ANY)
def test_sort_key_is_printable_ascii_and_the_same_however_it_was_composed(value: str) -> None:
    key = vi_sort_key(value)
    assert key.isascii()
    assert key.isprintable()
    assert "\\" not in key
    assert key == key.strip()
    assert key == vi_sort_key(nfd(value)) == vi_sort_key(nfc(value))


@given(VIETNAMESE, VIETNAMESE)
def test_sort_key_agrees_with_comparing_letters_then_tones(one: str, other: str) -> None:
    expected = (slow_key(one) > slow_key(other)) - (slow_key(one) < slow_key(other))
    ours = (vi_sort_key(one) > vi_sort_key(other)) - (vi_sort_key(one) < vi_sort_key(other))
    assert ours == expected


def slow_key(value: str) -> tuple[list[list[int]], list[list[int]]]:
    """The rule written out with numbers in lists instead of a packed text."""
    alphabet = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
    tones = "\u0300\u0309\u0303\u0301\u0323"
    words = re.sub("[^\\w\\s]", " ", nfc(value).lower().replace("'", "")).split()
    letters: list[list[int]] = []
    marks: list[list[int]] = []
    for word in words:
        toneless = unicodedata.normalize("NFC", re.sub(f"[{tones}]", "", nfd(word)))
        letters.append([alphabet.index(char) for char in toneless])
        marks.append([tones.index(char) for char in nfd(word) if char in tones])
    return letters, marks


def test_sort_key_stays_short() -> None:
    assert vi_sort_key("Lê Văn An") == "le|-va{n-an"
    assert vi_sort_key("Nguyễn Văn An") == "nguye|n-va{n-an 3"
    assert vi_sort_key("…") == ""
