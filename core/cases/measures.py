"""How many cases were managed, and how many steps on time; of every kind, so protected below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.cases import options
from core.cases.models import Case, CaseDeadline
from core.cases.states import State
from core.db.base import DataClass
from core.kit.language import Text
from core.plugin_api.figures import Measure

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

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


def _deadlines(code: str, vi: str, en: str, where: ColumnElement[bool]) -> Measure:
    return Measure(
        code=code,
        name=Text(vi=vi, en=en),
        model=CaseDeadline,
        kind="flow",
        date="due_on",
        where=where,
        detail="clock",
        detail_options=options.DEADLINE.options,
        sensitivity=DataClass.RESTRICTED,
        source="programmes §2.9; Decree 56/2017/NĐ-CP, Articles 26 and 28",
    )


DEADLINES_DUE = _deadlines(
    "core.case_deadlines_due",
    "Số bước quản lý trường hợp đến hạn",
    "Steps of cases that fell due",
    CaseDeadline.status.in_((options.KEPT, options.MISSED)),
)
DEADLINES_KEPT = _deadlines(
    "core.case_deadlines_kept",
    "Số bước quản lý trường hợp đúng hạn",
    "Steps of cases taken on time",
    CaseDeadline.status == options.KEPT,
)

CASE_MEASURES = (OPEN_CASES, CLOSED_CASES, DEADLINES_DUE, DEADLINES_KEPT)
