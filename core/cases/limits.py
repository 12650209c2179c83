"""The deadlines of case management as the province sets them; the decree's own otherwise."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

from core.profiles.repository import profile_on, settings, working_day

if TYPE_CHECKING:
    from datetime import date

    from core.tenancy.session import TenantSession

ClockStart = Literal["received", "initial_assessed", "detailed_assessed"]
_PREFIX = "cases."


@dataclass(frozen=True, slots=True)
class Limits:
    """How long each step may take.

    Where the five working days begin is not said in the passage that was read, so it is a setting,
    and the strictest reading unless the province says otherwise. Source: Decree 56/2017/ND-CP,
    Art. 26(3) and 28(1); published procedures differ on the approval.
    """

    emergency_hours: int = 12
    plan_draft_working_days: int = 5
    plan_approval_working_days: int = 7
    plan_clock_start: ClockStart = "received"


def limits_of(session: TenantSession, day: date) -> Limits:
    """The deadlines in force in a tenant on a day; those of its last profile if that has ended."""
    profile = profile_on(session, working_day(session, day))
    if profile is None:
        return Limits()
    stated = settings(session, profile.id, _PREFIX)
    names = [field.name for field in fields(Limits)]
    found = {name: stated.get(f"{_PREFIX}{name}") for name in names}
    return Limits(**{name: said.value for name, said in found.items() if said and said.stated})
