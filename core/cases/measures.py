"""How many cases were managed; of every kind, so below the province the counts are protected."""

from __future__ import annotations

from core.cases.models import Case
from core.cases.states import State
from core.db.base import DataClass
from core.kit.language import Text
from core.plugin_api.figures import Measure

_MANAGED = Case.state != State.SCREENED_OUT.value

OPEN_CASES = Measure(
    code="core.cases_open",
    name=Text(vi="Số ca đang mở", en="Open cases"),
    model=Case,
    kind="stock",
    date="begun_at",
    until="closed_at",
    where=_MANAGED,
    sensitivity=DataClass.RESTRICTED,
    source="programmes §2.4, §2.9",
)
CLOSED_CASES = Measure(
    code="core.cases_closed",
    name=Text(vi="Số ca đã đóng", en="Closed cases"),
    model=Case,
    kind="flow",
    date="closed_at",
    where=_MANAGED & Case.closed_at.is_not(None),
    sensitivity=DataClass.RESTRICTED,
    source="programmes §2.4, §2.9",
)

CASE_MEASURES = (OPEN_CASES, CLOSED_CASES)
