"""Counts for partners and the public: protected, stored once, and held by the database too."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from core.indicators.disclosure.grid import Place
from core.indicators.door import FigureDoor
from core.indicators.published import PublishedCount, outside_figure, publish, published
from core.kit.errors import RefusedError
from core.kit.periods import Period
from core.tenancy.reach import Reach

YEAR, FIRST = Period.parse("2018"), Period.parse("2018-Q1")
START = datetime(2017, 12, 31, 17, tzinfo=UTC)
AFTER = datetime(2019, 1, 5, tzinfo=UTC)


@pytest.fixture
def filled(world: Any) -> Any:
    """Twenty-three sightings in one commune, two in another, none in a third; quiet cases."""
    world.switch_on("sample", START)
    world.switch_on("quiet", START)
    here, there = world.communes[:2]
    noon = datetime(2018, 2, 3, 5, tzinfo=UTC)
    sighting = {"seen_on": date(2018, 2, 3), "status": "kept", "amount": 1, "kind": "river"}
    world.add(
        *(world.sighting(commune_id=here, sex="male", **sighting) for _ in range(23)),
        *(world.sighting(commune_id=there, sex="male", **sighting) for _ in range(2)),
        *(world.stay(commune_id=here, came_on=date(2017, 5, 1), sex="male") for _ in range(8)),
        *(world.secret(commune_id=here, detected_at=noon, sex="male") for _ in range(13)),
    )
    world.count()
    yield world
    with world.database.admin.begin() as connection:
        connection.execute(text("TRUNCATE core.published_count"))


def publish_it(world: Any, code: str, now: datetime = AFTER, reach: Any = None) -> int:
    with world.door.tenant_session(1, reach=reach) as session:
        door = FigureDoor(session, world.catalogue)
        measure = world.catalogue.measures[code]
        return publish(session, door, measure, 2018, communes=world.communes, now=now)


def shown(world: Any, code: str, period: Period = YEAR) -> dict[tuple[int | None, str], Any]:
    with world.door.tenant_session(1, read_only=True) as session:
        counts = published(session, code, period)
    return {(place.commune, place.part): value for place, value in counts.items()}


def outside(world: Any, code: str, commune: int | None = None) -> Any:
    with world.door.tenant_session(1, read_only=True) as session:
        return outside_figure(session, world.catalogue.indicators, code, Place(YEAR, commune))


def test_counts_are_rounded_small_ones_hidden_and_zeros_shown(filled: Any) -> None:
    here, there, nowhere, _ = filled.communes
    publish_it(filled, "sample.seen")
    counts = shown(filled, "sample.seen", FIRST)
    assert counts[here, ""] == 25
    assert counts[there, ""] is None
    assert counts[nowhere, ""] == 0
    assert counts[None, ""] == 25
    assert shown(filled, "sample.seen", Period.parse("2018-Q2"))[here, ""] == 0


def test_a_restricted_measure_leaves_for_the_province_alone(filled: Any) -> None:
    publish_it(filled, "quiet.detected")
    assert {commune for commune, _ in shown(filled, "quiet.detected")} == {None}
    assert outside(filled, "QUI-01").value == Decimal(15)


def test_a_rate_comes_from_rounded_counts_and_is_hidden_where_one_is(filled: Any) -> None:
    here, there = filled.communes[:2]
    publish_it(filled, "sample.seen")
    assert outside(filled, "SAM-02").state == "not_reported"  # the denominator is not published
    publish_it(filled, "sample.staying")
    figure = outside(filled, "SAM-02", here)
    assert (figure.numerator, figure.denominator) == (25, 10)
    assert figure.value == Decimal(250)
    assert outside(filled, "SAM-02", there).state == "suppressed"
    assert outside(filled, "SAM-03").state == "not_reported"


def test_what_is_published_is_never_published_again(filled: Any) -> None:
    assert publish_it(filled, "sample.seen") > 0
    before = shown(filled, "sample.seen")
    for _ in range(9):
        filled.seen(date(2018, 2, 4), filled.communes[1], kind="river")
    filled.count()
    assert publish_it(filled, "sample.seen") == 0
    assert shown(filled, "sample.seen") == before


def test_the_same_counts_are_published_in_the_same_form_everywhere(filled: Any) -> None:
    first = [publish_it(filled, "sample.seen"), shown(filled, "sample.seen")]
    with filled.database.admin.begin() as connection:
        connection.execute(text("TRUNCATE core.published_count"))
    assert first == [publish_it(filled, "sample.seen"), shown(filled, "sample.seen")]


@pytest.mark.parametrize("now", [datetime(2018, 12, 31, 10, tzinfo=UTC)])
def test_a_year_that_is_not_over_is_refused(filled: Any, now: datetime) -> None:
    with pytest.raises(RefusedError, match="not over"):
        publish_it(filled, "sample.seen", now)


def test_a_part_of_the_province_and_stale_counts_are_refused(filled: Any) -> None:
    with pytest.raises(RefusedError, match="whole province"):
        publish_it(filled, "sample.seen", reach=Reach(frozenset(filled.communes[:1])))
    filled.seen(date(2018, 2, 4), filled.communes[0])
    with pytest.raises(RefusedError, match="counted again"):
        publish_it(filled, "sample.seen")


def test_nothing_is_published_of_a_programme_that_was_off(filled: Any) -> None:
    with filled.door.tenant_session(2) as session:
        door = FigureDoor(session, filled.catalogue)
        measure = filled.catalogue.measures["sample.seen"]
        assert publish(session, door, measure, 2018, communes=(), now=AFTER) == 0


@pytest.mark.parametrize("value", [1, 4, 7, 12, -5])
def test_the_database_takes_no_count_that_is_not_rounded(filled: Any, value: int) -> None:
    row = PublishedCount(
        measure="x", period_code="2018", breakdown="", part="", value=value, published_at=AFTER
    )
    with pytest.raises(IntegrityError, match="rounded"):
        filled.add(row)


def test_no_login_changes_or_deletes_what_is_published(filled: Any) -> None:
    publish_it(filled, "sample.seen")
    for statement in (
        "UPDATE core.published_count SET value = 0",
        "DELETE FROM core.published_count",
    ):
        with filled.door.tenant_session(1) as session, pytest.raises(Exception, match="denied"):
            session.connection().exec_driver_sql(statement)
    with filled.door.tenant_session(2, read_only=True) as session:
        assert session.scalars(select(PublishedCount)).all() == []
