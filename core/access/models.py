"""A province's agreements with partners, looks out of duty, and looks through others' eyes."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Text, UniqueConstraint, column
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, personal, restricted, sensitive
from core.tenancy.models import TENANT_COLUMN, AreaScoped, TenantOwned, tenant_reference


class Partner(TenantOwned, Base):
    """An organisation that works with a province on a project of its own."""

    __tablename__ = "partner"
    __table_args__ = (UniqueConstraint(TENANT_COLUMN, "code"), {"schema": CORE_SCHEMA})

    code: Mapped[str] = mapped_column(info=internal("names the partner"))
    name_vi: Mapped[str] = mapped_column(info=internal("shown to people"))
    name_en: Mapped[str] = mapped_column(info=internal("shown to people"))
    generated: Mapped[bool] = mapped_column(
        default=False, info=internal("made for the demonstration")
    )
    created_at: Mapped[datetime] = mapped_column(info=internal("since when it is here"))


class Agreement(TenantOwned, Base):
    """What a partner may be shown, and until when; the only thing that shows it anything.

    Source: security rules §5; domain page of the programmes, §8.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        tenant_reference("partner_id", f"{CORE_SCHEMA}.partner"),
        UniqueConstraint(TENANT_COLUMN, "number"),
        CheckConstraint("valid_to >= valid_from", name="dates"),
        CheckConstraint("(ended_on IS NULL) = (end_reason IS NULL)", name="ended"),
        {"schema": CORE_SCHEMA},
    )

    partner_id: Mapped[UUID] = mapped_column(info=internal("with whom"))
    number: Mapped[str] = mapped_column(info=internal("number of the agreement"))
    programme: Mapped[str] = mapped_column(info=internal("the one programme it is about"))
    purpose: Mapped[str] = mapped_column(info=internal("what the partner may use the data for"))
    fields: Mapped[list[str]] = mapped_column(
        ARRAY(Text()), info=internal("personal fields it is shown, as schema.table.column")
    )
    communes: Mapped[list[int]] = mapped_column(
        ARRAY(BigInteger()), info=internal("the areas whose children may be enrolled")
    )
    valid_from: Mapped[date] = mapped_column(info=internal("first day"))
    valid_to: Mapped[date] = mapped_column(info=internal("last day"))
    ended_on: Mapped[date | None] = mapped_column(info=internal("the day from which it is ended"))
    end_reason: Mapped[str | None] = mapped_column(info=internal("why it ended early"))
    created_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for it"))
    created_at: Mapped[datetime] = mapped_column(info=internal("when it was entered"))


class Enrolment(AreaScoped, TenantOwned, Base):
    """A child whom a partner's project serves, with the consent that it rests on.

    Source: domain page of the programmes, §8 (F-ENH-1) and §1.8: the guardian's consent, and the
    child's own from seven years on.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        tenant_reference("agreement_id", f"{CORE_SCHEMA}.agreement"),
        tenant_reference("child_id", f"{CORE_SCHEMA}.child"),
        CheckConstraint("(left_on IS NULL) = (left_reason IS NULL)", name="left"),
        Index(None, TENANT_COLUMN, "agreement_id"),
        Index(
            "uq_enrolment_open",
            TENANT_COLUMN,
            "agreement_id",
            "child_id",
            unique=True,
            postgresql_where=column("left_on").is_(None),
        ),
        {"schema": CORE_SCHEMA},
    )

    agreement_id: Mapped[UUID] = mapped_column(info=internal("under which agreement"))
    child_id: Mapped[UUID] = mapped_column(info=personal("whom the project serves"))
    guardian_consent_on: Mapped[date] = mapped_column(info=personal("the guardian agreed"))
    child_assent_on: Mapped[date | None] = mapped_column(info=personal("the child agreed"))
    enrolled_on: Mapped[date] = mapped_column(info=personal("since when"))
    left_on: Mapped[date | None] = mapped_column(info=personal("no longer from this day on"))
    left_reason: Mapped[str | None] = mapped_column(
        info=personal("why, consent withdrawn or other")
    )
    created_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for it"))
    created_at: Mapped[datetime] = mapped_column(info=internal("when it was entered"))


class EmergencyAccess(TenantOwned, Base):
    """A file that somebody opened outside their duties, and what those who review it say.

    The grant that opened it ends by itself. Source: domain page of the programmes, §5.2 (2);
    security rules §4.
    """

    __tablename__ = "emergency_access"
    __table_args__ = (
        tenant_reference("grant_id", f"{CORE_SCHEMA}.access_grant"),
        CheckConstraint("verdict IN ('justified', 'not_justified')", name="verdict"),
        CheckConstraint("(reviewed_at IS NULL) = (verdict IS NULL)", name="reviewed"),
        Index(None, TENANT_COLUMN, "grant_id"),
        {"schema": CORE_SCHEMA},
    )

    grant_id: Mapped[UUID] = mapped_column(
        info=restricted("which grant", plain="a key of the scope table")
    )
    account_id: Mapped[UUID] = mapped_column(info=internal("who opened the file"))
    opened_at: Mapped[datetime] = mapped_column(info=internal("when"))
    ends_at: Mapped[datetime] = mapped_column(info=internal("when it ends by itself"))
    reason: Mapped[str] = mapped_column(info=sensitive("the written reason"))
    reviewed_by: Mapped[UUID | None] = mapped_column(info=internal("who judged it"))
    reviewed_at: Mapped[datetime | None] = mapped_column(info=internal("when it was judged"))
    verdict: Mapped[str | None] = mapped_column(info=internal("whether it was justified"))
    note: Mapped[str | None] = mapped_column(info=sensitive("what the reviewer adds"))


class EmergencyNotice(TenantOwned, Base):
    """That somebody was told of a look out of duty: who answers for the file, or who reviews it.

    It names no child; what it tells is read from the look itself. Source: security rules §4;
    domain page of the programmes, §5.2 (2).
    """

    __tablename__ = "emergency_notice"
    __table_args__ = (
        tenant_reference("emergency_id", f"{CORE_SCHEMA}.emergency_access"),
        tenant_reference("account_id", f"{CORE_SCHEMA}.account"),
        CheckConstraint("reason IN ('owner', 'reviewer')", name="reason"),
        Index(None, TENANT_COLUMN, "emergency_id"),
        Index(None, TENANT_COLUMN, "account_id", "told_at"),
        {"schema": CORE_SCHEMA},
    )

    emergency_id: Mapped[UUID] = mapped_column(info=internal("of which look it tells"))
    account_id: Mapped[UUID] = mapped_column(info=internal("who is told"))
    reason: Mapped[str] = mapped_column(info=internal("why they are: owner or reviewer"))
    told_at: Mapped[datetime] = mapped_column(info=internal("when"))
    seen_at: Mapped[datetime | None] = mapped_column(info=internal("when they said they saw it"))


class ViewAs(TenantOwned, Base):
    """An administrator looking at the pages as another account meets them, reading only."""

    __tablename__ = "view_as"
    __table_args__ = (
        tenant_reference("account_id", f"{CORE_SCHEMA}.account"),
        tenant_reference("shown_account_id", f"{CORE_SCHEMA}.account"),
        Index(None, TENANT_COLUMN, "account_id"),
        {"schema": CORE_SCHEMA},
    )

    account_id: Mapped[UUID] = mapped_column(info=internal("the administrator who looks"))
    sign_in_id: Mapped[UUID] = mapped_column(info=internal("in which sign-in"))
    shown_account_id: Mapped[UUID] = mapped_column(info=internal("as whom"))
    started_at: Mapped[datetime] = mapped_column(info=internal("from when"))
    ends_at: Mapped[datetime] = mapped_column(info=internal("until when at most"))
    ended_at: Mapped[datetime | None] = mapped_column(info=internal("when it was ended"))
