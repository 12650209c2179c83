"""Who may be shown what: sensitivity × level of the area × audience, decided in one place."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from core.db.base import DataClass

if TYPE_CHECKING:
    from collections.abc import Mapping


class Audience(StrEnum):
    """For whom a figure is."""

    PROVINCE = "province"  # the province's own offices and its official report
    MINISTRY = "ministry"  # what is released upwards
    OUTSIDE = "outside"  # partners and the public


class Level(StrEnum):
    """Of what a figure is."""

    WHOLE = "whole"  # the province, undivided
    PART = "part"  # the province, one part of one breakdown
    BELOW = "below"  # a commune, or the communes of one reader


class Treatment(StrEnum):
    """How a figure is shown."""

    EXACT = "exact"  # as counted
    ALL_OR_NONE = "all_or_none"  # a breakdown with one small part is shown without any
    PROTECTED = "protected"  # small counts and their neighbours hidden, others rounded
    WITHHELD = "withheld"  # not at all


_OTHER, _RESTRICTED = False, True

DECISIONS: Final[Mapping[tuple[bool, Level, Audience], Treatment]] = {
    (_OTHER, Level.WHOLE, Audience.PROVINCE): Treatment.EXACT,
    (_OTHER, Level.PART, Audience.PROVINCE): Treatment.EXACT,
    (_OTHER, Level.BELOW, Audience.PROVINCE): Treatment.EXACT,
    (_OTHER, Level.WHOLE, Audience.MINISTRY): Treatment.EXACT,
    (_OTHER, Level.PART, Audience.MINISTRY): Treatment.EXACT,
    (_OTHER, Level.BELOW, Audience.MINISTRY): Treatment.WITHHELD,
    (_OTHER, Level.WHOLE, Audience.OUTSIDE): Treatment.PROTECTED,
    (_OTHER, Level.PART, Audience.OUTSIDE): Treatment.PROTECTED,
    (_OTHER, Level.BELOW, Audience.OUTSIDE): Treatment.PROTECTED,
    (_RESTRICTED, Level.WHOLE, Audience.PROVINCE): Treatment.EXACT,
    (_RESTRICTED, Level.PART, Audience.PROVINCE): Treatment.EXACT,
    (_RESTRICTED, Level.BELOW, Audience.PROVINCE): Treatment.PROTECTED,
    (_RESTRICTED, Level.WHOLE, Audience.MINISTRY): Treatment.EXACT,
    (_RESTRICTED, Level.PART, Audience.MINISTRY): Treatment.ALL_OR_NONE,
    (_RESTRICTED, Level.BELOW, Audience.MINISTRY): Treatment.WITHHELD,
    (_RESTRICTED, Level.WHOLE, Audience.OUTSIDE): Treatment.PROTECTED,
    (_RESTRICTED, Level.PART, Audience.OUTSIDE): Treatment.PROTECTED,
    (_RESTRICTED, Level.BELOW, Audience.OUTSIDE): Treatment.WITHHELD,
}
"""The whole rule. Restricted figures (abuse, trafficking, HIV) reach partners and the public as
figures of the province alone. Source: security rules §6; domain page of the programmes, §1.9 and
§5.2 (7, 9).
"""


def treatment(sensitivity: DataClass, level: Level, audience: Audience) -> Treatment:
    """How a figure of this class and level is shown to this audience."""
    return DECISIONS[sensitivity is DataClass.RESTRICTED, level, audience]
