"""The four national programmes over a real database, and a context for report sections."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import select

from core.areas.models import COMMUNE, Area
from core.areas.repository import exists_on
from core.forms.context import FormContext
from core.forms.service import check_answers
from core.indicators.count import recount_all
from core.indicators.door import FigureDoor
from core.kit.periods import Period
from core.migrations.runner import migrate
from core.plugin_api import DemoChild, DemoWorld, Figure, FigureState
from core.register.contribution import CORE_REGISTER
from core.register.models import Child, Household
from core.registry.loading import installed_entry_points
from core.registry.models import ProgrammeEnablement
from core.registry.service import Registry
from core.tenancy.door import TenantDoor
from core.tenancy.reach import Reach
from core.testing.alerts import AlertDesk, alert_desk
from core.testing.database import TEST_PREFIX, TestDatabase, database_copy, vault_of_tests
from core.testing.plugins import declare_province

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from core.forms.service import Checked

KEYS = ("child_labour", "drowning_prevention", "orphan_care", "sexual_abuse")
TODAY = date(2018, 12, 31)
COMMUNE_ID = 101
CHILD_ID = UUID("11111111-1111-4111-8111-111111111111")


@pytest.fixture(scope="session")
def registry() -> Registry:
    """The four programmes, found as an installation finds them."""
    points = [point for point in installed_entry_points() if point.name in KEYS]
    return Registry.discover(CORE_REGISTER, points=points)


@pytest.fixture
def check(registry: Registry) -> Callable[[str, Mapping[str, Any]], Checked]:
    """Check answers to a form as a page sends them; one commune and one child are known."""
    context = FormContext(
        today=TODAY,
        communes={COMMUNE_ID: "Xã Một"},
        find_child=lambda text: CHILD_ID if text == str(CHILD_ID) else None,
        find_household=lambda text: CHILD_ID if text == str(CHILD_ID) else None,
    )
    return lambda code, answers: check_answers(registry.catalogue.forms[code], answers, context)


@pytest.fixture
def faults(check: Callable[[str, Mapping[str, Any]], Checked]) -> Callable[..., set[str]]:
    """The fields at fault."""
    return lambda code, answers: {error.field for error in check(code, answers).errors}


@dataclass
class Told:
    """A ``SectionContext`` whose figures are told beforehand; what is not told is zero.

    ``cells`` is keyed by code, or by ``(code, key of the breakdown)``; ``before`` is last year.
    """

    keys: Mapping[str, Sequence[str]]
    cells: Mapping[Any, int] = field(default_factory=dict)
    before: Mapping[Any, int] = field(default_factory=dict)
    states: Mapping[str, FigureState] = field(default_factory=dict)
    state_before: FigureState = FigureState.NUMBER
    year: int = 2018
    has_districts: bool = True

    def indicator(self, code: str, *, last_year: bool = False) -> Figure:
        """An indicator."""
        return self._figure(code, code, last_year=last_year)

    def measure(
        self,
        code: str,
        *,
        last_year: bool = False,
        sex: str | None = None,
        age_band: str | None = None,
        detail: str | None = None,
    ) -> Figure:
        """A measure or a cell of it."""
        key = sex or age_band or detail
        return self._figure(code, (code, key) if key else code, last_year=last_year)

    def by(self, code: str, breakdown: str, *, last_year: bool = False) -> Mapping[str, Figure]:
        """Every declared cell."""
        return {
            key: self._figure(code, (code, key), last_year=last_year)
            for key in self.keys[breakdown if breakdown != "detail" else code]
        }

    def by_commune(self, code: str) -> Mapping[str, Figure]:
        """One commune with the whole figure."""
        return {"Xã Một": self._figure(code, code, last_year=False)}

    def planned(self, activity_code: str) -> int | None:
        """What was told of the activity."""
        return self.cells.get(activity_code)

    def _figure(self, code: str, cell: Any, *, last_year: bool) -> Figure:
        state = self.state_before if last_year else self.states.get(code, FigureState.NUMBER)
        counts = self.before if last_year else self.cells
        value = Decimal(counts.get(cell, 0)) if state is FigureState.NUMBER else None
        return Figure(code, state, value)


@pytest.fixture
def told(registry: Registry) -> Callable[..., Told]:
    """Makes a context for a section."""
    details = {
        code: [option.value for option in measure.detail_options]
        for code, measure in registry.catalogue.measures.items()
    }
    shared = {
        "sex": ["male", "female"],
        "age_band": ["0-5", "6-10", "11-12", "13-15", "16-17"],
    }
    return lambda **given: Told(keys=details | shared, **given)


@pytest.fixture(scope="module")
def programmes(core_template: str, registry: Registry) -> Iterator[TestDatabase]:
    """A copy of core's database with the tables of the four programmes."""
    with database_copy(core_template) as copy:
        migrate(copy.owner, registry.chains, login_prefix=TEST_PREFIX)
        yield copy


@pytest.fixture(scope="module")
def communes(programmes: TestDatabase) -> tuple[int, ...]:
    """Three real communes of 2018."""
    statement = select(Area.id).where(Area.level == COMMUNE, exists_on(TODAY)).order_by(Area.id)
    with programmes.owner.connect() as connection:
        return tuple(connection.scalars(statement.limit(3)))


@pytest.fixture
def counted(
    programmes: TestDatabase, registry: Registry, communes: tuple[int, ...]
) -> Callable[..., Any]:
    """Stores rows, counts everything, gives the door of figures, and takes all back."""

    @contextmanager
    def count(*rows: object, tenant: int = 1) -> Iterator[FigureDoor]:
        session = TenantDoor(programmes.runtime, vault=vault_of_tests()).open(
            tenant, reach=Reach.counting()
        )
        try:
            since = datetime(2015, 1, 1, tzinfo=UTC)
            session.add_all(ProgrammeEnablement(programme=key, valid_from=since) for key in KEYS)
            declare_province(session, communes[0])
            for row in rows:
                session.add(row)
                session.flush()  # in the order given: without relationships none is known
            recount_all(session, registry.catalogue.measures.values())
            yield FigureDoor(session, registry.catalogue)
        finally:
            session.rollback()
            session.close()

    return count


@pytest.fixture
def desk(
    programmes: TestDatabase, registry: Registry, communes: tuple[int, ...]
) -> Iterator[AlertDesk]:
    """Stores rows, looks for alerts and reads them; everything is taken back."""
    door = TenantDoor(programmes.runtime, vault=vault_of_tests())
    with alert_desk(door, registry) as opened:
        since = datetime(2015, 1, 1, tzinfo=UTC)
        opened.put(*(ProgrammeEnablement(programme=key, valid_from=since) for key in KEYS))
        declare_province(opened.session, communes[0])
        yield opened


@pytest.fixture
def year() -> Any:
    """The whole of 2018."""
    return Period.parse("2018").window


@pytest.fixture
def make_child(communes: tuple[int, ...]) -> Callable[..., Child]:
    """Makes a child of the register, not yet stored."""

    def make(number: int = 1, **given: Any) -> Child:
        values = {
            "id": UUID(int=number, version=4),
            "commune_id": communes[0],
            "name_unknown": True,
            "name_sort": "",
            "sex": "female",
            "date_of_birth": date(2010, 2, 5),
            "dob_precision": "day",
            "birth_registration": "registered",
            "relation_to_head": "child",
            "residence_status": "permanent",
            "schooling": "lower_secondary",
            "status": "active",
            "source": "survey",
            "ethnicity": "kinh",
            "generated": True,
        }
        values |= given
        return Child(registered_on=values["date_of_birth"], **values)

    return make


@pytest.fixture
def make_home() -> Callable[..., Household]:
    """Makes the household of a generated child, not yet stored."""

    def make(child: DemoChild) -> Household:
        return Household(
            id=child.household_id,
            commune_id=child.commune_id,
            address="Tổ 1",
            head_name="Chủ hộ",
            head_fold="chu ho",
            poverty_status="average",
            poverty_year=2018,
            residence_status="permanent",
            generated=True,
        )

    return make


@pytest.fixture
def world(communes: tuple[int, ...]) -> DemoWorld:
    """A small world of a thousand generated children for the demonstration's records."""
    chance = Random(7)  # noqa: S311  seeds generated records
    children = tuple(
        DemoChild(
            id=UUID(int=number + 1, version=4),
            sex="male" if number % 2 else "female",
            born=date(chance.randint(2003, 2017), chance.randint(1, 12), chance.randint(1, 28)),
            commune_id=communes[number % len(communes)],
            household_id=UUID(int=1_000_000 + number, version=4),
        )
        for number in range(1000)
    )
    return DemoWorld("tinh_mot", 2018, Random(11), communes, children)  # noqa: S311  same
