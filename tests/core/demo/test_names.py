"""Rules of generated names."""

from __future__ import annotations

from random import Random

import pytest

from core.demo.names import ETHNICITIES, GENERATED_MARK, Ethnicity, GeneratedNames, Sex
from core.kit.text import fold, nfc


def names(seed: int) -> GeneratedNames:
    """A generator with its own source."""
    return GeneratedNames(Random(seed))  # noqa: S311 - generated names are no secret


def drawn(seed: int, count: int) -> list[str]:
    """Names of all kinds, in turn."""
    source = names(seed)
    sexes: tuple[Sex, ...] = ("male", "female")
    result = []
    for at in range(count):
        sex, ethnicity = sexes[at % 2], ETHNICITIES[at % len(ETHNICITIES)]
        result += [source.child(sex, ethnicity), source.adult(sex, ethnicity)]
    return result


def test_the_same_seed_gives_the_same_names() -> None:
    assert drawn(2018, 50) == drawn(2018, 50)
    assert drawn(2018, 50) != drawn(2019, 50)


def test_names_are_clean_text_of_three_or_four_different_syllables() -> None:
    for name in drawn(1, 2000):
        syllables = name.split()
        assert name == nfc(name)
        assert len(syllables) in {3, 4}
        assert len(set(syllables)) == len(syllables)
        assert all(syllable[0].isupper() for syllable in syllables)
        assert fold(name)


def test_names_vary_enough_for_a_province() -> None:
    source = names(3)
    assert len({source.child("female") for _ in range(2000)}) > 1500


def test_a_child_may_bear_the_family_name_of_the_father() -> None:
    source = names(4)
    for ethnicity in ETHNICITIES:
        family = source.family(ethnicity)
        assert source.child("female", ethnicity, family=family).split()[0] == family
        assert source.adult("male", ethnicity, family=family).split()[0] == family


@pytest.mark.parametrize("ethnicity", ETHNICITIES)
def test_middle_names_fit_the_sex(ethnicity: Ethnicity) -> None:
    source = names(5)
    for _ in range(500):
        boy = source.child("male", ethnicity).split(), source.adult("male", ethnicity).split()
        girl = source.child("female", ethnicity).split(), source.adult("female", ethnicity).split()
        assert all("Thị" not in name for name in boy)
        assert all("Văn" not in name and "A" not in name for name in girl)


def test_each_community_has_names_of_its_own() -> None:
    source = names(6)
    families = {
        ethnicity: {source.family(ethnicity) for _ in range(300)} for ethnicity in ETHNICITIES
    }
    assert "Nguyễn" in families["kinh"]
    assert "Giàng" in families["hmong"] - families["kinh"]
    assert {"Tẩn", "Chảo"} <= families["dao"] - families["kinh"]
    assert "Nông" in families["tay"] - families["kinh"]
    assert "Vùi" in families["giay"] - families["kinh"]


def test_the_mark_of_generated_records_is_vietnamese_and_composed() -> None:
    assert nfc(GENERATED_MARK) == GENERATED_MARK
    assert "minh họa" in GENERATED_MARK
