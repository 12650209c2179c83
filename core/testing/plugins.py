"""Trying a plugin over a real database: its records go through its forms and are counted."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from importlib.metadata import EntryPoint
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import insert, select

from core.access.agreements import (
    MANAGE,
    Terms,
    add_partner,
    agreements,
    conclude,
    fields_to_agree_on,
)
from core.areas.load import load_areas
from core.areas.models import COMMUNE, Area
from core.areas.repository import ancestors, exists_on
from core.contribution import core_contribution
from core.forms.service import AnswersRefusedError, context_for, submit
from core.identity.principal import Principal
from core.indicators.count import recount
from core.indicators.door import FigureDoor
from core.indicators.stale import marker
from core.kit.ids import new_id
from core.kit.language import Text
from core.kit.periods import Period
from core.migrations.runner import migrate
from core.partners.service import ENROL
from core.plugin_api.values import DemoWorld, Submission
from core.profiles.models import TenantProfile
from core.profiles.repository import province_of
from core.register.models import Child, Household
from core.registry.enablement import switch_on
from core.registry.loading import GROUP, installed_entry_points
from core.registry.service import Registry
from core.tenancy.door import TenantDoor
from core.tenancy.models import Tenant
from core.tenancy.reach import Reach
from core.testing.children import children, home, row, said
from core.testing.database import TestDatabase, database_copy, ensure_template, vault_of_tests

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from types import ModuleType

    from core.plugin_api.documents import Figure
    from core.registry.loading import PluginPoint
    from core.tenancy.session import TenantSession

PROVINCES = ((1, "tinh_mot", "Tỉnh Một"), (2, "tinh_hai", "Tỉnh Hai"))
DAY = date(2018, 12, 31)
SINCE = datetime(2015, 1, 1, tzinfo=UTC)
UNTIL = date(2199, 12, 31)
YEAR = 2018
_COMMUNES = 3


class _TakenBackError(Exception):
    """What was entered is taken back again."""


@dataclass(frozen=True, slots=True)
class PluginWorld:
    """Two look-alike provinces over a database that has the plugin's tables."""

    registry: Registry
    database: TestDatabase
    door: TenantDoor
    communes: tuple[int, ...]

    def demo(self, tenant_slug: str = "tinh_mot", *, seed: int = YEAR) -> DemoWorld:
        """What a plugin draws on for generated records: always the same for one seed."""
        chance = Random(seed)  # noqa: S311  seeds generated records
        projects = (info.key for info in self.registry.plugins if info.project)
        return DemoWorld(
            tenant_slug,
            YEAR,
            chance,
            self.communes,
            children(self.communes),
            agreed=dict.fromkeys(projects, self.communes),
        )

    def switch_on(self, key: str, tenant_id: int) -> None:
        """Switch a plugin on, and first what it requires; a project gets its agreement."""
        for needed in self.registry.info(key).requires:
            self.switch_on(needed, tenant_id)
        with self.door.tenant_session(tenant_id) as session:
            switch_on(session, self.registry, key, at=SINCE)
            if self.registry.info(key).project and not agreements(session):
                self._agree(session, key)

    def _agree(self, session: TenantSession, key: str) -> None:
        """A partner that may be shown every personal field, in the communes of this world."""
        partner = add_partner(session, code="doi_tac", name=Text("Đối tác", "Partner"), now=SINCE)
        terms = Terms(
            number="01/TT",
            programme=key,
            purpose="Thử",
            fields=frozenset(fields_to_agree_on(key)),
            areas=frozenset(self.communes),
            valid_from=SINCE.date(),
            valid_to=UNTIL,
        )
        by = self.everybody(session.tenant_id)
        conclude(session, partner.id, terms, programmes={key}, by=by, now=SINCE)

    def enter(self, tenant_id: int, submissions: Sequence[Submission]) -> list[tuple[str, UUID]]:
        """Enter records through their forms, as a person of the tenant would; code and id of each.

        Raises:
            AnswersRefusedError: a form does not take the answers.
        """
        with self.door.tenant_session(tenant_id, reach=Reach.counting()) as session:
            return self._enter(session, tenant_id, submissions)

    def refused(self, tenant_id: int, submission: Submission) -> Mapping[str, Text]:
        """What the form says against these answers, by field; nothing where it takes them.

        Nothing is stored either way.
        """
        try:
            with self.door.tenant_session(tenant_id, reach=Reach.counting()) as session:
                self._enter(session, tenant_id, [submission])
                raise _TakenBackError  # noqa: TRY301  ends the transaction
        except AnswersRefusedError as refused:
            return {error.field: error.message for error in refused.errors}
        except _TakenBackError:
            return {}

    def count(self, tenant_id: int) -> None:
        """Bring all figures up to date, as the worker does."""
        measures = tuple(self.registry.catalogue.measures.values())
        with self.door.tenant_session(tenant_id, reach=Reach.counting()) as session:
            while recount(session, measures):
                pass

    def figure(self, tenant_id: int, code: str, period: str = str(YEAR)) -> Figure:
        """A measure or an indicator, as a report of the period states it."""
        window = Period.parse(period).window
        with self.door.tenant_session(tenant_id) as session:
            return FigureDoor(session, self.registry.catalogue).figure(code, window)

    def _enter(
        self, session: TenantSession, tenant_id: int, submissions: Sequence[Submission]
    ) -> list[tuple[str, UUID]]:
        done = []
        made: dict[str, UUID] = {}
        self._make_children(session, submissions)
        for one in submissions:
            form = self.registry.catalogue.forms[one.form_code]
            # each right to enter is another person's account
            person = self.everybody(tenant_id, form.enters)
            stored = submit(
                session,
                form,
                one.pointing(made),
                key=f"generated-{new_id().hex}",
                principal=person,
                context=context_for(session, person, one.on, forms=self.registry.catalogue.forms),
                now=datetime.combine(one.on, time(5, tzinfo=UTC)),
                generated=True,
            )
            if one.name is not None:
                made[one.name] = stored.record_id
            done.append((form.code, stored.record_id))
        return done

    def everybody(self, tenant_id: int, account: str = "everybody") -> Principal:
        """Somebody with every right in every form."""
        forms = self.registry.catalogue.forms.values()
        return Principal(
            account_id=uuid5(NAMESPACE_OID, account),
            tenant_id=tenant_id,
            tenant_slug=_slug(tenant_id),
            display_name="Cán bộ",
            roles=("commune_worker",),
            permissions=frozenset({ENROL, MANAGE, *(r for f in forms for r in (f.enters, f.sees))}),
            reach=Reach(communes=frozenset(self.communes)),
        )

    def _make_children(self, session: TenantSession, submissions: Sequence[Submission]) -> None:
        """Store those generated children that the answers name, unless they are there."""
        named = {text for one in submissions for text in said(one.answers)}
        wanted = {
            c.id: c
            for c in children(self.communes)
            if str(c.id) in named or str(c.household_id) in named
        }
        there = session.scalars(
            select(Child.id).where(Child.tenant_id == session.tenant_id, Child.id.in_(wanted))
        )
        for known in there.all():
            del wanted[known]
        homes = {c.household_id: home(c) for c in wanted.values()}
        found = select(Household.id).where(
            Household.tenant_id == session.tenant_id, Household.id.in_(list(homes))
        )
        for there_already in session.scalars(found).all():
            del homes[there_already]
        session.add_all(homes.values())
        session.flush()
        session.add_all(row(child) for child in wanted.values())
        session.flush()


def _slug(tenant_id: int) -> str:
    return {number: slug for number, slug, _ in PROVINCES}[tenant_id]


def figures_of(
    plugin: ModuleType, records: Iterable[tuple[str, Mapping[str, Any]]], period: str = str(YEAR)
) -> Mapping[str, Figure]:
    """A plugin's indicators when these records were entered: pairs of form code and answers.

    The commune is answered for you where the form asks for one. For the worked example of an
    indicator: real tables, real forms, the count that reports use.
    """
    key = plugin.PLUGIN.key
    registry = registry_with(EntryPoint(name=key, value=plugin.__name__, group=GROUP))
    with migrated_copy(registry) as database:
        world = open_world(registry, database)
        world.switch_on(key, 1)
        world.enter(1, [_submission(registry, world, code, answers) for code, answers in records])
        world.count(1)
        owner = registry.catalogue.owner_of
        return {
            code: world.figure(1, code, period)
            for code, indicator in registry.catalogue.indicators.items()
            if owner[code] == key and indicator.formula is not None
        }


def registry_with(*given: PluginPoint) -> Registry:
    """The plugins, those they require if they are installed, and core.

    Raises:
        PluginError: the plugin does not load.
    """
    others = {one.name: one for one in installed_entry_points()}
    points: dict[str, PluginPoint] = {point.name: point for point in given}
    waiting = list(given)
    while waiting:
        card = getattr(waiting.pop().load(), "PLUGIN", None)
        for needed in getattr(card, "requires", ()):
            if needed in others and needed not in points:
                points[needed] = others[needed]
                waiting.append(others[needed])
    return Registry.discover(core_contribution(), points=tuple(points.values()))


@contextmanager
def migrated_copy(registry: Registry, *, without: str = "") -> Iterator[TestDatabase]:
    """A fresh database with core's tables and the plugins', but for those of one plugin."""
    chains = [chain for chain in registry.chains if chain.key != without]
    with database_copy(ensure_template(fill=fill_provinces)) as database:
        migrate(database.owner, chains, login_prefix=database.addresses.prefix)
        yield database


def open_world(registry: Registry, database: TestDatabase) -> PluginWorld:
    """The provinces of a migrated copy."""
    statement = select(Area.id).where(Area.level == COMMUNE, exists_on(DAY)).order_by(Area.id)
    with database.owner.connect() as connection:
        communes = tuple(connection.scalars(statement.limit(_COMMUNES)))
    listeners = [marker(registry.catalogue.measures.values())]
    door = TenantDoor(database.runtime, listeners, vault_of_tests())
    for number, _, _ in PROVINCES:
        with door.tenant_session(number) as session:
            declare_province(session, communes[0])
    return PluginWorld(registry, database, door, communes)


def declare_province(session: TenantSession, commune: int) -> None:
    """Say of which province the tenant's communes are, so that figures know how many there are."""
    if province_of(session, DAY) is None:
        province = ancestors(session, commune)[-1].id
        lists: dict[str, list[str]] = {"legal_basis": [], "unknown": []}
        session.add(TenantProfile(code="tests", area_id=province, source="tests", **lists))
        session.flush()


def fill_provinces(database: TestDatabase) -> None:
    """Areas, and two provinces that differ in nothing but their names."""
    with database.owner.begin() as connection:
        load_areas(connection)
        for number, slug, name in PROVINCES:
            row = {"id": number, "slug": slug, "kind": "province", "name_vi": name}
            connection.execute(insert(Tenant).values(name_en=name, **row))


def _submission(
    registry: Registry, world: PluginWorld, code: str, answers: Mapping[str, Any]
) -> Submission:
    fields = registry.catalogue.forms[code].fields
    communes = {f.name: str(world.communes[0]) for f in fields if f.kind == "commune"}
    return Submission(code, communes | dict(answers), DAY)
