"""All SQL of the cases; the session bounds every statement to the tenant and the reach.

A case and its parts are read by the case's id and so may have been given to the reader; parts are
read through their case alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import and_, or_, select

from core.cases.models import Case, CaseDeadline, CaseReferral, CaseTransition, PartOfCase
from core.cases.options import RUNNING
from core.cases.papers.models import CaseIntake
from core.cases.states import ENDED
from core.db.base import CORE_SCHEMA
from core.identity.models import Account, RoleGrant
from core.tenancy.bounds import scoped_classes
from core.tenancy.models import AreaScoped, Confidential, PartlyConfidential
from core.tenancy.session import BY_WORK

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row, Select

    from core.tenancy.session import TenantSession

PartT = TypeVar("PartT", bound="PartOfCase")
_GIVEN = {BY_WORK: True}
_ENDED = sorted(ENDED)
# What a list and the clocks need; no child, no narrative.
_LINE = (
    Case.id,
    Case.code,
    Case.kind,
    Case.state,
    Case.commune_id,
    Case.received_at,
    Case.begun_at,
    Case.emergency_needed,
    Case.emergency_at,
    Case.initial_assessed_at,
    Case.detailed_assessed_at,
    Case.plan_submitted_at,
    Case.plan_approved_at,
    Case.review_on,
    Case.created_at,
    Case.confidential_key,
)


def case_by_id(session: TenantSession, case_id: UUID) -> Case | None:
    """The case, if it is within reach or given to the reader."""
    statement = select(Case).where(Case.tenant_id == session.tenant_id, Case.id == case_id)
    return session.scalars(statement, execution_options=_GIVEN).one_or_none()


def is_confidential(session: TenantSession, codes: Collection[str]) -> bool:
    """Whether one of these is the code of a confidential case that the reader may open."""
    statement = (
        select(Case.id)
        .where(
            Case.tenant_id == session.tenant_id,
            Case.code.in_(sorted(codes)),
            Case.confidential_key.is_not(None),
        )
        .limit(1)
    )
    return session.scalar(statement, execution_options=_GIVEN) is not None


def locked_case(session: TenantSession, case_id: UUID) -> Case | None:
    """The case as it is now; whoever else would take a step waits until this transaction ends."""
    statement = (
        select(Case)
        .where(Case.tenant_id == session.tenant_id, Case.id == case_id)
        .with_for_update(of=Case)
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement, execution_options=_GIVEN).one_or_none()


def parts(session: TenantSession, model: type[PartT], case_id: UUID) -> Sequence[PartT]:
    """The parts of one kind that a case has, the oldest first."""
    statement = (
        select(model)
        .where(model.tenant_id == session.tenant_id, model.case_id == case_id)
        .order_by(model.created_at, model.id)
    )
    return session.scalars(statement, execution_options=_GIVEN).all()


def part(session: TenantSession, model: type[PartT], case_id: UUID, part_id: UUID) -> PartT | None:
    """One part, through its case."""
    statement = select(model).where(
        model.tenant_id == session.tenant_id, model.case_id == case_id, model.id == part_id
    )
    return session.scalars(statement, execution_options=_GIVEN).one_or_none()


def case_of_intake(session: TenantSession, intake_id: UUID) -> UUID | None:
    """The case that an intake opened."""
    statement = select(CaseIntake.case_id).where(
        CaseIntake.tenant_id == session.tenant_id, CaseIntake.id == intake_id
    )
    return session.scalar(statement, execution_options=_GIVEN)


def referral_by_id(session: TenantSession, referral_id: UUID) -> CaseReferral | None:
    """A referral that was sent to the reader; the case's own people come through the case."""
    statement = select(CaseReferral).where(
        CaseReferral.tenant_id == session.tenant_id,
        CaseReferral.id == referral_id,
        CaseReferral.to_account == session.reach.holder,
    )
    return session.scalars(statement, execution_options=_GIVEN).one_or_none()


def referrals_to(session: TenantSession, ids: Collection[UUID]) -> Sequence[CaseReferral]:
    """The referrals with these ids that were given to the reader, the latest first."""
    statement = (
        select(CaseReferral)
        .where(CaseReferral.tenant_id == session.tenant_id, CaseReferral.id.in_(sorted(ids)))
        .order_by(CaseReferral.created_at.desc(), CaseReferral.id)
    )
    return session.scalars(statement, execution_options=_GIVEN).all()


def referral_states(session: TenantSession, case_id: UUID) -> Sequence[CaseReferral]:
    """The referrals of a case that are not over, locked."""
    statement = (
        select(CaseReferral)
        .where(
            CaseReferral.tenant_id == session.tenant_id,
            CaseReferral.case_id == case_id,
            CaseReferral.state.in_(("sent", "accepted")),
        )
        .with_for_update(of=CaseReferral)
    )
    return session.scalars(statement, execution_options=_GIVEN).all()


def lines_after(
    session: TenantSession, after: UUID | None, limit: int
) -> Sequence[Row[Any]] | None:
    """One page of cases, the newest first; ``None`` if ``after`` is not there."""
    statement = _lines(session)
    if after is not None:
        last = session.scalar(
            select(Case.created_at).where(Case.tenant_id == session.tenant_id, Case.id == after)
        )
        if last is None:
            return None
        statement = statement.where(
            Case.created_at <= last,
            or_(Case.created_at < last, and_(Case.created_at == last, Case.id < after)),
        )
    ordered = statement.order_by(Case.created_at.desc(), Case.id.desc()).limit(limit)
    return session.execute(ordered).all()


def open_lines(session: TenantSession, limit: int) -> Sequence[Row[Any]]:
    """Cases that have not ended, those first whose clocks began first."""
    statement = _lines(session).where(Case.state.not_in(_ENDED))
    return session.execute(statement.order_by(Case.begun_at, Case.id).limit(limit)).all()


def lines_of(session: TenantSession, ids: Collection[UUID]) -> Sequence[Row[Any]]:
    """The cases with these ids that are within reach or given to the reader."""
    statement = _lines(session).where(Case.id.in_(sorted(ids))).order_by(Case.begun_at, Case.id)
    return session.execute(statement, execution_options=_GIVEN).all()


def given_records(session: TenantSession, ids: Collection[UUID]) -> list[Row[Any]]:
    """Those of the rows that are confidential records but no cases, as far as the reader sees them.

    A programme's, or the register's own: which tables there are is for the reach to say.
    """
    schemas = {CORE_SCHEMA, *(session.reach.programmes or ())}
    found: list[Row[Any]] = []
    for cls in scoped_classes():
        is_record = issubclass(cls, AreaScoped) and issubclass(
            cls, Confidential | PartlyConfidential
        )
        if is_record and not issubclass(cls, Case | PartOfCase) and cls.__table__.schema in schemas:
            statement = select(cls.id, cls.commune_id).where(
                cls.tenant_id == session.tenant_id, cls.id.in_(sorted(ids))
            )
            found += session.execute(statement, execution_options=_GIVEN)
    return found


def deadlines_run_past(session: TenantSession, now: datetime) -> Sequence[CaseDeadline]:
    """The deadlines that are kept as running and whose moment has passed."""
    statement = select(CaseDeadline).where(
        CaseDeadline.tenant_id == session.tenant_id,
        CaseDeadline.status == RUNNING,
        CaseDeadline.due_at < now,
    )
    return session.scalars(statement).all()


def who_took(session: TenantSession, case_id: UUID, step: str) -> UUID | None:
    """Who took a step of a case last."""
    statement = (
        select(CaseTransition.created_by)
        .where(
            CaseTransition.tenant_id == session.tenant_id,
            CaseTransition.case_id == case_id,
            CaseTransition.step == step,
        )
        .order_by(CaseTransition.created_at.desc())
        .limit(1)
    )
    return session.scalars(statement, execution_options=_GIVEN).first()


def accounts_with_roles(
    session: TenantSession, roles: Collection[str], areas: Collection[int] | None
) -> dict[UUID, str]:
    """The active accounts that have one of the roles, with their names.

    ``areas`` bounds the roles to those areas or the whole tenant; ``None`` takes every area.
    """
    where: list[ColumnElement[bool]] = [
        Account.tenant_id == session.tenant_id,
        Account.is_active.is_(True),
        RoleGrant.role.in_(sorted(roles)),
    ]
    if areas is not None:
        where.append(or_(RoleGrant.area_id.is_(None), RoleGrant.area_id.in_(sorted(areas))))
    statement = (
        select(Account.id, Account.display_name)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(*where)
        .distinct()
        .order_by(Account.display_name, Account.id)
    )
    return {row.id: row.display_name for row in session.execute(statement)}


def accounts_active(session: TenantSession, ids: Collection[UUID]) -> dict[UUID, bool]:
    """Whether each of the accounts may still sign in."""
    statement = select(Account.id, Account.is_active).where(
        Account.tenant_id == session.tenant_id, Account.id.in_(sorted(ids))
    )
    return {row.id: row.is_active for row in session.execute(statement)}


def _lines(session: TenantSession) -> Select[Any]:
    columns: tuple[Any, ...] = _LINE
    return select(*columns).where(Case.tenant_id == session.tenant_id)
