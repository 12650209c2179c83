"""What the inspectors are told of what screenings found: a workplace, and no child."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import Base, internal, tenant_reference
from plugins.child_labour.models import SCHEMA, Entered
from plugins.child_labour.permissions import ENTER, READ_INSPECTION


class HazardNotice(Entered, Base):
    """A minor was found in dangerous work at a workplace; for the inspectors, so without the child.

    Source: domain page of the programmes, §4.3 (F-LAB-1) and §4.6.
    """

    about_no_child = True
    read_with = READ_INSPECTION
    entered_with = ENTER
    __tablename__ = "hazard_notice"
    __table_args__ = (
        tenant_reference("workplace_id", f"{SCHEMA}.workplace"),
        Index(None, "tenant_id", "workplace_id"),
        {"schema": SCHEMA},
    )

    workplace_id: Mapped[UUID] = mapped_column(info=internal("where to inspect"))
    noticed_on: Mapped[date] = mapped_column(info=internal("an inspection before says nothing"))
