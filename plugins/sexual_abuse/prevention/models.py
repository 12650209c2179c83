"""Events, panels, communes that are ready, and duties not met. Source: programmes §5.3."""

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import AreaScoped, Base, TenantOwned, internal, public, restricted
from plugins.sexual_abuse import codes
from plugins.sexual_abuse.columns import CODES, COUNTED, SCHEMA, Entered, Restricted, within


class PreventionActivity(Entered, AreaScoped, TenantOwned, Base):
    """Events of prevention held in one commune; numbers alone."""

    __tablename__ = "prevention_activity"
    __table_args__ = (
        within("venue", codes.VENUES),
        within("curriculum", codes.CURRICULA),
        CheckConstraint("n_events >= 1", name="n_events"),
        CheckConstraint("n_schools >= 0", name="n_schools"),
        CheckConstraint("participants_total >= 0", name="participants_total"),
        CheckConstraint(
            "participants_female BETWEEN 0 AND participants_total", name="participants_female"
        ),
        CheckConstraint(
            "participants_children BETWEEN 0 AND participants_total",
            name="participants_children",
        ),
        Index(None, "tenant_id", "held_on"),
        {"schema": SCHEMA},
    )

    held_on: Mapped[date] = mapped_column(info=internal("when; the period"))
    venue: Mapped[str] = mapped_column(info=internal("figures by venue"))
    curriculum: Mapped[str] = mapped_column(info=internal("what it was about"))
    school: Mapped[str | None] = mapped_column(info=internal("which school"))
    lessons: Mapped[int | None] = mapped_column(info=internal("how many lessons"))
    n_events: Mapped[int] = mapped_column(info=internal("how many events"))
    n_schools: Mapped[int] = mapped_column(info=internal("schools, each counted once"))
    participants_total: Mapped[int] = mapped_column(info=internal("how many people"))
    participants_female: Mapped[int] = mapped_column(info=internal("of them women and girls"))
    participants_children: Mapped[int] = mapped_column(info=internal("of them children"))


class HotlinePanel(Entered, AreaScoped, TenantOwned, Base):
    """A panel for the hotline 111."""

    __tablename__ = "hotline_panel"
    __table_args__ = (
        within("location_type", codes.PANEL_PLACES),
        within("status", codes.PANEL_STATUSES),
        CheckConstraint("shows_111", name="shows_111"),
        CheckConstraint("inspected_on >= installed_on", name="inspected_on"),
        Index(None, "tenant_id", "installed_on"),
        {"schema": SCHEMA},
    )

    location_type: Mapped[str] = mapped_column(info=public("where it stands"))
    installed_on: Mapped[date] = mapped_column(info=public("when; the period"))
    status: Mapped[str] = mapped_column(info=public("whether it still stands"))
    inspected_on: Mapped[date | None] = mapped_column(info=public("last looked at"))
    shows_111: Mapped[bool] = mapped_column(info=public("the number that is in use"))


class CommuneReady(Entered, AreaScoped, TenantOwned, Base):
    """A commune that can manage cases: a trained worker and a procedure of its own."""

    __tablename__ = "commune_ready"
    __table_args__ = (
        CheckConstraint("until >= ready_on", name="until"),
        Index(None, "tenant_id", "commune_id"),
        {"schema": SCHEMA},
    )

    ready_on: Mapped[date] = mapped_column(info=internal("since when; the period"))
    until: Mapped[date | None] = mapped_column(info=internal("no longer ready from"))
    trained_on: Mapped[date] = mapped_column(info=internal("the worker was trained"))
    procedure_no: Mapped[str] = mapped_column(info=internal("the procedure it follows"))


class SaNonReporting(Restricted, Base):
    """Somebody concealed a case or did not report it; no name, and no case."""

    __tablename__ = "sa_non_reporting"
    __table_args__ = (
        within("party", codes.SILENT_PARTIES),
        within("known_of", codes.KNOWN_OF),
        within("action", codes.ACTIONS),
        CheckConstraint("handled_on >= known_on", name="handled_on"),
        Index(None, "tenant_id", "handled_on"),
        {"schema": SCHEMA},
    )

    party: Mapped[str] = mapped_column(info=restricted("who was silent", plain=CODES))
    known_of: Mapped[str] = mapped_column(info=restricted("what was known", plain=CODES))
    known_on: Mapped[date] = mapped_column(info=restricted("since when", plain=CODES))
    action: Mapped[str] = mapped_column(info=restricted("figures by action", plain=COUNTED))
    handled_on: Mapped[date] = mapped_column(info=restricted("the period", plain=COUNTED))
