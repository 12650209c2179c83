"""The one table of the plugin, in the schema that is named by its key."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, false, func
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import AreaScoped, Base, TenantOwned, internal

SCHEMA = "sample_meals"


class MealRound(AreaScoped, TenantOwned, Base):
    """One meal at one place: how many children came and how many meals there were."""

    __tablename__ = "meal_round"
    __table_args__ = (
        CheckConstraint("place IN ('kindergarten', 'school', 'community')", name="place"),
        CheckConstraint("children BETWEEN 1 AND 2000", name="children"),
        CheckConstraint("meals BETWEEN 0 AND children", name="meals"),
        CheckConstraint(
            "shortage IN ('supplies', 'weather', 'other')",
            name="shortage",
        ),
        Index(None, "tenant_id", "held_on"),
        {"schema": SCHEMA},
    )

    held_on: Mapped[date] = mapped_column(info=internal("places the meal in a period"))
    place: Mapped[str] = mapped_column(info=internal("figures by kind of place"))
    children: Mapped[int] = mapped_column(info=internal("how many meals were needed"))
    meals: Mapped[int] = mapped_column(info=internal("how many meals were served"))
    shortage: Mapped[str | None] = mapped_column(info=internal("what to do about a shortage"))
    created_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for the entry"))
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=internal("when it was entered")
    )
    generated: Mapped[bool] = mapped_column(
        default=False, server_default=false(), info=internal("marks records of the demonstration")
    )
