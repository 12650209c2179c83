"""Communication, materials, training: how many, how often, whom; nobody is named."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal
from core.events import options
from core.register.columns import Entered, within
from core.tenancy.models import TENANT_COLUMN

READ = "core.event.read"
ENTER = "core.event.enter"


def _several(purpose: str) -> Mapped[list[str]]:
    return mapped_column(ARRAY(Text()), info=internal(purpose))


class CommunicationEvent(Entered, Base):
    """One event, or a batch of like ones: twenty talks with a thousand people are one row."""

    __tablename__ = "communication_event"
    __table_args__ = (
        within("event_form", options.EVENT.codes),
        CheckConstraint("n_events >= 1", name="n_events"),
        CheckConstraint(
            "n_sites >= 1 AND (event_form = 'broadcast' OR n_sites <= n_events)", name="n_sites"
        ),
        CheckConstraint("participants_total >= 0", name="participants_total"),
        CheckConstraint(
            "participants_female BETWEEN 0 AND participants_total", name="participants_female"
        ),
        CheckConstraint(
            "participants_children BETWEEN 0 AND participants_total", name="participants_children"
        ),
        CheckConstraint("(event_form = 'school_talk') = (school IS NOT NULL)", name="school"),
        CheckConstraint("budget_vnd >= 0", name="budget_vnd"),
        Index(None, TENANT_COLUMN, "commune_id", "held_on"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    title: Mapped[str] = mapped_column(info=internal("how it is called"))
    event_form: Mapped[str] = mapped_column(info=internal("in which way people were told"))
    topics: Mapped[list[str]] = _several("what it was about")
    audiences: Mapped[list[str]] = _several("for whom it was")
    held_on: Mapped[date] = mapped_column(Date(), info=internal("the period it counts in"))
    place: Mapped[str] = mapped_column(info=internal("where it was"))
    school: Mapped[str | None] = mapped_column(info=internal("at which school"))
    n_events: Mapped[int] = mapped_column(info=internal("how many events the row stands for"))
    n_sites: Mapped[int] = mapped_column(info=internal("at how many places"))
    participants_total: Mapped[int] = mapped_column(info=internal("how many people came"))
    participants_female: Mapped[int | None] = mapped_column(info=internal("of them women, girls"))
    participants_children: Mapped[int | None] = mapped_column(info=internal("of them children"))
    programme_code: Mapped[str | None] = mapped_column(info=internal("under which programme"))
    lead: Mapped[str | None] = mapped_column(info=internal("which body held it"))
    budget_vnd: Mapped[int | None] = mapped_column(info=internal("what it cost, in đồng"))
    results: Mapped[str | None] = mapped_column(info=internal("what came of it"))
    results_due_on: Mapped[date | None] = mapped_column(
        Date(), info=internal("the day by which its result is reported")
    )


class CommunicationMaterial(Entered, Base):
    """Billboards, posters, leaflets and the like: how many, where, in which condition."""

    __tablename__ = "communication_material"
    __table_args__ = (
        within("material_type", options.MATERIAL.codes),
        within("status", options.MATERIAL_STATUS.codes),
        CheckConstraint("quantity >= 1", name="quantity"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    material_type: Mapped[str] = mapped_column(info=internal("what it is"))
    topics: Mapped[list[str]] = _several("what it tells of")
    quantity: Mapped[int] = mapped_column(info=internal("how many"))
    place: Mapped[str] = mapped_column(info=internal("where it stands or was given out"))
    installed_on: Mapped[date] = mapped_column(Date(), info=internal("the period it counts in"))
    status: Mapped[str] = mapped_column(info=internal("in which condition it is"))


class TrainingClass(Entered, Base):
    """A class, or several like ones: who was trained in what, and what the tests showed."""

    __tablename__ = "training_class"
    __table_args__ = (
        within("topic", options.TOPIC.codes),
        within("audience", options.TRAINED.codes),
        CheckConstraint("n_classes >= 1", name="n_classes"),
        CheckConstraint("days BETWEEN 1 AND 60", name="days"),
        CheckConstraint("participants_total >= 1", name="participants_total"),
        CheckConstraint(
            "participants_female BETWEEN 0 AND participants_total", name="participants_female"
        ),
        CheckConstraint("budget_vnd >= 0", name="budget_vnd"),
        CheckConstraint("pre_test_percent BETWEEN 0 AND 100", name="pre_test_percent"),
        CheckConstraint("post_test_percent BETWEEN 0 AND 100", name="post_test_percent"),
        Index(None, TENANT_COLUMN, "commune_id", "started_on"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    topic: Mapped[str] = mapped_column(info=internal("what was taught"))
    audience: Mapped[str] = mapped_column(info=internal("who was taught"))
    started_on: Mapped[date] = mapped_column(Date(), info=internal("the period it counts in"))
    place: Mapped[str] = mapped_column(info=internal("where it was"))
    n_classes: Mapped[int] = mapped_column(info=internal("how many classes the row stands for"))
    days: Mapped[int] = mapped_column(info=internal("how long each took"))
    participants_total: Mapped[int] = mapped_column(info=internal("how many were trained"))
    participants_female: Mapped[int | None] = mapped_column(info=internal("of them women, girls"))
    trainer: Mapped[str | None] = mapped_column(info=internal("which body taught"))
    budget_vnd: Mapped[int | None] = mapped_column(info=internal("what it cost, in đồng"))
    pre_test_percent: Mapped[int | None] = mapped_column(info=internal("right answers before"))
    post_test_percent: Mapped[int | None] = mapped_column(info=internal("right answers after"))
