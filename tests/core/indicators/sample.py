"""A small programme of the tests' own: one flow, one stock, one confidential measure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import MetaData, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from core.areas.models import Area
from core.db.base import Base, DataClass, internal
from core.kit.language import Text
from core.plugin_api.figures import Count, Indicator, Measure, Ratio
from core.plugin_api.forms import Option
from core.registry.catalogue import Catalogue, Contribution
from core.registry.models import ProgrammeEnablement
from core.tenancy.models import AreaScoped, Confidential, Tenant, TenantOwned
from core.tenancy.policies import protect_statements
from core.tenancy.reach import Reach
from core.testing.database import TEST_PREFIX, TestDatabase

if TYPE_CHECKING:
    from uuid import UUID

    from core.tenancy.door import TenantDoor

SCHEMA = "sample"


class LocalBase(DeclarativeBase):
    """Apart from the product's base, so that no other test meets these tables."""

    metadata = MetaData(schema=SCHEMA)
    type_annotation_map = Base.type_annotation_map


class Sighting(TenantOwned, AreaScoped, LocalBase):
    """A flow."""

    __tablename__ = "sighting"
    seen_on: Mapped[date | None] = mapped_column(info=internal("test"))
    status: Mapped[str] = mapped_column(info=internal("test"))
    sex: Mapped[str | None] = mapped_column(info=internal("test"))
    age: Mapped[int | None] = mapped_column(info=internal("test"))
    kind: Mapped[str | None] = mapped_column(info=internal("test"))
    amount: Mapped[int] = mapped_column(info=internal("test"))


class Stay(TenantOwned, AreaScoped, LocalBase):
    """A stock."""

    __tablename__ = "stay"
    came_on: Mapped[date] = mapped_column(info=internal("test"))
    left_on: Mapped[date | None] = mapped_column(info=internal("test"))
    sex: Mapped[str | None] = mapped_column(info=internal("test"))


class Secret(TenantOwned, AreaScoped, Confidential, LocalBase):
    """A confidential flow, dated by a moment."""

    __tablename__ = "secret"
    confidential_key = "quiet"
    detected_at: Mapped[datetime] = mapped_column(info=internal("test"))
    sex: Mapped[str | None] = mapped_column(info=internal("test"))


for table in (Tenant.__table__, Area.__table__):
    table.to_metadata(LocalBase.metadata)

NAME = Text(vi="Thử", en="Test")
KINDS = (Option("river", NAME), Option("pond", NAME))
SEEN = Measure(
    code="sample.seen",
    name=NAME,
    model=Sighting,
    kind="flow",
    date="seen_on",
    where=Sighting.status == "kept",
    sex="sex",
    age="age",
    detail="kind",
    detail_options=KINDS,
)
AMOUNT = Measure(
    code="sample.amount", name=NAME, model=Sighting, kind="flow", date="seen_on", sums="amount"
)
STAYING = Measure(
    code="sample.staying",
    name=NAME,
    model=Stay,
    kind="stock",
    date="came_on",
    until="left_on",
    sex="sex",
)
QUIET = Measure(
    code="quiet.detected",
    name=NAME,
    model=Secret,
    kind="flow",
    date="detected_at",
    sex="sex",
    sensitivity=DataClass.RESTRICTED,
)
MEASURES = (SEEN, AMOUNT, STAYING, QUIET)


def indicator(code: str, formula: Count | Ratio | None, **more: object) -> Indicator:
    """An indicator with the texts that do not matter here."""
    return Indicator(
        code=code,
        name=NAME,
        definition=NAME,
        unit=NAME,
        direction="none",
        frequency=("Q",),
        formula=formula,
        **more,  # type: ignore[arg-type]  # passed through
    )


CATALOGUE = Catalogue(
    (
        Contribution(
            owner="sample",
            measures=(SEEN, AMOUNT, STAYING),
            indicators=(
                indicator("SAM-01", Count("sample.seen")),
                indicator("SAM-02", Ratio("sample.seen", "sample.staying")),
                indicator("SAM-03", None),
            ),
        ),
        Contribution(
            owner="quiet",
            measures=(QUIET,),
            indicators=(
                indicator("QUI-01", Count("quiet.detected")),
                indicator("QUI-02", Ratio("quiet.detected", "sample.staying", per=100_000)),
            ),
        ),
    )
)


@dataclass(frozen=True)
class World:
    """Doors, communes and shorthands for one test."""

    database: TestDatabase
    door: TenantDoor
    communes: tuple[int, ...]
    measures: tuple[Measure, ...] = MEASURES
    catalogue: Catalogue = CATALOGUE
    sighting: type[Sighting] = Sighting
    stay: type[Stay] = Stay
    secret: type[Secret] = Secret
    base: type[LocalBase] = field(default=LocalBase, repr=False)

    def add(self, *rows: object, tenant: int = 1) -> None:
        """Store rows in one transaction."""
        with self.door.tenant_session(tenant, reach=Reach.counting()) as session:
            session.add_all(rows)

    def count(self, tenant: int = 1, limit: int = 500) -> int:
        """Count until nothing is stale; how many cells that took."""
        from core.indicators.count import recount

        total, done = 0, -1
        while done != 0:
            with self.door.tenant_session(tenant, reach=Reach.counting()) as session:
                done = recount(session, self.measures, limit=limit)
            total += done
        return total

    def differences(self, tenant: int = 1) -> list[object]:
        """What a count from scratch would change."""
        from core.indicators.count import verify

        with self.door.tenant_session(tenant, reach=Reach.counting()) as session:
            return list(verify(session, self.measures))

    def switch_on(self, programme: str, since: datetime, tenant: int = 1) -> None:
        """Switch a programme on from a moment."""
        self.add(ProgrammeEnablement(programme=programme, valid_from=since), tenant=tenant)

    def seen(self, on: date, commune: int, **more: object) -> UUID:
        """Store one sighting of tenant 1."""
        row = Sighting(seen_on=on, commune_id=commune, **{"status": "kept", "amount": 1, **more})
        self.add(row)
        return row.id


@pytest.fixture(scope="module")
def sample_tables(database: TestDatabase) -> None:
    """The tables of the sample programme, behind the wall."""
    tables = [t for t in LocalBase.metadata.sorted_tables if t.schema == SCHEMA]
    with database.owner.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
        connection.execute(text(f"GRANT USAGE ON SCHEMA {SCHEMA} TO {TEST_PREFIX}_runtime"))
        LocalBase.metadata.create_all(connection, tables=tables)
        for made in tables:
            for statement in protect_statements(SCHEMA, made.name, prefix=TEST_PREFIX):
                connection.execute(text(statement))
