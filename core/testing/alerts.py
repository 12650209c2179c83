"""Trying alerts: look as the job does, and read what a person of a role is told."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from core.access.agreements import agreements
from core.access.decision import principal_of
from core.access.surroundings import look_around
from core.alerts.models import RaisedAlert
from core.alerts.raising import Change, look
from core.alerts.reading import AlertReader
from core.identity.models import Stage
from core.identity.service import GivenRole, SignedIn
from core.kit.ids import new_id
from core.registry.enablement import enabled_keys
from core.reports import missed
from core.tenancy.beside import beside
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from core.alerts.reading import WaitingAlert
    from core.identity.principal import Principal
    from core.registry.service import EnabledProgrammes, Registry
    from core.tenancy.door import TenantDoor
    from core.tenancy.session import TenantSession

_MOST = 10_000


@dataclass(frozen=True, slots=True)
class AlertDesk:
    """One transaction of a tenant that sees every row; nothing of it stays."""

    session: TenantSession
    registry: Registry

    def put(self, *rows: object) -> None:
        """Store rows in the order given."""
        for row in rows:
            self.session.add(row)
            self.session.flush()

    def look(self, on: date | datetime) -> Change:
        """Look as the job does, at a moment or at noon of a day."""
        moment = _moment(on)
        catalogue = self._programmes(moment).catalogue
        return look(self.session, catalogue, moment, more=missed.FINDERS)

    def principal(
        self,
        role: str,
        on: date | datetime,
        *,
        commune: int | None = None,
        account: UUID | None = None,
        partner: bool = False,
    ) -> Principal:
        """A person with a role, in a commune or the whole province, at a moment.

        A ``partner``'s person is one of the partner whose agreement lasts longest.
        """
        signed_in = SignedIn(
            new_id(),
            account or new_id(),
            "Cán bộ",
            (GivenRole(role, commune),),
            needs_touch=False,
            stage=Stage.FULL,
            partner_id=agreements(self.session)[0][1].id if partner else None,
        )
        moment = _moment(on)
        around = look_around(self.session, signed_in.account_id, moment)
        return principal_of(self.session, signed_in, self._programmes(moment), around)

    def told(
        self,
        role: str,
        on: date | datetime,
        *,
        commune: int | None = None,
        account: UUID | None = None,
        partner: bool = False,
        **asked: Any,
    ) -> Sequence[WaitingAlert]:
        """What such a person is told."""
        moment = _moment(on)
        person = self.principal(role, on, commune=commune, account=account, partner=partner)
        with beside(self.session, person.reach) as session:
            reader = AlertReader(session, person, self._programmes(moment).catalogue)
            return reader.page(_MOST, today=moment.date(), **asked) or ()

    def codes(self, role: str, on: date | datetime, **where: Any) -> list[str]:
        """The codes of the alerts that a person is told."""
        return [one.alert.code for one in self.told(role, on, **where)]

    def raised(self, code: str) -> list[RaisedAlert]:
        """Every alert of a code that was ever raised, the settled ones too."""
        statement = (
            select(RaisedAlert)
            .where(RaisedAlert.tenant_id == self.session.tenant_id, RaisedAlert.code == code)
            .order_by(RaisedAlert.raised_at, RaisedAlert.id)
            .execution_options(populate_existing=True)
        )
        return list(self.session.scalars(statement))

    def _programmes(self, moment: datetime) -> EnabledProgrammes:
        return self.registry.enabled(enabled_keys(self.session, moment))


@contextmanager
def alert_desk(door: TenantDoor, registry: Registry, tenant_id: int = 1) -> Iterator[AlertDesk]:
    """Opens the transaction and takes everything back at the end."""
    session = door.open(tenant_id, reach=Reach.counting())
    try:
        yield AlertDesk(session, registry)
    finally:
        session.rollback()
        session.close()


def _moment(on: date | datetime) -> datetime:
    return on if isinstance(on, datetime) else datetime.combine(on, time(5), UTC)
