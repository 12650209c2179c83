"""One table, in the schema named by the plugin's key."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, false, func
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import AreaScoped, Base, TenantOwned, internal


class Talk(AreaScoped, TenantOwned, Base):
    """One talk with parents."""

    __tablename__ = "talk"
    __table_args__ = (Index(None, "tenant_id", "held_on"), {"schema": "growing"})

    held_on: Mapped[date] = mapped_column(info=internal("places the talk in a period"))
    parents: Mapped[int] = mapped_column(info=internal("how many came"))
    created_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for the entry"))
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=internal("when it was entered")
    )
    generated: Mapped[bool] = mapped_column(
        default=False, server_default=false(), info=internal("marks records of the demonstration")
    )
