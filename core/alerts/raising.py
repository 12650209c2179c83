"""Raises what is new and settles what is over; safe to repeat, and it names nobody."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from core.access.agreements import communes_agreed
from core.alerts.finding import Found, found_by
from core.alerts.models import RaisedAlert
from core.alerts.own import FINDERS
from core.jobs.kinds import JobKind
from core.kit.clock import local_date
from core.kit.ids import new_id
from core.plugin_api.alerts import Moment
from core.profiles.repository import profile_on, province_of, settings, working_day
from core.registry.calls import PluginOutOfServiceError, call_plugin
from core.registry.catalogue import CORE, Catalogue
from core.registry.enablement import enabled_keys
from core.registry.models import Call
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from core.alerts.own import Finder
    from core.jobs.kinds import JobRun
    from core.kit.clock import Clock
    from core.plugin_api.alerts import Alert
    from core.registry.service import Registry
    from core.tenancy.session import TenantSession

logger = logging.getLogger(__name__)

ALERTS: Final = "core.alerts"
# What may change while an alert is open: where its record lies, who may read it, and its days.
_BOUNDS = ("commune_id", "confidential_key", "subject_id", "child_id", "entered_by")
_DAYS = ("since_on", "due_on")
_IN_STEP = (*_BOUNDS, *_DAYS)
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Change:
    """How many alerts one look raised and settled."""

    raised: int
    settled: int


def look(
    session: TenantSession,
    catalogue: Catalogue,
    now: datetime,
    *,
    more: Mapping[str, Finder] | None = None,
) -> Change:
    """Look at everything that is declared for the tenant now.

    ``catalogue`` is that of the programmes that are on: alerts of the others stay as they are.
    The session must see every row (``Reach.counting``), for confidential records need attention
    too; an alert lies where its record lies and is read by whoever reads the record. An alert
    that fails is reported and stays as it is; the others are looked for all the same. ``more``
    finds what rests on figures, which stand above alerts; without it that stays as it is.
    """
    today = local_date(now)
    province = province_of(session, working_day(session, today))
    stated, agreed = _stated(session, today), communes_agreed(session, today)
    finders = {**FINDERS, **(more or {})}
    changes = []
    for code, alert in sorted(catalogue.alerts.items()):
        if alert.looks is None and code not in finders:
            continue
        owner = catalogue.owner_of[code]
        settings_here = _settings(alert, owner, stated)
        moment = Moment(now, today, settings_here, agreed.get(owner, frozenset()))
        try:
            with session.begin_nested():
                if alert.looks is None:
                    found = _by_key(finders[code](session, moment, catalogue))
                else:
                    found = call_plugin(
                        session, Call.ALERT, code, _found, session, alert, moment, province
                    )
                changes.append(_bring_up_to_date(session, alert, owner, found, now))
        except PluginOutOfServiceError:
            continue  # written down where it failed
        except Exception as error:  # noqa: BLE001  a faulty alert must not silence the others
            # the class alone: a message may hold what was in a statement
            logger.error("The alert %s was not looked for: %s", code, type(error).__name__)  # noqa: TRY400
    return Change(sum(one.raised for one in changes), sum(one.settled for one in changes))


def look_around(
    session: TenantSession,
    registry: Registry,
    now: datetime,
    *,
    more: Mapping[str, Finder] | None = None,
) -> Change:
    """Look at what the programmes that are on in the tenant declare, and core."""
    return look(session, registry.enabled(enabled_keys(session, now)).catalogue, now, more=more)


def alerts_kind(
    registry: Registry, clock: Clock, more: Mapping[str, Finder] | None = None
) -> JobKind:
    """The job that looks in one province."""

    def run(job: JobRun) -> None:
        look_around(job.session, registry, clock.now(), more=more)

    return JobKind(ALERTS, run, reach=Reach.counting())


def _found(
    session: TenantSession, alert: Alert, moment: Moment, province: int | None
) -> dict[UUID | int, Found]:
    if alert.looks is None:
        return {}
    return _by_key(found_by(session, alert, alert.looks(moment), province=province))


def _by_key(found: Iterable[Found]) -> dict[UUID | int, Found]:
    return {one.key: one for one in found}


def _bring_up_to_date(
    session: TenantSession,
    alert: Alert,
    owner: str,
    found: Mapping[UUID | int, Found],
    now: datetime,
) -> Change:
    waiting = _waiting(session, alert.code)
    known = {row.record_id or row.commune_id: row for row in waiting}
    new = [one for key, one in found.items() if key not in known]
    over = [row.id for key, row in known.items() if key not in found]
    for key, one in found.items():
        row = known.get(key)
        if row is not None and (changed := _changed(row, one)):
            _change(session, [row.id], changed)
    for first in range(0, len(over), _AT_ONCE):
        _change(session, over[first : first + _AT_ONCE], {"settled_at": now})
    for first in range(0, len(new), _AT_ONCE):
        _raise(session, alert.code, owner, new[first : first + _AT_ONCE], now)
    return Change(len(new), len(over))


def _changed(row: Any, found: Found) -> Mapping[str, Any]:
    """What of an open alert is no longer as its record is; days that nobody told stay."""
    told = {name: getattr(found, name) for name in _IN_STEP}
    return {
        name: value
        for name, value in told.items()
        if getattr(row, name) != value and not (value is None and name in _DAYS)
    }


def _waiting(session: TenantSession, code: str) -> Sequence[Any]:
    statement = select(
        RaisedAlert.id,
        RaisedAlert.record_id,
        *(getattr(RaisedAlert, name) for name in _IN_STEP),
    ).where(
        RaisedAlert.tenant_id == session.tenant_id,
        RaisedAlert.code == code,
        RaisedAlert.settled_at.is_(None),
    )
    return session.execute(statement).all()


def _raise(
    session: TenantSession, code: str, owner: str, new: Sequence[Found], now: datetime
) -> None:
    """Another worker that looks at the same moment raises none of them a second time."""
    today = local_date(now)
    rows = [
        {
            **asdict(one),
            "since_on": one.since_on or today,
            "due_on": one.due_on or today,
            "tenant_id": session.tenant_id,
            "id": new_id(),
            "code": code,
            "programme": owner,
            "raised_at": now,
            "settled_at": None,
        }
        for one in new
    ]
    statement = insert(RaisedAlert).on_conflict_do_nothing()
    session.execute(statement, rows, execution_options={"render_nulls": True})


def _change(session: TenantSession, ids: Collection[UUID], values: Mapping[str, Any]) -> None:
    statement = (
        update(RaisedAlert)
        .where(RaisedAlert.tenant_id == session.tenant_id, RaisedAlert.id.in_(ids))
        .values(values)
    )
    session.execute(statement, execution_options={"synchronize_session": False})


def _stated(session: TenantSession, today: date) -> Mapping[str, int]:
    """The whole numbers that the province sets, by key."""
    profile = profile_on(session, working_day(session, today))
    if profile is None:
        return {}
    return {
        code: said.value
        for code, said in settings(session, profile.id).items()
        if said.stated and type(said.value) is int
    }


def _settings(alert: Alert, owner: str, stated: Mapping[str, int]) -> Mapping[str, int]:
    """As the province states them: core's under ``[alerts]``, others' with their programme."""

    def key(name: str) -> str:
        by = alert.lent.get(name, owner)
        return f"alerts.{name}" if by == CORE else f"programmes.{by}.{name}"

    return {name: stated.get(key(name), default) for name, default in alert.settings.items()}
