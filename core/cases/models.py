"""A case, what happened to it, to whom it was referred, what became of its deadlines.

No table here holds a name in plain text, and a case points at its child only under seal: that a
child has a case may itself be confidential. Source: domain page of the programmes, §1.8, §5.2.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from core.cases import options
from core.cases.kinds import CONFIDENTIAL_KEYS, KINDS
from core.cases.states import State
from core.db.base import CORE_SCHEMA, Base, internal, personal, restricted
from core.kit.ids import opaque_code
from core.tenancy.models import (
    TENANT_COLUMN,
    AreaScoped,
    PartlyConfidential,
    TenantOwned,
    tenant_reference,
)
from core.vault.columns import sealed

CASE_PREFIX = "HS"
READ, RECEIVE = "core.case.read", "core.referral.receive"


def new_case_code() -> str:
    """A code that tells nothing: not the kind, the year, the place or the child."""
    return opaque_code(CASE_PREFIX)


def within(column: str, codes: tuple[str, ...]) -> CheckConstraint:
    """The column holds one of the codes."""
    listed = ", ".join(f"'{code}'" for code in sorted(codes))
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class PartOfCase(AreaScoped, PartlyConfidential, TenantOwned):
    """What belongs to a case: lies where it lies, and whoever was given the case reads it.

    It may also be given on its own, to whom a referral names it.
    """

    read_with = READ
    granted_by = "case_id"

    case_id: Mapped[UUID] = mapped_column(info=internal("the case it belongs to"))
    generated: Mapped[bool] = mapped_column(
        default=False, info=internal("generated for a demonstration, not of a person")
    )
    created_at: Mapped[datetime] = mapped_column(info=internal("when it was entered"))
    created_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for it"))


def part_of_case(*rules: Any) -> tuple[Any, ...]:
    """The ``__table_args__`` of a part of a case."""
    return (
        tenant_reference("case_id", f"{CORE_SCHEMA}.case"),
        Index(None, TENANT_COLUMN, "case_id"),
        *rules,
        {"schema": CORE_SCHEMA},
    )


class Case(AreaScoped, PartlyConfidential, TenantOwned, Base):
    """One case; its moments are kept here so that its clocks need no other row."""

    read_with = READ
    __tablename__ = "case"
    __table_args__ = (
        UniqueConstraint(TENANT_COLUMN, "code"),
        within("kind", tuple(KINDS)),
        within("state", tuple(State)),
        within("confidential_key", tuple(CONFIDENTIAL_KEYS)),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        Index(None, TENANT_COLUMN, "commune_id", "created_at", "id"),
        Index(None, TENANT_COLUMN, "state", "begun_at"),
        {"schema": CORE_SCHEMA},
    )

    code: Mapped[str] = mapped_column(
        Text(collation="C"),
        default=new_case_code,
        info=internal("said aloud and written on papers; tells nothing"),
    )
    kind: Mapped[str] = mapped_column(info=personal("which steps and whose right it takes"))
    state: Mapped[str] = mapped_column(info=internal("where it stands in the statutory flow"))
    child_ref: Mapped[UUID | None] = sealed(
        restricted("the child in the register; the register holds no link back"), UUID
    )
    received_at: Mapped[datetime] = mapped_column(info=internal("when the information came in"))
    begun_at: Mapped[datetime] = mapped_column(
        info=internal("from when the clocks run: received, or reopened")
    )
    emergency_needed: Mapped[bool | None] = mapped_column(
        info=personal("whether the emergency clock runs; empty: not assessed yet")
    )
    initial_assessed_at: Mapped[datetime | None] = mapped_column(info=internal("a clock"))
    emergency_at: Mapped[datetime | None] = mapped_column(info=internal("answers its clock"))
    detailed_assessed_at: Mapped[datetime | None] = mapped_column(info=internal("a clock"))
    plan_submitted_at: Mapped[datetime | None] = mapped_column(info=internal("answers its clock"))
    plan_approved_at: Mapped[datetime | None] = mapped_column(info=internal("answers its clock"))
    review_on: Mapped[date | None] = mapped_column(info=internal("when the plan is reviewed"))
    closed_at: Mapped[datetime | None] = mapped_column(info=internal("when it ended"))
    generated: Mapped[bool] = mapped_column(
        default=False, info=internal("generated for a demonstration, not of a person")
    )
    created_at: Mapped[datetime] = mapped_column(info=internal("when it was entered"))
    created_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for it"))


class CaseTransition(PartOfCase, Base):
    """One step of a case: who, when, from where, to where, why; appended, never changed."""

    __tablename__ = "case_transition"
    __table_args__ = part_of_case(
        within("from_state", tuple(State)), within("to_state", tuple(State))
    )

    step: Mapped[str] = mapped_column(info=internal("which step was taken"))
    from_state: Mapped[str | None] = mapped_column(info=internal("where it stood; empty: new"))
    to_state: Mapped[str] = mapped_column(info=internal("where it stands"))
    paper_id: Mapped[UUID | None] = mapped_column(info=internal("the paper that the step filed"))
    reason: Mapped[str | None] = sealed(restricted("why, as the person wrote"))
    delay_reason: Mapped[str | None] = sealed(restricted("why the deadline was not kept"))


class CaseReferral(PartOfCase, Base):
    """A case referred to somebody in the province: for which service, and what they may read.

    The receiver reads the referral, and once it is accepted the papers that it names, until it
    ends. Source: domain page of the programmes, §2.4, §5.4 (a provider sees its own line alone).
    """

    __tablename__ = "case_referral"
    __table_args__ = part_of_case(
        within("service", options.SERVICE.codes),
        within("state", options.REFERRAL_STATE.codes),
        CheckConstraint("(state = 'sent') = (answered_at IS NULL)", name="answered"),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="ended"),
        Index(None, TENANT_COLUMN, "to_account"),
    )

    to_account: Mapped[UUID] = mapped_column(info=internal("who receives it"))
    service: Mapped[str] = mapped_column(info=personal("what is asked for"))
    shares: Mapped[list[str]] = mapped_column(
        ARRAY(Text()), info=personal("which papers the receiver may read")
    )
    paper_ids: Mapped[list[UUID]] = mapped_column(
        ARRAY(Uuid()), info=internal("those papers, as they stood when it was sent")
    )
    purpose: Mapped[str] = sealed(restricted("what the receiver must know to act"), nullable=False)
    due_on: Mapped[date | None] = mapped_column(info=internal("by when an answer is asked for"))
    state: Mapped[str] = mapped_column(default="sent", info=internal("what became of it"))
    answered_at: Mapped[datetime | None] = mapped_column(info=internal("accepted or refused when"))
    answer_reason: Mapped[str | None] = sealed(restricted("why it was refused"))
    ended_at: Mapped[datetime | None] = mapped_column(info=internal("when it was over"))
    ended_by: Mapped[UUID | None] = mapped_column(info=internal("who ended it"))


class CaseDeadline(PartOfCase, Base):
    """What became of one statutory deadline in one run of a case; kept by the program."""

    __tablename__ = "case_deadline"
    __table_args__ = part_of_case(
        within("clock", options.DEADLINE.codes),
        within("status", options.DEADLINE_STATUS.codes),
        UniqueConstraint(TENANT_COLUMN, "case_id", "clock", "began_at"),
        Index(None, TENANT_COLUMN, "commune_id", "due_on"),
    )

    clock: Mapped[str] = mapped_column(info=internal("which step is due"))
    began_at: Mapped[datetime] = mapped_column(info=internal("which run of the case it is of"))
    due_at: Mapped[datetime] = mapped_column(info=internal("by when the step is to be taken"))
    due_on: Mapped[date] = mapped_column(info=internal("the day of that moment in Viet Nam"))
    status: Mapped[str] = mapped_column(info=internal("running, kept, missed or dropped"))
