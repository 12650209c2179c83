"""Targets of the year that will be missed if it goes on as it does: an alert for each.

Source: domain page of the programmes, §2.11 and §3.7. The figures are asked of the one door, and
the estimate is that of the reports.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from core.alerts.finding import Found
from core.alerts.own import TARGET_MISSED
from core.db.base import DataClass
from core.indicators.door import FigureDoor
from core.indicators.estimate import estimate
from core.kit.periods import Window
from core.plugin_api.documents import FigureState
from core.profiles.repository import profile_on, province_of, targets, working_day
from core.reports.assessment import CHANGE, PER_UNIT, Assessment, assess

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.alerts.own import Finder
    from core.plugin_api.alerts import Moment
    from core.profiles.models import Target
    from core.registry.catalogue import Catalogue
    from core.tenancy.session import TenantSession

_PROVINCE = "province"
# What each unit must have, and what is held against another year, is read from the reports.
_OF_ONE_FIGURE = frozenset({CHANGE, PER_UNIT})


def likely_missed(session: TenantSession, moment: Moment, catalogue: Catalogue) -> Iterator[Found]:
    """The targets of this year, from the month on from which the province wants to be told."""
    today = moment.today
    on = working_day(session, today)
    profile, province = profile_on(session, on), province_of(session, on)
    from_month = moment.setting("target_notice_from_month")
    if profile is None or province is None or today.month < from_month:
        return
    door = FigureDoor(session, catalogue)
    for target in targets(session, profile.id, today.year):
        if _is_told(target, door, catalogue) and _falls_short(target, door, catalogue, today):
            yield Found(
                commune_id=province,
                record_id=target.id,
                since_on=date(today.year, from_month, 1),
                due_on=date(today.year, 12, 31),
            )


def _is_told(target: Target, door: FigureDoor, catalogue: Catalogue) -> bool:
    """A target of the province on a figure that may be told to whoever works by the plan."""
    indicator = catalogue.indicators.get(target.indicator)
    if indicator is None or target.scope != _PROVINCE or target.operator in _OF_ONE_FIGURE:
        return False
    return door.sensitivity(indicator) is not DataClass.RESTRICTED


def _falls_short(target: Target, door: FigureDoor, catalogue: Catalogue, today: date) -> bool:
    indicator = catalogue.indicators[target.indicator]
    year = Window(date(today.year, 1, 1), date(today.year, 12, 31))
    counted = Window(year.start, today)
    expected = estimate(door.figure(indicator.code, counted), indicator, catalogue, counted, year)
    if expected.state is not FigureState.NUMBER or expected.value is None:
        return False
    said = assess(target.operator, target.value, expected.value, indicator.direction)
    return said is Assessment.NOT_MET


FINDERS: Final[Mapping[str, Finder]] = {TARGET_MISSED: likely_missed}
