"""Which programme was on in which province, and when; which calls of a plugin failed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal
from core.tenancy.models import TenantOwned


class ProgrammeEnablement(TenantOwned, Base):
    """A dated record: on from a moment until another; never deleted, for reports on the past."""

    __tablename__ = "programme_enablement"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="dates"),
        Index(
            "uq_programme_enablement_open",
            "tenant_id",
            "programme",
            unique=True,
            postgresql_where="valid_to IS NULL",
        ),
        {"schema": CORE_SCHEMA},
    )

    programme: Mapped[str] = mapped_column(info=internal("which programme"))
    valid_from: Mapped[datetime] = mapped_column(info=internal("on from this moment"))
    valid_to: Mapped[datetime | None] = mapped_column(info=internal("off from this moment"))
    switched_on_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for it"))
    switched_off_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for it"))
    reason: Mapped[str | None] = mapped_column(info=internal("why, in the officer's words"))


class Call(StrEnum):
    """Why a plugin's code is called; each kind goes out of service by itself."""

    SECTION = "section"
    EXPORT = "export"
    ROUTE = "route"
    PREFILL = "prefill"
    CHECK = "check"
    EVENT = "event"
    JOB = "job"
    ALERT = "alert"
    COUNT = "count"


class Outcome(StrEnum):
    """What was wrong with a call."""

    RAISED = "raised"
    SLOW = "slow"


_CALLS = ", ".join(f"'{call.value}'" for call in Call)


class PluginFailure(TenantOwned, Base):
    """One call of a plugin's code that failed or took too long, in the tenant it was called for.

    Written in a transaction of its own, so that it stays when the request is rolled back. It tells
    the class of the error and the line of code; never its message, which may hold an answer.
    """

    __tablename__ = "plugin_failure"
    __table_args__ = (
        CheckConstraint(f"call IN ({_CALLS})", name="call"),
        CheckConstraint("outcome IN ('raised', 'slow')", name="outcome"),
        Index(None, "tenant_id", "happened_at"),
        {"schema": CORE_SCHEMA},
    )

    plugin: Mapped[str] = mapped_column(info=internal("whose code it was"))
    call: Mapped[str] = mapped_column(info=internal("what kind of call"))
    declaration: Mapped[str] = mapped_column(info=internal("which form, section or other part"))
    outcome: Mapped[str] = mapped_column(info=internal("raised or slow"))
    error: Mapped[str | None] = mapped_column(
        info=internal("the class of the error, never its message")
    )
    place: Mapped[str | None] = mapped_column(info=internal("the line of code it came from"))
    milliseconds: Mapped[int] = mapped_column(info=internal("how long the call took"))
    happened_at: Mapped[datetime] = mapped_column(info=internal("when, to count those of late"))
    cleared_at: Mapped[datetime | None] = mapped_column(
        info=internal("since when it counts no more")
    )
