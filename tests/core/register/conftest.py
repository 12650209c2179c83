"""A province's register to fill by hand, with a door that marks figures as the program's does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, select

from core.areas.models import COMMUNE, Area
from core.areas.repository import exists_on
from core.contribution import core_contribution
from core.forms import service as forms
from core.forms.context import FormContext
from core.forms.correcting import correct, open_to_correct
from core.identity.principal import Principal
from core.indicators.count import recount, verify
from core.indicators.door import FigureDoor
from core.indicators.stale import marker
from core.kit.text import vi_sort_key
from core.register.circumstances.groups import CONFIDENTIAL
from core.register.models import Child
from core.register.service import find_child, find_household, index_child
from core.registry.catalogue import Catalogue
from core.tenancy.door import TenantDoor
from core.tenancy.reach import Reach
from core.testing.database import vault_of_tests

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from uuid import UUID

    from core.plugin_api.forms import Form
    from core.tenancy.session import TenantSession
    from core.testing.database import TestDatabase

ON = date(2018, 6, 1)
NOW = datetime(2018, 6, 1, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Register:
    """One tenant's register: its door, two communes, and shorthands."""

    tenant: int
    door: TenantDoor
    here: int
    there: int
    catalogue: Catalogue

    def open(self, reach: Reach | None = None) -> AbstractContextManager[TenantSession]:
        """A session; without a reach of the whole tenant less what is confidential."""
        return self.door.tenant_session(self.tenant, reach=reach)

    def child(self, name: str | None = "Nguyễn Văn An", **more: Any) -> UUID:
        """Store a child, findable by its name."""
        with self.open() as session:
            return new_child(session, more.pop("commune_id", self.here), name, **more).id

    def submit(
        self, code: str, reach: Reach | None = None, *, by: UUID | None = None, **answers: Any
    ) -> UUID:
        """Enter one of the register's forms as a person of this reach would."""
        reach = reach or Reach.whole_tenant()
        form = self.catalogue.forms[f"core.{code}"]
        with self.open(reach) as session:
            stored = forms.submit(
                session,
                form,
                answers,
                key=f"key-{next(_NUMBERS)}",
                principal=self._person(form, reach, by),
                context=self._context(session),
                now=NOW,
            )
        return stored.record_id

    def correct(self, code: str, record_id: UUID, version: int = 0, **changed: Any) -> bool:
        """Put these answers in the place of the stored ones, as whoever enters them may."""
        form = self.catalogue.forms[f"core.{code}"]
        reach = Reach.whole_tenant()
        person = self._person(form, reach)
        with self.open(reach) as session:
            opened = open_to_correct(session, form, record_id, person)
            return correct(
                session,
                form,
                record_id,
                opened.raw | changed,
                version=version,
                principal=person,
                context=self._context(session),
                now=NOW,
            )

    def _person(self, form: Form, reach: Reach, by: UUID | None = None) -> Principal:
        return Principal(
            account_id=by,
            tenant_id=self.tenant,
            tenant_slug="tinh",
            display_name="",
            roles=(),
            permissions=frozenset({form.enters, form.sees}),
            reach=reach,
        )

    def _context(self, session: TenantSession) -> FormContext:
        return FormContext(
            today=ON,
            communes={self.here: "Đây", self.there: "Kia"},
            find_child=lambda text: find_child(session, text),
            find_household=lambda text: find_household(session, text),
        )

    def circumstance(self, child: UUID, group: str, since: str = "01/01/2018", **more: Any) -> UUID:
        """Enter a group of special circumstances."""
        return self.submit(
            "special_circumstance", child_id=child, group_code=group, from_date=since, **more
        )

    def support(self, child: UUID, on: str) -> UUID:
        """Enter a help given on a day."""
        return self.submit(
            "support_delivery",
            child_id=child,
            delivered_on=on,
            support_type="gift",
            protection_level="prevention",
        )

    def count(self) -> None:
        """Count what is stale, and prove that nothing is missing."""
        measures = tuple(self.catalogue.measures.values())
        with self.open(Reach.counting()) as session:
            while recount(session, measures):
                pass
            assert verify(session, measures) == []

    def figures(self, session: TenantSession) -> FigureDoor:
        """The door for figures of a reader."""
        return FigureDoor(session, self.catalogue)


def _numbers() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"{number:06}"


_NUMBERS = _numbers()


def new_child(session: TenantSession, commune: int, name: str | None, **more: Any) -> Child:
    """Store a child in an open session."""
    values: dict[str, Any] = {
        "sex": "female",
        "date_of_birth": date(2010, 1, 1),
        "dob_precision": "day",
        "ethnicity": "kinh",
        "birth_registration": "registered",
        "relation_to_head": "no_household",
        "residence_status": "permanent",
        "schooling": "primary",
        "registered_on": date(2017, 1, 1),
        "source": "survey",
        "generated": True,
    } | more
    child = Child(
        commune_id=commune,
        full_name=name,
        name_unknown=name is None,
        name_sort=vi_sort_key(name or ""),
        **values,
    )
    session.add(child)
    session.flush()
    index_child(session, child)
    return child


@pytest.fixture(scope="module")
def communes(database: TestDatabase) -> tuple[int, int]:
    """Two communes that were there in 2018."""
    with database.owner.connect() as connection:
        statement = select(Area.id).where(Area.level == COMMUNE, exists_on(ON)).order_by(Area.id)
        first, second = connection.scalars(statement.limit(2))
    return first, second


@pytest.fixture(scope="module")
def register(database: TestDatabase, communes: tuple[int, int]) -> Register:
    """The register of one tenant, shared by the tests of a module."""
    catalogue = Catalogue((core_contribution(),))
    listeners = [marker(catalogue.measures.values())]
    door = TenantDoor(database.runtime, listeners, vault_of_tests())
    return Register(3, door, *communes, catalogue)


@pytest.fixture
def statements(database: TestDatabase) -> Iterator[list[str]]:
    """Every statement that the runtime login says."""
    said: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(database.runtime, "before_cursor_execute", listen)
    yield said
    event.remove(database.runtime, "before_cursor_execute", listen)


def worker(register: Register, holder: UUID) -> Reach:
    """The reach of a commune's worker."""
    return Reach(
        communes=frozenset({register.here}), assigned=frozenset({CONFIDENTIAL}), holder=holder
    )


def overseer() -> Reach:
    """The reach of the province's confidential officer."""
    return Reach(communes=None, confidential=frozenset({CONFIDENTIAL}))
