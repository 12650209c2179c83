"""Lists of children sent by somebody of two communes, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text

from core.identity.principal import Principal
from core.imports import repository, service
from core.imports.taking_in import Acting
from core.indicators.stale import marker
from core.register.models import Child, ChildNameToken, Household
from core.tenancy.door import TenantDoor
from core.tenancy.reach import Reach
from tests.core.imports.books import GOOD, book
from tests.core.register.conftest import NOW, ON, communes, register

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from core.imports.findings import Finding
    from core.kit.language import Text
    from core.tenancy.session import TenantSession
    from core.testing.database import TestDatabase
    from core.vault.sealing import Vault
    from tests.core.register.conftest import Register

__all__ = ["communes", "register"]  # fixtures

EMPTIED = (
    "record_change",
    "child_import",
    "child",
    "household",
    "audit_entry",
    "figure_stale",
    "figure_cell",
)
RIGHTS = frozenset({"core.child.import", "core.child.enter", "core.child.read"})


@dataclass(frozen=True)
class Outcome:
    """What became of one list."""

    import_id: UUID
    state: str
    counts: dict[str, int]
    findings: list[Finding]
    refusal: Text | None

    def reasons(self) -> dict[int, str]:
        """By row, why it was not taken in."""
        return {one.row: one.reason("vi") for one in self.findings}


@dataclass(frozen=True)
class Lists:
    """Sends lists for one person and takes them in."""

    door: TenantDoor
    here: int
    there: int
    of: Register
    account: UUID = field(default_factory=uuid4)
    size: int = 3
    rights: frozenset[str] = RIGHTS

    @property
    def reach(self) -> Reach:
        return Reach(communes=frozenset({self.here, self.there}), holder=self.account)

    def open(self, reach: Reach | None = None) -> AbstractContextManager[TenantSession]:
        return self.door.tenant_session(self.of.tenant, reach=reach or self.reach)

    def principal(
        self, reach: Reach | None = None, rights: frozenset[str] | None = None
    ) -> Principal:
        return Principal(
            account_id=self.account,
            tenant_id=self.of.tenant,
            tenant_slug="tinh",
            display_name="",
            roles=(),
            permissions=self.rights if rights is None else rights,
            reach=reach or self.reach,
        )

    def acting(self, reach: Reach | None = None) -> Acting:
        catalogue = self.of.catalogue
        return Acting(
            self.principal(reach), NOW, ON, catalogue.forms, tuple(catalogue.measures.values())
        )

    def ask(self, content: bytes, reach: Reach | None = None, **options: bool) -> UUID:
        with self.open(reach) as session:
            return service.ask(
                session,
                content,
                updates=options.get("updates", False),
                dry_run=options.get("dry_run", False),
                principal=self.principal(reach),
                now=NOW,
            ).id

    def send(self, content: bytes, reach: Reach | None = None, **options: bool) -> Outcome:
        """Send a workbook and wait for its end."""
        import_id = self.ask(content, reach, **options)
        self.finish(import_id, reach)
        return self.outcome(import_id)

    def finish(self, import_id: UUID, reach: Reach | None = None) -> None:
        with self.open(reach) as session:
            service.take_apart(session, import_id, self.acting(reach), size=self.size)
        while (number := self.next(import_id)) is not None:
            with self.open(reach) as session:
                service.take_in(session, import_id, number, self.acting(reach))

    def next(self, import_id: UUID) -> int | None:
        with self.open() as session:
            asked = repository.import_by_id(session, import_id)
            assert asked is not None
            return repository.first_to_do(session, import_id) if asked.state == "working" else None

    def outcome(self, import_id: UUID) -> Outcome:
        with self.open() as session:
            seen = service.overview(session, import_id, self.principal())
            findings = list(service.findings_of(session, seen.asked))
            return Outcome(import_id, seen.asked.state, dict(seen.counts), findings, seen.refusal)

    def rows(self, *changes: dict[str, Any], **more: Any) -> Outcome:
        """Send a workbook of good rows with these changes."""
        return self.send(book([GOOD | change for change in changes]), **more)

    def children(self) -> list[dict[str, Any]]:
        """All children, by name."""
        columns = [c for c in Child.__table__.columns if c.name != "created_at"]
        with self.open(Reach.whole_tenant()) as session:
            statement = (
                select(*(getattr(Child, c.name) for c in columns))
                .where(Child.tenant_id == session.tenant_id)
                .order_by(Child.name_sort, Child.id)
            )
            return [dict(row._mapping) for row in session.execute(statement)]

    def words(self, child_id: UUID) -> set[str]:
        with self.open(Reach.whole_tenant()) as session:
            statement = select(ChildNameToken.token).where(
                ChildNameToken.tenant_id == session.tenant_id, ChildNameToken.child_id == child_id
            )
            return set(session.scalars(statement))

    def count(self, model: Any, *conditions: Any) -> int:
        with self.open(Reach.whole_tenant()) as session:
            statement = select(func.count(model.id)).where(
                model.tenant_id == session.tenant_id, *conditions
            )
            return session.execute(statement).scalar_one()

    def household(self, code: str, commune: int) -> UUID:
        with self.open(Reach.whole_tenant()) as session:
            row = Household(
                household_code=code,
                commune_id=commune,
                address="Tổ 1",
                head_name="Nguyễn Văn Chủ",
                head_fold="nguyen van chu",
                poverty_status="unknown",
                residence_status="permanent",
                generated=True,
            )
            session.add(row)
            session.flush()
            return row.id


@pytest.fixture
def lists(
    database: TestDatabase, communes: tuple[int, int], register: Register, vault: Vault
) -> Lists:
    """A person of two communes, and a register without anybody."""
    measures = register.catalogue.measures.values()
    door = TenantDoor(database.runtime, listeners=[marker(measures)], vault=vault)
    with database.owner.begin() as connection:
        for table in EMPTIED:
            connection.execute(text(f"TRUNCATE core.{table} CASCADE"))
    return Lists(door, *communes, of=register)


def texts(outcome: Outcome) -> Sequence[str]:
    return [one.reason("vi") for one in outcome.findings]
