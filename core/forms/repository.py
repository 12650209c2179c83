"""All SQL of the forms."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    DateTime,
    Integer,
    Text,
    Uuid,
    and_,
    bindparam,
    delete,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from core.areas.memory import recalled
from core.areas.models import COMMUNE, DISTRICT, Area
from core.areas.repository import exists_on
from core.db.bulk import rows_of
from core.forms.models import FormDraft, FormEntry, RecordChange
from core.kit.ids import new_id_texts
from core.profiles.repository import province_of
from core.tenancy.beside import beside
from core.tenancy.models import TENANT_COLUMN
from core.tenancy.reach import Reach
from core.tenancy.session import BY_WORK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row, Select

    from core.plugin_api.forms import Form
    from core.tenancy.in_parts import Parts
    from core.tenancy.session import TenantSession


def communes_named(session: TenantSession, ids: Iterable[int], on: date) -> Mapping[int, str]:
    """Those of the given communes that existed on a day."""
    named = tuple(sorted(ids))
    return recalled(
        session,
        ("communes named", named, on),
        lambda: _communes(session, Area.id.in_(named), on),
    )


def communes_of_tenant(session: TenantSession, on: date) -> Mapping[int, str]:
    """All communes of the tenant's province on a day, by the profile of that day or the last."""
    province = province_of(session, on)
    if province is None:
        return {}
    district = aliased(Area)
    below = select(district.id).where(district.parent_id == province, district.level == DISTRICT)
    within = or_(Area.parent_id == province, Area.parent_id.in_(below))
    question = ("communes of a province", province, on)
    return recalled(session, question, lambda: _communes(session, within, on))


def _communes(session: TenantSession, condition: ColumnElement[bool], on: date) -> dict[int, str]:
    """By id, with the district's name where there is one: two communes may share a name."""
    above = aliased(Area)
    statement = (
        select(Area.id, Area.name, above.name, above.level)
        .outerjoin(above, above.id == Area.parent_id)
        .where(Area.level == COMMUNE, exists_on(on), condition)
        .order_by(Area.name_sort, Area.id)
    )
    return {
        commune: f"{name}, {parent}" if level == DISTRICT else name
        for commune, name, parent, level in session.execute(statement)
    }


def entry_of(
    session: TenantSession, form: str, by: UUID | None, key: str
) -> tuple[UUID, str] | None:
    """The record that was stored for a key by the same person, and the hash of what was sent."""
    entry = _ENTRY_OF_NOBODY if by is None else _ENTRY
    row = session.rows(entry, form=form, by=by, key=key).one_or_none()
    return None if row is None else (row.record_id, row.body_hash)


_ENTRY_OF_NOBODY = select(FormEntry.record_id, FormEntry.body_hash).where(
    FormEntry.tenant_id == bindparam(TENANT_COLUMN),
    FormEntry.form_code == bindparam("form"),
    FormEntry.entered_by.is_(None),
    FormEntry.idempotency_key == bindparam("key"),
)
_ENTRY = select(FormEntry.record_id, FormEntry.body_hash).where(
    FormEntry.tenant_id == bindparam(TENANT_COLUMN),
    FormEntry.form_code == bindparam("form"),
    FormEntry.entered_by == bindparam("by"),
    FormEntry.idempotency_key == bindparam("key"),
)


def entry_of_record(session: TenantSession, form: str, record_id: UUID) -> FormEntry | None:
    """The submission that made a record."""
    return session.scalars(
        select(FormEntry).where(
            FormEntry.tenant_id == session.tenant_id,
            FormEntry.record_id == record_id,
            FormEntry.form_code == form,
        )
    ).one_or_none()


def claim_entry(session: TenantSession, values: Mapping[str, Any]) -> bool:
    """Store an entry, and what is put after it, unless one with its key is there."""
    return session.put_claim(FormEntry, values)


def enter_many(
    session: TenantSession, form: Form, ids: Sequence[UUID], *, by: UUID | None, at: datetime
) -> None:
    """An entry for each of many records that came in by a list and that somebody asks after."""
    hashes = [sha256(str(one).encode()).hexdigest() for one in ids]
    given = rows_of(
        {
            "id": (Uuid(), new_id_texts(len(ids))),
            "record_id": (Uuid(), ids),
            "idempotency_key": (Text(), [f"list-{one}" for one in ids]),
            "body_hash": (Text(), hashes),
        }
    )
    alike: dict[str, Any] = {
        "tenant_id": session.tenant_id,
        "form_code": form.code,
        "form_version": form.version,
        "entered_by": by,
        "entered_at": at,
    }
    columns: Any = FormEntry.__table__.c
    shared = [literal(value, columns[name].type).label(name) for name, value in alike.items()]
    chosen = select(*given.c, *shared).where(given.c.id.is_not(None))
    names = [*(column.name for column in given.c), *alike]
    session.execute(insert(FormEntry).from_select(names, chosen, include_defaults=False))


def record_by_id(session: TenantSession, form: Form, record_id: UUID) -> Any:
    """The whole record, within reach or given to the reader, or ``None``."""
    model = form.model
    statement = select(model).where(model.tenant_id == session.tenant_id, model.id == record_id)
    return session.scalars(statement, execution_options={BY_WORK: True}).one_or_none()


def lines_after(
    session: TenantSession, form: Form, shown: Sequence[str], after: UUID | None, limit: int
) -> Sequence[Row[*tuple[Any, ...]]] | None:
    """One page of the form's records, newest first; ``None`` if ``after`` is not there.

    Only the id, the moment of entry and the columns that are ``shown`` are selected.
    """
    model: Any = form.model
    page = _page(model, tuple(shown), behind=after is not None)
    if after is None:
        return session.rows(page, limit=limit)
    last = session.rows(_entered(model), after=after).scalar()
    return None if last is None else session.rows(page, limit=limit, after=after, last=last)


def every_line(
    session: TenantSession, form: Form, shown: Sequence[str], size: int
) -> AbstractContextManager[Parts]:
    """What is ``shown`` of all the form's records, newest first, so many at a time."""
    model: Any = form.model
    return session.rows_in_parts(_every(model, tuple(shown)), size)


@cache
def _every(model: Any, shown: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    return (
        select(*(getattr(model, name) for name in shown))
        .where(model.tenant_id == bindparam(TENANT_COLUMN))
        .order_by(model.created_at.desc(), model.id.desc())
    )


@cache
def _page(model: Any, shown: tuple[str, ...], *, behind: bool) -> Select[*tuple[Any, ...]]:
    """A page of a model's records, of all or of those ``behind`` one."""
    columns = [getattr(model, name) for name in shown]
    statement = (
        select(model.id, model.created_at, *columns)
        .where(model.tenant_id == bindparam(TENANT_COLUMN))
        .order_by(model.created_at.desc(), model.id.desc())
        .limit(bindparam("limit", type_=Integer()))
    )
    if not behind:
        return statement
    until, before, at = (bindparam("last", type_=DateTime(timezone=True)) for _ in range(3))
    at_once = and_(model.created_at == at, model.id < bindparam("after", type_=Uuid()))
    return statement.where(model.created_at <= until, or_(model.created_at < before, at_once))


@cache
def _entered(model: Any) -> Select[*tuple[Any, ...]]:
    """When a record was entered."""
    return select(model.created_at).where(
        model.tenant_id == bindparam(TENANT_COLUMN),
        model.id == bindparam("after", type_=Uuid()),
    )


def lines_about(
    session: TenantSession, form: Form, shown: Sequence[str], child_id: UUID, limit: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The form's records about one child, newest first: id, moment of entry, what is ``shown``."""
    model: Any = form.model
    columns = [getattr(model, name) for name in shown]
    statement = (
        select(model.id, model.created_at, *columns)
        .where(model.tenant_id == session.tenant_id, model.child_id == child_id)
        .order_by(model.created_at.desc(), model.id.desc())
        .limit(limit)
    )
    return session.execute(statement).all()


def record_to_correct(session: TenantSession, form: Form, record_id: UUID) -> Any:
    """The whole record within reach, kept from others until the transaction ends, or ``None``."""
    model = form.model
    statement = (
        select(model)
        .where(model.tenant_id == session.tenant_id, model.id == record_id)
        .with_for_update(of=model)
    )
    return session.scalars(statement, execution_options={BY_WORK: True}).one_or_none()


def changes_of(session: TenantSession, record_id: UUID) -> Sequence[RecordChange]:
    """The corrections of a record, the latest first."""
    statement = (
        select(RecordChange)
        .where(RecordChange.tenant_id == session.tenant_id, RecordChange.record_id == record_id)
        .order_by(RecordChange.number.desc())
    )
    return session.scalars(statement).all()


def last_change(session: TenantSession, record_id: UUID) -> int:
    """The number of a record's latest correction; zero when there is none.

    Also of those that the reader is not shown: whoever gives a service sees the own corrections of
    the own line, and must not overwrite another's.
    """
    statement = select(func.max(RecordChange.number)).where(
        RecordChange.tenant_id == session.tenant_id, RecordChange.record_id == record_id
    )
    with beside(session, Reach.counting()) as other:
        return other.scalar(statement) or 0


def own_drafts(session: TenantSession, account_id: UUID, now: datetime) -> Sequence[FormDraft]:
    """A person's drafts that are not over, the latest first."""
    statement = (
        select(FormDraft)
        .where(
            FormDraft.tenant_id == session.tenant_id,
            FormDraft.account_id == account_id,
            FormDraft.expires_at > now,
        )
        .order_by(FormDraft.saved_at.desc(), FormDraft.id)
    )
    return session.scalars(statement).all()


def drop_drafts(session: TenantSession, *conditions: ColumnElement[bool]) -> None:
    """Delete drafts of the tenant."""
    session.execute(delete(FormDraft).where(FormDraft.tenant_id == session.tenant_id, *conditions))
