"""Areas are read by day, in Vietnamese order, in any kind of session."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.areas import repository as areas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from core.tenancy.door import TenantDoor
    from core.testing.database import TestDatabase

IN_2018 = date(2018, 3, 15)
AFTER = date(2025, 7, 1)


@pytest.fixture
def reader(database: TestDatabase) -> Iterator[Connection]:
    with database.runtime.connect() as connection:
        yield connection


def test_the_province_of_2018_is_not_the_one_of_today(reader: Connection) -> None:
    old = areas.find_province(reader, "89", IN_2018)
    new = areas.find_province(reader, "91", AFTER)
    assert old is not None
    assert new is not None
    assert (old.name, new.name) == ("Tỉnh An Giang", "Tỉnh An Giang")
    assert old.id != new.id
    assert areas.find_province(reader, "89", AFTER) is None
    assert areas.find_province(reader, "10", AFTER) is None


@pytest.mark.parametrize(
    ("code", "day", "districts", "communes"),
    [
        ("89", IN_2018, 11, 155),
        ("91", AFTER, 0, 102),
        ("10", IN_2018, 9, 151),
        ("15", AFTER, 0, 99),
    ],
)
def test_a_province_has_the_units_of_its_day(
    reader: Connection, code: str, day: date, districts: int, communes: int
) -> None:
    province = areas.find_province(reader, code, day)
    assert province is not None
    assert len(areas.districts_of(reader, province.id, day)) == districts
    assert len(areas.communes_of(reader, province.id, day)) == communes


def test_units_come_in_vietnamese_order_without_their_kind(reader: Connection) -> None:
    province = areas.find_province(reader, "89", IN_2018)
    assert province is not None
    names = [unit.name for unit in areas.districts_of(reader, province.id, IN_2018)]
    assert names[:4] == ["Huyện An Phú", "Thành phố Châu Đốc", "Huyện Châu Phú", "Huyện Châu Thành"]


def test_a_commune_lies_in_its_district_and_province(reader: Connection) -> None:
    commune = areas.find_unit(reader, "commune", "30337", IN_2018)
    assert commune is not None
    assert [unit.level for unit in areas.ancestors(reader, commune.id)] == ["district", "province"]


def test_a_divided_commune_has_one_main_successor(reader: Connection) -> None:
    province = areas.find_province(reader, "89", IN_2018)
    assert province is not None
    divided = [
        found
        for commune in areas.communes_of(reader, province.id, IN_2018)
        if len(found := areas.successors(reader, commune.id)) > 1
    ]
    assert divided
    for successors in divided:
        assert [one.is_default for one in successors].count(True) == 1
        assert successors[0].is_default
        assert {one.share for one in successors} == {"part"}


def test_an_island_district_went_into_a_commune(reader: Connection) -> None:
    island = areas.find_unit(reader, "district", "755", IN_2018)
    assert island is not None
    (successor,) = areas.successors(reader, island.id)
    assert successor.area.name == "Đặc khu Côn Đảo"
    assert [one.area.id for one in areas.predecessors(reader, successor.area.id)] == [island.id]


def test_areas_are_read_inside_a_tenant_and_without_one(door: TenantDoor) -> None:
    with door.tenant_session(1) as session:
        inside = areas.find_province(session, "89", IN_2018)
    with door.reference_session() as session:
        assert areas.find_province(session, "89", IN_2018) == inside
    assert inside is not None
