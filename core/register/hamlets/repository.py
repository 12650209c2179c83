"""All SQL of hamlets; within the reach of the reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from core.areas.models import Area
from core.register.hamlets.models import Hamlet

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from core.tenancy.session import TenantSession


@dataclass(frozen=True, slots=True)
class HamletView:
    """A hamlet as a form offers it."""

    id: UUID
    commune_id: int
    name: str
    commune: str

    @property
    def label(self) -> str:
        """Its name with the commune's: many communes have an Ấp Một."""
        return f"{self.name}, {self.commune}"


def hamlets(session: TenantSession, on: date, *, limit: int) -> list[HamletView]:
    """Those that there are on a day, commune by commune; at most ``limit``."""
    return _views(session, _there(session, on).limit(limit))


def hamlets_beginning(
    session: TenantSession, on: date, folded: str, *, limit: int
) -> list[HamletView]:
    """Those whose folded name begins so."""
    begins = (Hamlet.name_fold >= folded, Hamlet.name_fold < folded + "{")
    return _views(session, _there(session, on).where(*begins).limit(limit))


def hamlets_named(session: TenantSession, on: date, key: UUID | str) -> list[HamletView]:
    """The hamlet with an id, or those with a folded name."""
    named: ColumnElement[bool] = (
        Hamlet.name_fold == key if isinstance(key, str) else Hamlet.id == key
    )
    return _views(session, _there(session, on).where(named))


def hamlets_with_ids(session: TenantSession, ids: Collection[UUID]) -> list[HamletView]:
    """These, whether or not they are still there."""
    return _views(session, _all(session).where(Hamlet.id.in_(sorted(ids))))


def _all(session: TenantSession) -> Select[Any]:
    columns: list[Any] = [Hamlet.id, Hamlet.commune_id, Hamlet.name, Area.name]
    return (
        select(*columns)
        .join(Area, Area.id == Hamlet.commune_id)
        .where(Hamlet.tenant_id == session.tenant_id)
        .order_by(Area.name_sort, Area.id, Hamlet.name_fold, Hamlet.id)
    )


def _there(session: TenantSession, on: date) -> Select[Any]:
    return _all(session).where(
        or_(Hamlet.valid_from.is_(None), Hamlet.valid_from <= on),
        or_(Hamlet.valid_to.is_(None), Hamlet.valid_to >= on),
    )


def _views(session: TenantSession, statement: Select[Any]) -> list[HamletView]:
    rows: Sequence[Any] = session.execute(statement).all()
    return [HamletView(*row) for row in rows]
