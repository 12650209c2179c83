"""The records of the programme: a child who was found to need care, until that ends."""

from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import Base, personal, sensitive, tenant_reference
from plugins.orphan_care import codes
from plugins.orphan_care.columns import SCHEMA, AboutChild, Entered, of_child, several, within


class OrphanCareRecord(AboutChild, Base):
    """One child in the programme's care, from detection until the care ends.

    Sex and age are those of the day of detection, for figures; records entered before version 2
    of the form have none. Source: domain page of the programmes, §6.4.
    """

    __tablename__ = "orphan_care_record"
    __table_args__ = (
        of_child(),
        within("group_scheme", codes.SCHEMES),
        within("detected_by", codes.DETECTORS),
        within("sex", codes.SEXES),
        CheckConstraint("age_at_detection BETWEEN 0 AND 17", name="age_at_detection"),
        CheckConstraint("supported_from >= detected_on", name="supported_from"),
        within("mother_status", codes.PARENT_STATUSES),
        within("father_status", codes.PARENT_STATUSES),
        within("group_code", codes.GROUPS),
        within("sub_group", codes.SUB_GROUPS),
        within("current_carer", codes.CARERS),
        several("needs", codes.NEEDS),
        within("status", codes.STATUSES),
        CheckConstraint("(status = 'ended') = (ended_on IS NOT NULL)", name="ended"),
        CheckConstraint("ended_on >= detected_on", name="dates"),
        within("end_reason", codes.END_REASONS),
        CheckConstraint("end_reason IS NULL OR ended_on IS NOT NULL", name="end_reason_of_end"),
        CheckConstraint(
            "(group_code IN ('a', 'b', 'c')) = (sub_group IS NOT NULL) "
            "AND (sub_group IS NULL OR left(sub_group, 1) = group_code)",
            name="sub_group_of_group",
        ),
        Index(None, "tenant_id", "detected_on"),
        Index(None, "tenant_id", "child_id"),
        {"schema": SCHEMA},
    )

    detected_on: Mapped[date] = mapped_column(info=personal("when the care begins; the period"))
    detected_by: Mapped[str | None] = mapped_column(info=personal("shows how children are found"))
    sex: Mapped[str | None] = mapped_column(info=personal("figures by sex"))
    age_at_detection: Mapped[int | None] = mapped_column(info=personal("figures by age"))
    mother_status: Mapped[str] = mapped_column(info=sensitive("decides the legal group"))
    father_status: Mapped[str] = mapped_column(info=sensitive("decides the legal group"))
    has_siblings: Mapped[bool | None] = mapped_column(info=personal("keeps siblings together"))
    group_scheme: Mapped[str] = mapped_column(
        server_default=codes.QD647, info=personal("by which list the group is named")
    )
    group_code: Mapped[str] = mapped_column(info=sensitive("entitlement; figures by group"))
    sub_group: Mapped[str | None] = mapped_column(info=sensitive("entitlement"))
    current_carer: Mapped[str] = mapped_column(info=personal("whether someone cares for the child"))
    disability: Mapped[bool | None] = mapped_column(info=sensitive("choice of services"))
    toxic_chemical: Mapped[bool | None] = mapped_column(info=sensitive("choice of services"))
    supported_from: Mapped[date | None] = mapped_column(
        info=personal("since when it is supported in the community")
    )
    needs: Mapped[list[str]] = mapped_column(ARRAY(Text), info=personal("choice of services"))
    status: Mapped[str] = mapped_column(
        default="active", server_default="active", info=personal("whether the care goes on")
    )
    ended_on: Mapped[date | None] = mapped_column(info=personal("when the care ended"))
    end_reason: Mapped[str | None] = mapped_column(info=sensitive("why the care ended"))


class OrphanVerification(Entered, Base):
    """The commune's leader confirms a detection, or does not."""

    __tablename__ = "orphan_verification"
    __table_args__ = (
        tenant_reference("detection_id", f"{SCHEMA}.orphan_care_record"),
        UniqueConstraint("tenant_id", "detection_id"),
        {"schema": SCHEMA},
    )

    detection_id: Mapped[UUID] = mapped_column(info=personal("which detection"))
    verified_on: Mapped[date] = mapped_column(info=personal("when"))
    confirmed: Mapped[bool] = mapped_column(info=sensitive("whether it is so"))
    reason: Mapped[str | None] = mapped_column(info=sensitive("why it is not"))
