"""The tables of the plugin, in the schema that is named by its key."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, UniqueConstraint, false, func
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import (
    AreaScoped,
    Base,
    TenantOwned,
    internal,
    personal,
    restricted,
    sealed,
    tenant_reference,
)

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


class CookingClass(AreaScoped, TenantOwned, Base):
    """A class in which children learn to cook; its learners are rows of their own."""

    __tablename__ = "cooking_class"
    __table_args__ = (
        UniqueConstraint("tenant_id", "class_code"),
        CheckConstraint("ends_on >= begins_on", name="days"),
        Index(None, "tenant_id", "created_at", "id"),
        {"schema": SCHEMA},
    )

    class_code: Mapped[str] = mapped_column(info=internal("how people call the class"))
    hamlet_id: Mapped[UUID | None] = mapped_column(info=internal("where it is held"))
    round_id: Mapped[UUID | None] = mapped_column(info=internal("the meal that it cooked"))
    begins_on: Mapped[date] = mapped_column(info=internal("first day"))
    ends_on: Mapped[date | None] = mapped_column(info=internal("last day"))
    places: Mapped[int] = mapped_column(info=internal("how many may come"))
    rice_kg: Mapped[Decimal | None] = mapped_column(Numeric(8, 1), info=internal("what it needs"))
    note: Mapped[str | None] = sealed(restricted("what the next teacher must know"))
    created_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for the entry"))
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=internal("when it was entered")
    )
    generated: Mapped[bool] = mapped_column(
        default=False, server_default=false(), info=internal("marks records of the demonstration")
    )


class ClassLearner(AreaScoped, TenantOwned, Base):
    """One child in one class."""

    __tablename__ = "class_learner"
    __table_args__ = (
        tenant_reference("class_id", f"{SCHEMA}.cooking_class"),
        tenant_reference("child_id", "core.child"),
        Index(None, "tenant_id", "class_id"),
        {"schema": SCHEMA},
    )

    class_id: Mapped[UUID] = mapped_column(info=internal("the class"))
    position: Mapped[int] = mapped_column(info=internal("the order of the list"))
    child_id: Mapped[UUID | None] = mapped_column(info=personal("the learner"))
    age: Mapped[int] = mapped_column(info=personal("who may use the stove"))
    result: Mapped[str | None] = mapped_column(info=personal("who learned to cook"))
