"""The hook for alerts: told while the programme is on, hidden while it is off, and back again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import literal, select

from core.alerts.raising import look
from core.alerts.reading import AlertReader
from core.areas.models import COMMUNE, Area
from core.areas.repository import exists_on
from core.plugin_api import Attention
from core.registry.catalogue import Catalogue, Contribution
from core.registry.enablement import switch_off, switch_on
from core.registry.errors import PluginError
from core.registry.models import Call, PluginFailure
from core.tenancy.beside import beside
from core.testing.alerts import AlertDesk, alert_desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api import Alert, Moment
    from core.registry.service import Registry
    from core.tenancy.door import TenantDoor
    from core.testing.database import TestDatabase

KEY = "sample_meals"
CODE = f"{KEY}.went_without"
DAY = date(2018, 3, 15)
JANUARY = datetime(2018, 1, 1, tzinfo=UTC)
NOON = datetime(2018, 3, 15, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def commune(database: TestDatabase) -> int:
    with database.owner.connect() as connection:
        statement = select(Area.id).where(Area.level == COMMUNE, exists_on(DAY))
        found = connection.scalar(statement.order_by(Area.id).limit(1))
    assert found is not None
    return found


@pytest.fixture
def desk(door: TenantDoor, registry: Registry, commune: int) -> Iterator[AlertDesk]:
    """A meal round at which three children went without."""
    from sample_meals.models import MealRound

    with alert_desk(door, registry) as opened:
        switch_on(opened.session, registry, KEY, at=JANUARY)
        opened.put(
            MealRound(commune_id=commune, held_on=DAY, place="school", children=30, meals=27)
        )
        yield opened


def test_hook_alerts(desk: AlertDesk, commune: int) -> None:
    assert (desk.look(DAY).raised, desk.look(DAY).raised) == (1, 0)
    assert desk.codes("commune_worker", DAY, commune=commune) == [CODE]
    assert desk.codes("collaborator", DAY, commune=commune) == []
    over = DAY + timedelta(days=14)
    assert desk.look(over).settled == 1
    assert desk.codes("commune_worker", over, commune=commune) == []


def test_off_hides_it_at_once_and_on_again_shows_the_same(
    desk: AlertDesk, registry: Registry, commune: int
) -> None:
    desk.look(DAY)
    (before,) = desk.told("commune_worker", DAY, commune=commune)
    later, again = (NOON + timedelta(hours=hours) for hours in (1, 2))
    switch_off(desk.session, registry, KEY, at=later)
    assert desk.told("commune_worker", later, commune=commune) == ()
    # nobody looks after a programme that is off: nothing is settled, even past its time
    change = desk.look(later + timedelta(days=30))
    assert (change.raised, change.settled) == (0, 0)
    switch_on(desk.session, registry, KEY, at=again)
    (after,) = desk.told("commune_worker", again, commune=commune)
    assert (after.id, after.raised_at) == (before.id, before.raised_at)


def test_a_province_sets_the_numbers_of_an_alert(desk: AlertDesk, commune: int) -> None:
    from core.profiles.models import ProfileSetting, TenantProfile

    profile = TenantProfile(code="t", valid_from=date(2018, 1, 1), legal_basis=[], source="t")
    desk.put(profile)
    desk.put(
        ProfileSetting(
            profile_id=profile.id,
            code=f"programmes.{KEY}.news_days",
            value_type="integer",
            value="3",
        )
    )
    desk.look(DAY)
    assert desk.look(DAY + timedelta(days=3)).settled == 1


def test_a_faulty_alert_is_reported_and_silences_no_other(
    desk: AlertDesk, registry: Registry, commune: int, door: TenantDoor
) -> None:
    def fails(_moment: Moment) -> Attention:
        return Attention(where=literal(1) / literal(0) > 0, since=literal(DAY))

    own = next(c for c in registry.catalogue.contributions if c.owner == KEY)
    faulty = _changed(own.alerts[0], code=f"{KEY}.a_faulty_one", looks=fails)
    catalogue = Catalogue((Contribution(owner="core"), replace(own, alerts=(faulty, *own.alerts))))
    assert look(desk.session, catalogue, NOON).raised == 1
    assert desk.codes("commune_worker", DAY, commune=commune) == [CODE]
    with door.tenant_session(desk.session.tenant_id, read_only=True) as other:
        (failed,) = other.scalars(
            select(PluginFailure).where(PluginFailure.tenant_id == other.tenant_id)
        )
    assert (failed.declaration, failed.call) == (f"{KEY}.a_faulty_one", Call.ALERT.value)
    assert failed.error == "psycopg.errors.DivisionByZero"


def test_an_alert_that_cannot_say_what_it_looks_at_is_told_to_nobody(
    desk: AlertDesk, registry: Registry, commune: int
) -> None:
    """It raised, then its code broke: the page goes on with the others."""

    def fails(_moment: Moment) -> Attention:
        raise RuntimeError("broken")

    desk.look(DAY)
    own = next(c for c in registry.catalogue.contributions if c.owner == KEY)
    broken = replace(own, alerts=(_changed(own.alerts[0], looks=fails),))
    programmes = registry.enabled({KEY})
    worker = desk.principal("commune_worker", DAY, commune=commune)
    with beside(desk.session, worker.reach) as session:
        told = AlertReader(session, worker, programmes.catalogue)
        silent = AlertReader(session, worker, Catalogue((Contribution(owner="core"), broken)))
        assert KEY in told.owners
        assert KEY not in silent.owners


def _changed(alert: Alert, **changes: object) -> Alert:
    from core.plugin_api import Alert as Declared

    names = ("code", "title", "tone", "acts", "model", "looks", "leads_to", "settings")
    return Declared(**({name: getattr(alert, name) for name in names} | changes))  # type: ignore[arg-type]  # of one kind each


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"acts": ()}, "is for nobody: it needs permissions that begin with sample_meals"),
        ({"acts": ("core.child.read",)}, "is for nobody"),
        ({"looks": None}, "does not say where to look"),
        ({"leads_to": "sample_meals.cooking_class"}, "is no form of its records"),
        ({"leads_to": "sample_meals.nothing"}, "is no form of its records"),
        ({"code": "other.went_without"}, "must begin with sample_meals"),
    ],
)
def test_a_faulty_declaration_stops_the_start(
    registry: Registry, changes: dict[str, object], reason: str
) -> None:
    own = next(c for c in registry.catalogue.contributions if c.owner == KEY)
    faulty = replace(own, alerts=tuple(_changed(alert, **changes) for alert in own.alerts))
    with pytest.raises(PluginError, match=reason):
        Catalogue((Contribution(owner="core"), faulty))


def test_an_alert_is_about_its_owners_records_alone(registry: Registry) -> None:
    from core.register.models import Child

    own = next(c for c in registry.catalogue.contributions if c.owner == KEY)
    faulty = replace(own, alerts=tuple(_changed(alert, model=Child) for alert in own.alerts))
    with pytest.raises(PluginError, match="is about records of another owner"):
        Catalogue((Contribution(owner="core"), faulty))
