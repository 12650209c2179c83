"""The lists of units that ship with the program say what their source says."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.areas.book import AreaBook
from core.areas.editions import DATA, Editions, UnitKey, read_editions, split_name
from core.kit.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = date(2025, 6, 30)
AFTER = date(2025, 7, 1)


@pytest.fixture(scope="module")
def editions() -> Editions:
    return read_editions()


@pytest.fixture(scope="module")
def book(editions: Editions) -> AreaBook:
    return AreaBook(editions.units)


@pytest.mark.parametrize(
    ("level", "day", "count"),
    [
        ("province", BEFORE, 63),
        ("district", BEFORE, 696),
        ("commune", BEFORE, 10_035),
        ("province", AFTER, 34),
        ("district", AFTER, 0),
        ("commune", AFTER, 3_321),
    ],
)
def test_each_level_has_the_units_of_its_day(
    editions: Editions, level: str, day: date, count: int
) -> None:
    found = [unit for unit in editions.units if unit.key.level == level and unit.exists_on(day)]
    assert len(found) == count


def test_units_are_listed_after_the_unit_they_lie_in(editions: Editions) -> None:
    seen: set[UnitKey] = set()
    for unit in editions.units:
        assert unit.parent is None or unit.parent in seen
        seen.add(unit.key)


def test_island_districts_have_no_commune(editions: Editions) -> None:
    parents = {unit.parent for unit in editions.units}
    empty = [u.name for u in editions.units if u.key.level == "district" and u.key not in parents]
    assert empty == [
        "Huyện Bạch Long Vĩ",
        "Huyện Cồn Cỏ",
        "Huyện Hoàng Sa",
        "Huyện Lý Sơn",
        "Huyện Côn Đảo",
    ]
    assert all(unit.name and unit.key.code for unit in editions.units)


def test_successions_are_counted_by_share(editions: Editions) -> None:
    counted = Counter((s.share, s.is_default) for s in editions.successions)
    assert counted == {("whole", True): 9_569, ("part", True): 471, ("part", False): 562}


def test_every_unit_that_ended_went_somewhere(editions: Editions) -> None:
    parents = {unit.parent for unit in editions.units}
    ended = {
        unit.key
        for unit in editions.units
        if unit.valid_to == BEFORE and unit.key not in parents and unit.key.level != "province"
    }
    assert ended == {s.predecessor for s in editions.successions}


def test_codes_are_reused_so_the_day_decides(book: AreaBook) -> None:
    old, new = book.province("15", BEFORE), book.province("15", AFTER)
    assert old is not None
    assert new is not None
    assert (old.name, new.name) == ("Tỉnh Yên Bái", "Tỉnh Lào Cai")


def test_an_giang_before_and_after(book: AreaBook) -> None:
    old, new = book.province("89", BEFORE), book.province("91", AFTER)
    assert old is not None
    assert new is not None
    assert len(book.inside(old, BEFORE, level="district")) == 11
    assert len(book.inside(old, BEFORE, level="commune")) == 155
    assert len(book.inside(new, AFTER, level="commune")) == 102
    assert book.province("89", AFTER) is None


def test_a_unit_is_found_by_the_name_it_had_before_it_was_raised(book: AreaBook) -> None:
    province = book.province("89", date(2018, 1, 1))
    assert province is not None
    (found,) = book.named(province, "district", "Huyện Tịnh Biên", date(2018, 1, 1))
    assert found.name == "Thị xã Tịnh Biên"


def test_a_full_name_decides_between_units_of_one_bare_name(book: AreaBook) -> None:
    province = book.province("87", BEFORE)
    assert province is not None
    (found,) = book.named(province, "district", "Huyện Cao Lãnh", BEFORE)
    assert found.key.code == "873"
    assert len(book.named(province, "district", "Cao Lãnh", BEFORE)) == 2


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Thị Xã Việt Yên", ("Thị xã", "Việt Yên")),
        ("Xã Xà Phiên", ("Xã", "Xà Phiên")),
        ("Phường 1", ("Phường", "1")),
    ],
)
def test_a_name_is_split_from_its_kind(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("succession_2025_07_01.csv", "01,00001,", "01,99999,", r"\.csv:2: no commune 99999"),
        ("units_from_2025_07_01.csv", "province_code", "tinh", r"\.csv:1: missing columns"),
        ("units_from_2025_07_01.csv", ",00008,", ",00004,", r"\.csv:3: commune 00004 is listed"),
        ("editions.toml", "to = 2025-06-30", "to = nobody", r"editions\.toml: cannot read"),
    ],
)
def test_a_wrong_list_is_refused_with_file_and_line(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    path = tmp_path / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=said):
        read_editions(tmp_path)
