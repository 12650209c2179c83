"""The groups a child belongs to, from when until when."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, personal, sensitive
from core.register import options
from core.register.circumstances.groups import CONFIDENTIAL, GROUPS, SCHEMES, SUB_GROUPS
from core.register.columns import AboutChild, of_child, within
from core.tenancy.models import TENANT_COLUMN, PartlyConfidential

_CONFIDENTIAL_CODES = ", ".join(f"'{g.code}'" for g in GROUPS.values() if g.is_confidential)


class SpecialCircumstance(PartlyConfidential, AboutChild, Base):
    """One group of one child; several at once are possible, and a table by group counts each.

    The confidential key follows from the group and from nothing else: the database itself
    refuses a confidential group without it. No case is named here: links between the register
    and a programme are the programme's (§5.2 (3)). Source: programmes §2.3.
    """

    __tablename__ = "special_circumstance"
    __table_args__ = (
        of_child(),
        within("group_scheme", SCHEMES),
        within("group_code", GROUPS),
        within("sub_group_code", tuple(sub.code for sub in SUB_GROUPS)),
        within("sex", options.SEX.codes),
        CheckConstraint(
            f"(group_code IN ({_CONFIDENTIAL_CODES})) = (confidential_key IS NOT NULL)",
            name="confidential_group",
        ),
        CheckConstraint(f"confidential_key IN ('{CONFIDENTIAL}')", name="confidential_key"),
        CheckConstraint("to_date >= from_date", name="to_date"),
        Index(None, TENANT_COLUMN, "child_id"),
        Index(None, TENANT_COLUMN, "commune_id", "from_date"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    group_scheme: Mapped[str] = mapped_column(info=personal("by which list the group is named"))
    # Sensitive, not restricted: rows of confidential groups are bounded whole, by their key.
    group_code: Mapped[str] = mapped_column(info=sensitive("what the child is entitled to"))
    sub_group_code: Mapped[str | None] = mapped_column(info=sensitive("the kind of care needed"))
    from_date: Mapped[date] = mapped_column(Date(), info=sensitive("counted from this day"))
    to_date: Mapped[date | None] = mapped_column(Date(), info=sensitive("no longer counted from"))
    basis_document: Mapped[str | None] = mapped_column(info=sensitive("what it rests on"))
    verified_on: Mapped[date | None] = mapped_column(Date(), info=sensitive("when it was verified"))
    sex: Mapped[str] = mapped_column(info=personal("figures by sex"))
