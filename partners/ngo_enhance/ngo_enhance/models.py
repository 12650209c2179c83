"""The records of the project: where it works, whom it serves, what it gave, whom it trained.

Source: domain page of the programmes, §8. What people were chosen by and how they live is personal;
which service was given on which day is internal, and tells of a child only beside its row.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Text, UniqueConstraint, false, func
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import (
    AreaScoped,
    Base,
    Option,
    TenantOwned,
    internal,
    personal,
    tenant_reference,
)
from ngo_enhance import codes
from ngo_enhance.permissions import ENTER_SERVICE, READ_SERVICE

SCHEMA = "ngo_enhance"


def _values(options: Sequence[Option]) -> str:
    return ", ".join(f"'{option.value}'" for option in options)


def _within(column: str, options: Sequence[Option]) -> CheckConstraint:
    """The column holds one of the codes."""
    return CheckConstraint(f"{column} IN ({_values(options)})", name=column)


def _subset(column: str, options: Sequence[Option]) -> CheckConstraint:
    """The column holds some of the codes."""
    return CheckConstraint(f"{column} <@ ARRAY[{_values(options)}]", name=column)


class Written(TenantOwned):
    """A row that somebody entered."""

    created_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for the entry"))
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=internal("when it was entered")
    )
    generated: Mapped[bool] = mapped_column(
        default=False, server_default=false(), info=internal("marks records of the demonstration")
    )


class Entered(AreaScoped, Written):
    """A row in one commune that somebody entered."""


class Project(Written, Base):
    """The project as the province agreed to it."""

    __tablename__ = "project"
    __table_args__ = (
        UniqueConstraint("tenant_id", "code"),
        CheckConstraint("ends_on > starts_on", name="ends_on"),
        {"schema": SCHEMA},
    )

    code: Mapped[str] = mapped_column(info=internal("names the project"))
    name: Mapped[str] = mapped_column(info=internal("how it is called"))
    donor: Mapped[str] = mapped_column(info=internal("who pays for it"))
    implementing: Mapped[str] = mapped_column(info=internal("which bodies carry it out"))
    starts_on: Mapped[date] = mapped_column(info=internal("its first day"))
    ends_on: Mapped[date] = mapped_column(info=internal("its last day"))
    currency: Mapped[str] = mapped_column(info=internal("of its budget"))
    agreement_no: Mapped[str] = mapped_column(info=internal("the agreement with the province"))
    data_sharing_no: Mapped[str | None] = mapped_column(
        info=internal("the agreement on data that it rests on")
    )


class ProjectSite(Entered, Base):
    """A commune in which the project works, from a day until another (exclusive)."""

    about_no_child = True
    __tablename__ = "project_site"
    __table_args__ = (
        tenant_reference("project_id", f"{SCHEMA}.project"),
        UniqueConstraint("tenant_id", "project_id", "commune_id", "from_day"),
        CheckConstraint("until_day > from_day", name="until_day"),
        {"schema": SCHEMA},
    )

    project_id: Mapped[UUID] = mapped_column(info=internal("of which project"))
    from_day: Mapped[date] = mapped_column(info=internal("the project works there from this day"))
    until_day: Mapped[date | None] = mapped_column(info=internal("no longer from this day"))


class LogFrameLine(Written, Base):
    """What the donor and the project agreed for one indicator and year; numbers alone."""

    __tablename__ = "log_frame_line"
    __table_args__ = (
        UniqueConstraint("tenant_id", "indicator", "year"),
        _within("indicator", codes.INDICATORS),
        _within("means", codes.MEANS),
        CheckConstraint("year BETWEEN 2010 AND 2100", name="year"),
        CheckConstraint("baseline >= 0", name="baseline"),
        CheckConstraint("target >= 0", name="target"),
        {"schema": SCHEMA},
    )

    indicator: Mapped[str] = mapped_column(info=internal("which indicator of the project"))
    year: Mapped[int] = mapped_column(info=internal("for which year"))
    baseline: Mapped[int] = mapped_column(info=internal("where the project began"))
    target: Mapped[int | None] = mapped_column(info=internal("what was agreed to reach"))
    means: Mapped[str] = mapped_column(info=internal("by what the figure is verified"))


class BeneficiaryChild(Entered, Base):
    """A child chosen for the project: consent and enrolment, or a refusal and nothing more."""

    __tablename__ = "beneficiary_child"
    __table_args__ = (
        tenant_reference("child_id", "core.child"),
        tenant_reference("household_id", "core.household"),
        tenant_reference("labour_case_id", "child_labour.labour_case"),
        _subset("criteria", codes.CRITERIA),
        _within("sex", codes.SEXES),
        CheckConstraint("age BETWEEN 5 AND 17", name="age"),
        CheckConstraint("consented = (guardian_consent_on IS NOT NULL)", name="consented"),
        Index(None, "tenant_id", "child_id"),
        Index(None, "tenant_id", "household_id"),
        Index(None, "tenant_id", "labour_case_id"),
        Index(None, "tenant_id", "selected_on"),
        {"schema": SCHEMA},
    )

    selected_on: Mapped[date] = mapped_column(info=internal("places the child in a period"))
    child_id: Mapped[UUID] = mapped_column(info=personal("the child whom the project serves"))
    household_id: Mapped[UUID | None] = mapped_column(
        info=internal("whose livelihood is supported; random, tells nothing")
    )
    labour_case_id: Mapped[UUID] = mapped_column(
        info=internal("in which case its services count; random, tells nothing")
    )
    sex: Mapped[str] = mapped_column(info=personal("figures by sex"))
    age: Mapped[int] = mapped_column(info=personal("figures by age; whole years"))
    criteria: Mapped[list[str]] = mapped_column(
        ARRAY(Text), info=personal("why this child was chosen")
    )
    consented: Mapped[bool] = mapped_column(info=internal("without consent nothing is shared"))
    guardian_consent_on: Mapped[date | None] = mapped_column(info=personal("the guardian agreed"))
    child_assent_on: Mapped[date | None] = mapped_column(info=personal("the child agreed"))


class BeneficiaryState(Entered, Base):
    """How a child works, learns and lives before and after the project's support."""

    __tablename__ = "beneficiary_state"
    __table_args__ = (
        tenant_reference("child_id", "core.child"),
        _within("stage", codes.STAGES),
        _subset("hazards", codes.HAZARDS),
        CheckConstraint("hours_per_week BETWEEN 0 AND 112", name="hours_per_week"),
        CheckConstraint("household_income_vnd >= 0", name="household_income_vnd"),
        Index(None, "tenant_id", "child_id"),
        {"schema": SCHEMA},
    )

    child_id: Mapped[UUID] = mapped_column(info=personal("the child"))
    stage: Mapped[str] = mapped_column(info=internal("before or after"))
    seen_on: Mapped[date] = mapped_column(info=internal("when it was asked"))
    hours_per_week: Mapped[int] = mapped_column(info=personal("how much the child works"))
    hazards: Mapped[list[str]] = mapped_column(ARRAY(Text), info=personal("how dangerous it is"))
    in_school: Mapped[bool] = mapped_column(info=personal("whether it learns"))
    household_income_vnd: Mapped[int | None] = mapped_column(
        info=personal("whether the livelihood helps; whole đồng a month")
    )
    livelihood_plan: Mapped[str | None] = mapped_column(
        info=personal("how the family means to live")
    )


class Outcome(Entered, Base):
    """That a child left labour or dangerous work, found by its endline; counts once."""

    read_with = READ_SERVICE
    entered_with = ENTER_SERVICE
    __tablename__ = "outcome"
    __table_args__ = (
        tenant_reference("child_id", "core.child"),
        _within("kind", codes.OUTCOMES),
        UniqueConstraint("tenant_id", "child_id"),
        {"schema": SCHEMA},
    )

    child_id: Mapped[UUID] = mapped_column(info=personal("the child"))
    kind: Mapped[str] = mapped_column(info=internal("what changed"))
    day: Mapped[date] = mapped_column(info=internal("places it in a period"))


class ProjectService(Entered, Base):
    """One service given to a beneficiary; written once, and counted by the province from a copy."""

    __tablename__ = "project_service"
    __table_args__ = (
        tenant_reference("child_id", "core.child"),
        _within("kind", codes.SERVICES),
        _within("livelihood_kind", codes.LIVELIHOODS),
        CheckConstraint("cost_vnd > 0", name="cost_vnd"),
        CheckConstraint("(kind = 'livelihood') = (livelihood_kind IS NOT NULL)", name="livelihood"),
        Index(None, "tenant_id", "child_id"),
        Index(None, "tenant_id", "given_on"),
        {"schema": SCHEMA},
    )

    child_id: Mapped[UUID] = mapped_column(info=personal("the child"))
    kind: Mapped[str] = mapped_column(info=internal("figures by kind"))
    given_on: Mapped[date] = mapped_column(info=internal("places it in a period"))
    provider: Mapped[str] = mapped_column(info=internal("who gave it"))
    cost_vnd: Mapped[int | None] = mapped_column(info=internal("what it cost; whole đồng"))
    livelihood_kind: Mapped[str | None] = mapped_column(info=internal("what the family was given"))


class FirstSchooling(Entered, Base):
    """The first education or training that a beneficiary was given; counts once."""

    read_with = READ_SERVICE
    entered_with = ENTER_SERVICE
    __tablename__ = "first_schooling"
    __table_args__ = (
        tenant_reference("child_id", "core.child"),
        UniqueConstraint("tenant_id", "child_id"),
        {"schema": SCHEMA},
    )

    child_id: Mapped[UUID] = mapped_column(info=personal("the child"))
    day: Mapped[date] = mapped_column(info=internal("places it in a period"))


class BeneficiaryHousehold(Entered, Base):
    """What a beneficiary's family was given to live by; ``first`` where it was the first time."""

    __tablename__ = "beneficiary_household"
    __table_args__ = (
        tenant_reference("household_id", "core.household"),
        tenant_reference("child_id", "core.child"),
        _within("kind", codes.LIVELIHOODS),
        CheckConstraint("value_vnd > 0", name="value_vnd"),
        Index(None, "tenant_id", "household_id"),
        Index(None, "tenant_id", "child_id"),
        {"schema": SCHEMA},
    )

    household_id: Mapped[UUID] = mapped_column(info=internal("the family; random, tells nothing"))
    child_id: Mapped[UUID] = mapped_column(info=personal("through which child it is reached"))
    kind: Mapped[str] = mapped_column(info=internal("what it was given"))
    given_on: Mapped[date] = mapped_column(info=internal("places it in a period"))
    value_vnd: Mapped[int] = mapped_column(info=internal("what it was worth; whole đồng"))


class FirstLivelihood(Entered, Base):
    """The first livelihood support of a family by the project; counts once."""

    read_with = READ_SERVICE
    entered_with = ENTER_SERVICE
    __tablename__ = "first_livelihood"
    __table_args__ = (
        tenant_reference("household_id", "core.household"),
        UniqueConstraint("tenant_id", "household_id"),
        {"schema": SCHEMA},
    )

    household_id: Mapped[UUID] = mapped_column(info=internal("the family; random, tells nothing"))
    day: Mapped[date] = mapped_column(info=internal("places it in a period"))


class BeneficiaryExit(Entered, Base):
    """That a child left the project, and why; the partner is shown it no longer."""

    __tablename__ = "beneficiary_exit"
    __table_args__ = (
        tenant_reference("child_id", "core.child"),
        _within("reason", codes.EXITS),
        Index(None, "tenant_id", "child_id"),
        {"schema": SCHEMA},
    )

    child_id: Mapped[UUID] = mapped_column(info=personal("the child"))
    left_on: Mapped[date] = mapped_column(info=internal("places it in a period"))
    reason: Mapped[str] = mapped_column(info=personal("why it left"))


class CapacityEvent(Entered, Base):
    """Training that the project held; numbers, nobody is named."""

    about_no_child = True
    __tablename__ = "capacity_event"
    __table_args__ = (
        _within("audience", codes.TRAINED),
        CheckConstraint("days BETWEEN 1 AND 60", name="days"),
        CheckConstraint("participants >= 1", name="participants"),
        CheckConstraint("women BETWEEN 0 AND participants", name="women"),
        CheckConstraint("cost_vnd > 0", name="cost_vnd"),
        Index(None, "tenant_id", "held_on"),
        {"schema": SCHEMA},
    )

    held_on: Mapped[date] = mapped_column(info=internal("places it in a period"))
    audience: Mapped[str] = mapped_column(info=internal("who was trained"))
    place: Mapped[str] = mapped_column(info=internal("where it was held"))
    trainer: Mapped[str | None] = mapped_column(info=internal("which body taught"))
    days: Mapped[int] = mapped_column(info=internal("how long it took"))
    participants: Mapped[int] = mapped_column(info=internal("how many were trained"))
    women: Mapped[int | None] = mapped_column(info=internal("of them women"))
    cost_vnd: Mapped[int | None] = mapped_column(info=internal("what it cost; whole đồng"))


class ProjectMaterial(Entered, Base):
    """Billboards and posters that the project put up."""

    about_no_child = True
    __tablename__ = "project_material"
    __table_args__ = (
        _within("kind", codes.MATERIALS),
        CheckConstraint("quantity >= 1", name="quantity"),
        Index(None, "tenant_id", "put_up_on"),
        {"schema": SCHEMA},
    )

    put_up_on: Mapped[date] = mapped_column(info=internal("places it in a period"))
    kind: Mapped[str] = mapped_column(info=internal("what it is"))
    quantity: Mapped[int] = mapped_column(info=internal("how many"))
    place: Mapped[str] = mapped_column(info=internal("where it stands"))


class MonitoringRound(Entered, Base):
    """One round of monitoring: how many were looked at and what was found, without names."""

    about_no_child = True
    __tablename__ = "monitoring_round"
    __table_args__ = (
        CheckConstraint("sample >= 1", name="sample"),
        Index(None, "tenant_id", "held_on"),
        {"schema": SCHEMA},
    )

    held_on: Mapped[date] = mapped_column(info=internal("places it in a period"))
    sample: Mapped[int] = mapped_column(info=internal("how many beneficiaries were looked at"))
    findings: Mapped[str] = mapped_column(info=internal("what was found; nobody is named"))
