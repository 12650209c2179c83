"""Finds what an alert is about: one statement for each, over every row of the tenant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, DateTime, Interval, cast, func, literal, null, select

from core.db.base import CORE_SCHEMA
from core.kit.clock import VIETNAM_TIME
from core.tenancy.models import AreaScoped, Confidential, PartlyConfidential

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy import Select

    from core.plugin_api.alerts import Alert, Attention
    from core.tenancy.session import TenantSession

_CHILD = f"{CORE_SCHEMA}.child"
_OFFSET = literal(VIETNAM_TIME.utcoffset(None), Interval())


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A record that needs attention, or a commune; with what bounds who may be told.

    Where nobody wrote down since when it is so, its days are those on which it is raised.
    """

    commune_id: int
    since_on: date | None = None
    due_on: date | None = None
    record_id: UUID | None = None
    confidential_key: str | None = None
    subject_id: UUID | None = None
    child_id: UUID | None = None
    entered_by: UUID | None = None

    @property
    def key(self) -> UUID | int:
        """What it is raised once for."""
        return self.record_id or self.commune_id


def found_by(
    session: TenantSession, alert: Alert, attention: Attention, *, province: int | None
) -> list[Found]:
    """The rows, or communes, for which the condition holds now.

    ``province`` is the area of what lies in no commune; without it nothing of that is found. The
    session must see every row (``Reach.counting``): what is found is stored with the bounds of
    its record.
    """
    if province is None and not issubclass(alert.model, AreaScoped):
        return []
    statement = _statement(alert, attention, province).where(
        alert.model.tenant_id == session.tenant_id
    )
    return [Found(**row._mapping) for row in session.execute(statement)]  # noqa: SLF001  its public name


def _statement(alert: Alert, attention: Attention, province: int | None) -> Select[Any]:
    model: Any = alert.model
    since = _day(attention.since)
    due = since if attention.due is None else _day(attention.due)
    commune = model.commune_id if issubclass(model, AreaScoped) else literal(province)
    key = getattr(model, "confidential_key", null())
    if isinstance(key, str):
        key = literal(key)
    if attention.in_commune is not None:
        grouped = (commune, key) if issubclass(model, PartlyConfidential) else (commune,)
        return (
            select(
                commune.label("commune_id"),
                key.label("confidential_key"),
                func.max(since).label("since_on"),
                func.max(due).label("due_on"),
            )
            .where(attention.where)
            .group_by(*grouped)
            .having(func.count() >= attention.in_commune)
        )
    return select(
        model.id.label("record_id"),
        commune.label("commune_id"),
        key.label("confidential_key"),
        _subject(model).label("subject_id"),
        _child(model).label("child_id"),
        getattr(model, "created_by", null()).label("entered_by"),
        since.label("since_on"),
        due.label("due_on"),
    ).where(attention.where)


def _subject(model: Any) -> Any:
    """What a grant on the record names."""
    granted = issubclass(model, Confidential | PartlyConfidential)
    return getattr(model, model.granted_by if granted else "id")


def _child(model: Any) -> Any:
    return model.id if model.__table__.fullname == _CHILD else getattr(model, "child_id", null())


def _day(given: Any) -> Any:
    """A moment as the day it is in Viet Nam."""
    if isinstance(given.type, DateTime):
        return cast(func.timezone(_OFFSET, given), Date)
    return given
