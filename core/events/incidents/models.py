"""An urgent incident, whom it was told, and what was written about it since.

Source: programmes §2.12. No name is written here; who may learn of an incident is bounded all the
same, because a place and a day may be enough to know a child.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, personal
from core.events import options
from core.kit.ids import opaque_code
from core.register.columns import BY_BYTES, Entered, within
from core.tenancy.models import TENANT_COLUMN, Confidential, tenant_reference
from core.vault.columns import sealed

READ = "core.incident.read"
REPORT = "core.incident.report"
FOLLOW = "core.incident.follow"
CONFIDENTIAL = "core.incident"
INCIDENT_TABLE = f"{CORE_SCHEMA}.urgent_incident"
CODE_PREFIX = "VV"
LONGEST = 1000


def new_incident_code() -> str:
    """A code that tells nothing of the incident."""
    return opaque_code(CODE_PREFIX)


class UrgentIncident(Confidential, Entered, Base):
    """A sudden, prominent or complex incident that is reported out of the calendar."""

    confidential_key = CONFIDENTIAL
    __tablename__ = "urgent_incident"
    __table_args__ = (
        UniqueConstraint(TENANT_COLUMN, "code"),
        within("kind", options.INCIDENT.codes),
        CheckConstraint("children_count >= 0", name="children_count"),
        CheckConstraint("learned_at >= occurred_at", name="learned_at"),
        Index(None, TENANT_COLUMN, "commune_id", "registered_on"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    code: Mapped[str] = mapped_column(
        BY_BYTES, default=new_incident_code, info=internal("said aloud and written on papers")
    )
    kind: Mapped[str] = mapped_column(info=personal("what happened"))
    occurred_at: Mapped[datetime] = mapped_column(info=personal("when it happened"))
    learned_at: Mapped[datetime] = mapped_column(info=personal("when the unit heard of it"))
    place: Mapped[str | None] = mapped_column(info=personal("where it happened"))
    children_count: Mapped[int] = mapped_column(info=personal("how many children it is about"))
    first_report_text: Mapped[str] = sealed(
        personal("what is known, without a name"), nullable=False
    )
    names_checked: Mapped[bool | None] = mapped_column(
        info=internal("the writer says that the text names no child")
    )
    case_ref: Mapped[str | None] = mapped_column(info=personal("code of the case, if there is one"))
    registered_on: Mapped[date] = mapped_column(Date(), info=internal("the day it counts in"))
    closed_at: Mapped[datetime | None] = mapped_column(info=internal("when it was closed"))


class IncidentNotice(Confidential, Entered, Base):
    """One level that was told of an incident, by when it should and when it did take note."""

    confidential_key = CONFIDENTIAL
    read_with = READ
    entered_with = REPORT
    granted_by = "incident_id"
    __tablename__ = "incident_notice"
    __table_args__ = (
        tenant_reference("incident_id", INCIDENT_TABLE),
        UniqueConstraint(TENANT_COLUMN, "incident_id", "level"),
        within("level", options.TOLD.codes),
        CheckConstraint("acknowledged_at >= told_at", name="acknowledged_at"),
        {"schema": CORE_SCHEMA},
    )

    incident_id: Mapped[UUID] = mapped_column(info=internal("the incident"))
    level: Mapped[str] = mapped_column(info=internal("who is to know"))
    told_at: Mapped[datetime] = mapped_column(info=internal("when the level was told"))
    due_at: Mapped[datetime | None] = mapped_column(
        info=internal("by when it takes note; empty: no document gives the hours")
    )
    acknowledged_at: Mapped[datetime | None] = mapped_column(info=internal("when it took note"))
    acknowledged_by: Mapped[UUID | None] = mapped_column(info=internal("who took note"))
    document_no: Mapped[str | None] = mapped_column(info=internal("the letter that told it"))


class IncidentUpdate(Confidential, Entered, Base):
    """What became known or was done since the first report."""

    confidential_key = CONFIDENTIAL
    read_with = READ
    entered_with = FOLLOW
    granted_by = "incident_id"
    __tablename__ = "incident_update"
    __table_args__ = (
        tenant_reference("incident_id", INCIDENT_TABLE),
        Index(None, TENANT_COLUMN, "incident_id", "written_at"),
        {"schema": CORE_SCHEMA},
    )

    incident_id: Mapped[UUID] = mapped_column(info=internal("the incident"))
    written_at: Mapped[datetime] = mapped_column(info=internal("when it was written"))
    content: Mapped[str] = sealed(personal("what is new, without a name"), nullable=False)
