"""What was set aside, spent and raised; which units reach their minimum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.kit.language import Text
from core.money import options
from core.money.models import BudgetLine, BudgetStanding, Donation, Expenditure
from core.organisation.options import LEVEL
from core.plugin_api.figures import Measure

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

ALLOCATED = Measure(
    code="core.budget_vnd",
    name=Text(vi="Kinh phí bố trí", en="Money set aside"),
    model=BudgetLine,
    kind="flow",
    date="counts_on",
    sums="amount_vnd",
    detail="source_type",
    detail_options=options.SOURCE.options,
    source="programmes §2.7",
)
SPENT = Measure(
    code="core.spent_vnd",
    name=Text(vi="Kinh phí đã chi", en="Money spent"),
    model=Expenditure,
    kind="flow",
    date="spent_on",
    sums="amount_vnd",
    detail="source_type",
    detail_options=options.SOURCE.options,
    source="programmes §2.7",
)
RAISED = Measure(
    code="core.donations_vnd",
    name=Text(vi="Tiền và hiện vật vận động được", en="Money and goods raised"),
    model=Donation,
    kind="flow",
    date="donated_on",
    sums="amount_vnd",
    detail="earmark",
    detail_options=options.PURPOSE.options,
    source="programmes §2.7, §2.9",
)


def _units(code: str, vi: str, en: str, where: ColumnElement[bool] | None = None) -> Measure:
    return Measure(
        code=code,
        name=Text(vi=vi, en=en),
        model=BudgetStanding,
        kind="stock",
        date="from_day",
        until="until_day",
        where=where,
        detail="level",
        detail_options=LEVEL.options,
        source="programmes §2.7, §2.9",
    )


WITH_MINIMUM = _units(
    "core.units_with_minimum", "Số đơn vị có mức tối thiểu", "Units that have a minimum"
)
MEETING = _units(
    "core.units_meeting_minimum",
    "Số đơn vị bố trí từ mức tối thiểu trở lên",
    "Units at or above their minimum",
    BudgetStanding.meets.is_(True),
)

MEASURES = (ALLOCATED, SPENT, RAISED, WITH_MINIMUM, MEETING)
