"""One alert: what is the matter with which record, since when, raised and settled when."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, Index, column
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal
from core.tenancy.models import (
    TENANT_COLUMN,
    AreaScoped,
    FollowsRecord,
    PartlyConfidential,
    TenantOwned,
)

_OPEN = column("settled_at").is_(None)
_OF_RECORD = column("record_id").is_not(None)


class RaisedAlert(FollowsRecord, PartlyConfidential, AreaScoped, TenantOwned, Base):
    """Raised by the job and settled by it; of one record, or of a commune where it names none.

    Once for its record as long as the cause lasts; a cause that comes back is a new alert. Of
    what concerns the whole province it lies in the province's area. Nothing of the record is
    copied but what bounds its readers.
    """

    granted_by = "subject_id"

    __tablename__ = "alert"
    __table_args__ = (
        Index(
            "uq_alert_open_record",
            TENANT_COLUMN,
            "code",
            "record_id",
            unique=True,
            postgresql_where=_OPEN & _OF_RECORD,
        ),
        Index(
            "uq_alert_open_commune",
            TENANT_COLUMN,
            "code",
            "commune_id",
            unique=True,
            postgresql_where=_OPEN & ~_OF_RECORD,
        ),
        Index("ix_alert_waiting", TENANT_COLUMN, "due_on", "id", postgresql_where=_OPEN),
        Index(
            "ix_alert_waiting_here",
            TENANT_COLUMN,
            "commune_id",
            "due_on",
            "id",
            postgresql_where=_OPEN,
        ),
        {"schema": CORE_SCHEMA},
    )

    code: Mapped[str] = mapped_column(info=internal("which alert, as it is declared"))
    record_id: Mapped[UUID | None] = mapped_column(
        info=internal("the record; random, tells nothing; empty: it is about the commune")
    )
    subject_id: Mapped[UUID | None] = mapped_column(
        info=internal("what a grant names whose holder reads the record: itself, or its case")
    )
    entered_by: Mapped[UUID | None] = mapped_column(info=internal("who entered the record"))
    since_on: Mapped[date] = mapped_column(Date(), info=internal("since when the cause is there"))
    due_on: Mapped[date] = mapped_column(Date(), info=internal("by when somebody is to act"))
    raised_at: Mapped[datetime] = mapped_column(info=internal("when it was raised"))
    settled_at: Mapped[datetime | None] = mapped_column(info=internal("when the cause was gone"))
