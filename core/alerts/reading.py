"""What somebody is told: alerts that wait, of records within reach, for those meant to act.

Three bounds hold together. The row of an alert is bounded by its commune, its confidentiality
and its programme; the record it tells of must be within reach by the record's own bounds; and
whoever may not see a column that the alert's condition looks at is not told of what it shows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, exists, false, or_, select

from core.access.grants import open_work
from core.alerts.models import RaisedAlert
from core.kit.clock import local_date
from core.plugin_api.alerts import Moment
from core.registry.calls import PluginOutOfServiceError, call_pure
from core.registry.models import Call
from core.tenancy.bounds import tells_hidden_fields
from core.tenancy.models import AreaScoped
from core.tenancy.session import BY_WORK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from core.identity.principal import Principal
    from core.plugin_api.alerts import Alert
    from core.registry.catalogue import Catalogue
    from core.tenancy.reach import Reach
    from core.tenancy.session import TenantSession

# A start page says "99+" rather than count them all.
MOST: Final = 100
_ANY: Final = datetime(2018, 1, 1, tzinfo=UTC)
# What the condition of each alert looks at, asked of its programme once in a process.
_LOOKED_AT: Final[dict[Alert, Select[Any] | None]] = {}

# What a list needs; nothing of the record itself.
_LINE: Final[tuple[Any, ...]] = (
    RaisedAlert.id,
    RaisedAlert.code,
    RaisedAlert.programme,
    RaisedAlert.commune_id,
    RaisedAlert.record_id,
    RaisedAlert.subject_id,
    RaisedAlert.child_id,
    RaisedAlert.entered_by,
    RaisedAlert.since_on,
    RaisedAlert.due_on,
    RaisedAlert.raised_at,
)


@dataclass(frozen=True, slots=True)
class WaitingAlert:
    """One alert that waits; ``record_id`` is empty where it is about its commune."""

    id: UUID
    alert: Alert
    programme: str
    commune_id: int
    record_id: UUID | None
    child_id: UUID | None
    since_on: date
    due_on: date
    raised_at: datetime
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait and how many of them are overdue; never more than ``MOST``."""

    count: int
    overdue: int


class AlertReader:
    """One person's view of the alerts of a tenant, for one request."""

    def __init__(self, session: TenantSession, principal: Principal, catalogue: Catalogue) -> None:
        """``catalogue`` is that of the programmes that are on; of the others nothing is told."""
        self._session = session
        self._principal = principal
        self._owners = catalogue.owner_of
        self._told = {
            code: alert
            for code, alert in catalogue.alerts.items()
            if any(principal.may(right) for right in alert.acts)
            and not _tells_hidden(session, alert, principal.reach)
        }

    @property
    def owners(self) -> tuple[str, ...]:
        """The programmes, and core, of whose alerts this person can be told at all."""
        return tuple(dict.fromkeys(self._owners[code] for code in self._told))

    def page(
        self,
        limit: int,
        *,
        today: date,
        after: UUID | None = None,
        owner: str | None = None,
        overdue: bool = False,
        mine: bool = False,
    ) -> Sequence[WaitingAlert] | None:
        """One page, the most urgent first; ``None`` if ``after`` is not there for this person."""
        if not self._told:
            return () if after is None else None
        where: list[ColumnElement[bool]] = []
        if after is not None:
            last = self._session.execute(
                self._readable().where(RaisedAlert.id == after),
                execution_options={BY_WORK: True},
            ).one_or_none()
            if last is None:
                return None
            where.append(
                or_(
                    RaisedAlert.due_on > last.due_on,
                    and_(RaisedAlert.due_on == last.due_on, RaisedAlert.id > after),
                )
            )
        if owner is not None:
            where.append(RaisedAlert.programme == owner)
        if overdue:
            where.append(RaisedAlert.due_on < today)
        return tuple(self._line(row) for row in self._rows(where, limit, mine=mine))

    def waiting(self, today: date) -> Waiting:
        """How many wait, for a page that only says so."""
        if not self._told:
            return Waiting(0, 0)
        rows = self._rows((), MOST)
        return Waiting(len(rows), sum(row.due_on < today for row in rows))

    def _rows(
        self, where: Iterable[ColumnElement[bool]], limit: int, *, mine: bool = False
    ) -> Sequence[Any]:
        """Those within reach, and of those outside it the ones of records given to the person."""
        base = self._readable().where(*where)
        given = RaisedAlert.subject_id.in_(sorted(self._given))
        within = base.where(or_(given, *self._entered)) if mine else base
        rows = {row.id: row for row in self._session.execute(_ordered(within, limit))}
        if self._given:
            named = _ordered(base.where(given), limit)
            found = self._session.execute(named, execution_options={BY_WORK: True})
            rows |= {row.id: row for row in found}
        return sorted(rows.values(), key=lambda row: (row.due_on, row.id))[:limit]

    def _readable(self) -> Select[Any]:
        """Open alerts of what the person is told of, whose record is within reach."""
        by_model: dict[Any, list[str]] = defaultdict(list)
        for code, alert in self._told.items():
            by_model[alert.model].append(code)
        of_records = [
            and_(
                RaisedAlert.code.in_(sorted(codes)),
                or_(_record_is_there(model, self._session.tenant_id), self._of_commune(model)),
            )
            for model, codes in by_model.items()
        ]
        return select(*_LINE).where(
            RaisedAlert.tenant_id == self._session.tenant_id,
            RaisedAlert.settled_at.is_(None),
            or_(false(), *of_records),
        )

    def _of_commune(self, model: Any) -> ColumnElement[bool]:
        """It is about a commune, and the person reads the records that it follows from there."""
        about_commune: ColumnElement[bool] = RaisedAlert.record_id.is_(None)
        communes = self._session.reach.communes_in(model.__table__.fullname)
        if communes is None or not issubclass(model, AreaScoped):
            return about_commune
        return and_(about_commune, RaisedAlert.commune_id.in_(sorted(communes)))

    @cached_property
    def _given(self) -> frozenset[UUID]:
        """The rows that the person was given to work on."""
        account = self._principal.account_id
        if account is None or self._session.reach.partner:
            return frozenset()
        return frozenset(one.subject_id for one in open_work(self._session, account))

    @property
    def _entered(self) -> tuple[ColumnElement[bool], ...]:
        account = self._principal.account_id
        return () if account is None else (RaisedAlert.entered_by == account,)

    def _line(self, row: Any) -> WaitingAlert:
        account = self._principal.account_id
        return WaitingAlert(
            id=row.id,
            alert=self._told[row.code],
            programme=row.programme,
            commune_id=row.commune_id,
            record_id=row.record_id,
            child_id=row.child_id,
            since_on=row.since_on,
            due_on=row.due_on,
            raised_at=row.raised_at,
            is_mine=row.subject_id in self._given
            or (account is not None and row.entered_by == account),
        )


def _ordered(statement: Select[Any], limit: int) -> Select[Any]:
    return statement.order_by(RaisedAlert.due_on, RaisedAlert.id).limit(limit)


def _record_is_there(model: Any, tenant_id: int) -> ColumnElement[bool]:
    """The session bounds the record in the subquery as in any statement."""
    return exists().where(model.tenant_id == tenant_id, model.id == RaisedAlert.record_id)


def _tells_hidden(session: TenantSession, alert: Alert, reach: Reach) -> bool:
    """Also of an alert that cannot say what it looks at: nobody knows what it would tell."""
    if alert not in _LOOKED_AT:
        try:
            found = call_pure(session, Call.ALERT, alert.code, _looked_at, alert)
        except PluginOutOfServiceError:
            return True
        _LOOKED_AT[alert] = found
    looked_at = _LOOKED_AT[alert]
    return looked_at is not None and tells_hidden_fields(reach, looked_at)


def _looked_at(alert: Alert) -> Select[Any] | None:
    """What its condition looks at, whatever the moment."""
    if alert.looks is None:
        return None
    attention = alert.looks(Moment(_ANY, local_date(_ANY), alert.settings))
    due = () if attention.due is None else (attention.due,)
    return select(attention.where, attention.since, *due)
