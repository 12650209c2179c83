"""The records of the programme: an intake without a name or an account of the abuse."""

import secrets
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import Base, restricted, sealed
from plugins.sexual_abuse import codes
from plugins.sexual_abuse.columns import CODES, COUNTED, SCHEMA, Restricted, within

CODE_LENGTH = 12
# No letters or digits that are mistaken for one another when read out on the telephone.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def opaque_code() -> str:
    """A random code by which people speak of a case; it tells nothing."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


class SaCase(Restricted, Base):
    """One notice that a child was, or may have been, sexually abused.

    That a child is in this programme is itself secret: its link to the register is sealed, and
    the register holds none. Source: domain page of the programmes, §5.2 and §5.3.
    """

    __tablename__ = "sa_case"
    __table_args__ = (
        UniqueConstraint("tenant_id", "opaque_code"),
        within("channel", codes.CHANNELS),
        within("sex", codes.SEXES),
        within("abuse_form", codes.ABUSE_FORMS),
        within("setting", codes.SETTINGS),
        within("relation_to_child", codes.RELATIONS),
        CheckConstraint("estimated_age BETWEEN 0 AND 17", name="estimated_age"),
        CheckConstraint(
            "informant_consents IS TRUE OR (informant_name IS NULL AND informant_phone IS NULL "
            "AND informant_address IS NULL)",
            name="informant_consents",
        ),
        CheckConstraint("hotline_answered_at >= received_at", name="hotline_answered_at"),
        Index(None, "tenant_id", "received_at"),
        {"schema": SCHEMA},
    )
    opaque_code: Mapped[str] = mapped_column(
        default=opaque_code,
        info=restricted(
            "how people speak of the case; tells nothing", plain="must be unique; drawn at random"
        ),
    )
    received_at: Mapped[datetime] = mapped_column(
        info=restricted("starts the 12-hour clock; the period", plain=COUNTED)
    )
    channel: Mapped[str] = mapped_column(
        info=restricted("shows which ways of reporting work", plain=CODES)
    )
    sex: Mapped[str] = mapped_column(
        info=restricted("figures of the province by sex", plain=COUNTED)
    )
    estimated_age: Mapped[int] = mapped_column(
        info=restricted("choice of services; figures by age", plain=COUNTED)
    )
    child_safe_now: Mapped[bool] = mapped_column(
        info=restricted("whether to act at once", plain=COUNTED)
    )
    abuse_form: Mapped[str] = mapped_column(
        info=restricted("choice of services; no description", plain=CODES)
    )
    setting: Mapped[str] = mapped_column(info=restricted("shows where to prevent", plain=COUNTED))
    relation_to_child: Mapped[str] = mapped_column(
        info=restricted("whether the child can stay where it is", plain=COUNTED)
    )
    online: Mapped[bool | None] = mapped_column(
        info=restricted("shows where to prevent", plain=COUNTED)
    )
    first_known_on: Mapped[date | None] = mapped_column(
        info=restricted("how long it took to be told", plain=CODES)
    )
    ongoing: Mapped[bool | None] = mapped_column(
        info=restricted("whether to act at once", plain=COUNTED)
    )
    disability: Mapped[bool | None] = mapped_column(
        info=restricted("choice of services", plain=COUNTED)
    )
    pregnant: Mapped[bool | None] = mapped_column(
        info=restricted("choice of services", plain=CODES)
    )
    ethnicity: Mapped[str | None] = sealed(restricted("language and care the child needs"))
    hotline_answered_at: Mapped[datetime | None] = mapped_column(
        info=restricted("hotline 111 was told that the province acts", plain=COUNTED)
    )
    police_informed_at: Mapped[datetime | None] = mapped_column(
        info=restricted("the duty to inform the police was met, and when", plain=COUNTED)
    )
    hotline_ref: Mapped[str | None] = sealed(
        restricted("joins the notice with the one at hotline 111")
    )
    child_ref: Mapped[UUID | None] = sealed(
        restricted("the child of the register, for those who protect it"), UUID
    )
    informant_consents: Mapped[bool | None] = mapped_column(
        info=restricted(
            "whether the informant agreed to be noted down",
            plain="without it the database takes nothing of an informant",
        )
    )
    informant_name: Mapped[str | None] = sealed(restricted("to ask back; to protect who told"))
    informant_phone: Mapped[str | None] = sealed(restricted("to ask back"))
    informant_address: Mapped[str | None] = sealed(restricted("to ask back"))
