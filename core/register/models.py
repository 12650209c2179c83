"""Households and children; a child's name is found through tokens and shown only on purpose."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, Index, Text, UniqueConstraint, column, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, validates

from core.db.base import CORE_SCHEMA, Base, internal, personal, sensitive
from core.kit.ids import opaque_code
from core.kit.periods import add_years
from core.register import options
from core.register.columns import BY_BYTES, CHILD_TABLE, several, within
from core.tenancy.models import (
    TENANT_COLUMN,
    AreaScoped,
    TenantOwned,
    ThroughItsDoor,
    tenant_reference,
)

HOUSEHOLD_PREFIX = "HO"
CHILD_PREFIX = "TE"
# Source: programmes §1.6 (a child is under 16) and the health-insurance card of those under six.
CHILD_AGE = 16
CARD_AGE = 6


def new_household_code() -> str:
    """A code that tells nothing of the household."""
    return opaque_code(HOUSEHOLD_PREFIX)


def new_child_code() -> str:
    """A code that tells nothing of the child."""
    return opaque_code(CHILD_PREFIX)


class Household(AreaScoped, TenantOwned, Base):
    """A household (hộ gia đình) in which children live."""

    __tablename__ = "household"
    __table_args__ = (
        UniqueConstraint(TENANT_COLUMN, "household_code"),
        within("poverty_status", options.POVERTY.codes),
        within("residence_status", options.RESIDENCE.codes),
        tenant_reference("hamlet_id", f"{CORE_SCHEMA}.hamlet"),
        CheckConstraint(
            "poverty_status = 'unknown' OR poverty_year IS NOT NULL", name="poverty_year"
        ),
        Index(None, TENANT_COLUMN, "hamlet_id"),
        Index(None, TENANT_COLUMN, "commune_id", "head_fold"),
        Index(None, TENANT_COLUMN, "head_fold"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    household_code: Mapped[str] = mapped_column(
        BY_BYTES, default=new_household_code, info=internal("said aloud and written on papers")
    )
    address: Mapped[str] = mapped_column(info=personal("to find the household"))
    hamlet_id: Mapped[UUID | None] = mapped_column(info=personal("whose collaborator visits it"))
    head_name: Mapped[str] = mapped_column(info=personal("to know the household by"))
    head_fold: Mapped[str] = mapped_column(
        BY_BYTES, info=personal("the head's name without accents, for search")
    )
    head_ethnicity: Mapped[str | None] = mapped_column(info=personal("ethnic-minority figures"))
    poverty_status: Mapped[str] = mapped_column(info=personal("who is entitled to help"))
    poverty_year: Mapped[int | None] = mapped_column(info=personal("year of the classification"))
    residence_status: Mapped[str] = mapped_column(info=personal("where it is registered"))
    policy_family: Mapped[bool | None] = mapped_column(info=personal("priority in support"))
    generated: Mapped[bool] = mapped_column(
        default=False, info=internal("generated for a demonstration, not of a person")
    )
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=internal("when it was entered")
    )
    created_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for it"))


class Child(AreaScoped, TenantOwned, Base):
    """A child in the register; the code never tells the birth date, the place or a group."""

    __tablename__ = "child"
    __table_args__ = (
        UniqueConstraint(TENANT_COLUMN, "child_code"),
        tenant_reference("household_id", f"{CORE_SCHEMA}.household"),
        within("sex", options.SEX.codes),
        within("dob_precision", options.PRECISION.codes),
        within("birth_registration", options.BIRTH_REGISTRATION.codes),
        within("relation_to_head", options.RELATION.codes),
        within("residence_status", options.RESIDENCE.codes),
        within("schooling", options.SCHOOLING.codes),
        within("status", options.CHILD_STATUS.codes),
        within("source", options.SOURCE.codes),
        several("disability_types", options.DISABILITY.codes),
        within("disability_severity", options.SEVERITY.codes),
        CheckConstraint(
            "(disability_severity IS NULL) = (disability_types IS NULL)", name="disability"
        ),
        CheckConstraint("name_unknown OR full_name IS NOT NULL", name="full_name"),
        CheckConstraint("date_of_birth <= registered_on", name="date_of_birth"),
        CheckConstraint("(status = 'active') = (left_on IS NULL)", name="left_on"),
        CheckConstraint("status <> 'merged' OR merged_into IS NOT NULL", name="merged_into"),
        tenant_reference("merged_into", CHILD_TABLE),
        Index(None, TENANT_COLUMN, "commune_id", "name_sort", "id"),
        Index(None, TENANT_COLUMN, "name_sort", "id"),
        Index(None, TENANT_COLUMN, "household_id"),
        Index(None, TENANT_COLUMN, "commune_id", "registered_on"),
        Index(None, TENANT_COLUMN, "commune_id", "date_of_birth"),
        # for the likely doubles of a list: hundreds of a province share a name, few a birthday too
        Index(None, TENANT_COLUMN, "date_of_birth", "name_sort"),
        # what counts a child until one of these days is counted again by that day
        Index(
            None,
            TENANT_COLUMN,
            "commune_id",
            "left_on",
            postgresql_where=column("left_on").is_not(None),
        ),
        Index(None, TENANT_COLUMN, "commune_id", "child_until"),
        Index(None, TENANT_COLUMN, "commune_id", "small_until"),
        Index(None, TENANT_COLUMN, "commune_id", "insured_until"),
        Index(
            None,
            TENANT_COLUMN,
            "merged_into",
            postgresql_where=column("merged_into").is_not(None),
        ),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        Index(None, TENANT_COLUMN, "commune_id", "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    child_code: Mapped[str] = mapped_column(
        BY_BYTES, default=new_child_code, info=internal("said aloud and written on papers")
    )
    full_name: Mapped[str | None] = mapped_column(info=personal("to know the child by"))
    name_unknown: Mapped[bool] = mapped_column(
        default=False, info=personal("an abandoned child may have no known name")
    )
    name_sort: Mapped[str] = mapped_column(BY_BYTES, info=personal("Vietnamese order of names"))
    sex: Mapped[str] = mapped_column(info=personal("figures by sex"))
    date_of_birth: Mapped[date] = mapped_column(Date(), info=personal("age decides entitlements"))
    dob_precision: Mapped[str] = mapped_column(info=personal("how exact the date of birth is"))
    ethnicity: Mapped[str] = mapped_column(info=personal("ethnic-minority figures"))
    birth_registration: Mapped[str] = mapped_column(info=personal("every birth is registered"))
    not_registered_reason: Mapped[str | None] = mapped_column(
        info=personal("what hinders the registration of the birth")
    )
    household_id: Mapped[UUID | None] = mapped_column(info=personal("whom the child lives with"))
    relation_to_head: Mapped[str] = mapped_column(info=personal("place in the household"))
    residence_status: Mapped[str] = mapped_column(info=personal("where the child is registered"))
    health_insurance_card: Mapped[str | None] = mapped_column(
        info=sensitive("every child under six has a card")
    )
    health_insurance_until: Mapped[date | None] = mapped_column(
        Date(), info=sensitive("the last day of the card, if it has one")
    )
    disability_types: Mapped[list[str] | None] = mapped_column(
        ARRAY(Text()), info=sensitive("which help and which school fit the child")
    )
    disability_severity: Mapped[str | None] = mapped_column(
        info=sensitive("severe disability is entitled to an allowance")
    )
    schooling: Mapped[str] = mapped_column(info=personal("who is out of school"))
    status: Mapped[str] = mapped_column(
        default="active", info=personal("whether the child is still followed here")
    )
    registered_on: Mapped[date] = mapped_column(Date(), info=internal("counted from this day"))
    left_on: Mapped[date | None] = mapped_column(Date(), info=personal("no longer counted from"))
    child_until: Mapped[date] = mapped_column(
        Date(), info=personal("counted among those under 16 until before this day")
    )
    small_until: Mapped[date] = mapped_column(
        Date(), info=personal("counted among those under six until before this day")
    )
    insured_until: Mapped[date] = mapped_column(
        Date(), info=sensitive("counted as a small child with a valid card until before this day")
    )
    merged_into: Mapped[UUID | None] = mapped_column(
        info=personal("the record that stands for this one")
    )
    source: Mapped[str] = mapped_column(info=internal("how the child became known"))
    generated: Mapped[bool] = mapped_column(
        default=False, info=internal("generated for a demonstration, not of a person")
    )
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=internal("when it was entered")
    )
    created_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for it"))

    @validates("date_of_birth", "left_on", "health_insurance_until")
    def _count_until(self, changed: str, value: date | None) -> date | None:
        """Keep the days on which counting ends: age needs no recount when they pass."""
        names = ("date_of_birth", "left_on", "health_insurance_until")
        known = {name: getattr(self, name) for name in names} | {changed: value}
        born, left, card = (known[name] for name in names)
        if born is not None:
            self.child_until, self.small_until, self.insured_until = counted_until(born, left, card)
        return value


def counted_until(born: date, left: date | None, card: date | None) -> tuple[date, date, date]:
    """Before which days a child counts as a child, as a small one, as a small one with a card.

    ``left`` is the day on which it left, ``card`` the last day of its card; ``None`` for never.
    """
    small = _first(add_years(born, CARD_AGE), left)
    last = None if card is None else card + timedelta(days=1)
    return _first(add_years(born, CHILD_AGE), left), small, _first(small, last)


def _first(day: date, other: date | None) -> date:
    return day if other is None else min(day, other)


class ChildNameToken(ThroughItsDoor, AreaScoped, TenantOwned, Base):
    """One folded word of a child's name; it lies where the child lies, so that reach bounds it.

    Its key of the child says the tenant too: to look each word's tenant and commune up once more
    would take longer than storing it, and a list of children brings a million words.
    """

    read_with = "core.child.read"
    __tablename__ = "child_name_token"
    __table_args__ = (
        UniqueConstraint(TENANT_COLUMN, "child_id", "token"),
        tenant_reference("child_id", f"{CORE_SCHEMA}.child", ondelete="CASCADE"),
        Index(None, TENANT_COLUMN, "token", "child_id"),
        Index(None, TENANT_COLUMN, "commune_id", "token", "child_id"),
        {"schema": CORE_SCHEMA},
    )

    tenant_id: Mapped[int] = mapped_column(
        primary_key=True, sort_order=-1000, info=internal("owner of the row, as of the child")
    )
    commune_id: Mapped[int] = mapped_column(info=personal("bounds who may read the row"))
    child_id: Mapped[UUID] = mapped_column(info=internal("the child"))
    token: Mapped[str] = mapped_column(
        BY_BYTES, info=personal("finds a name typed without accents")
    )
