"""A released report as a DHIS2 data value set: what was released, and nothing else.

Source: DHIS2 developer documentation, data value sets (JSON) and ISO period formats. A data value
without a value is accepted there if it has a comment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from core.areas.repository import find_area
from core.kit.clock import local_date
from core.kit.errors import ConflictError, NotFoundError
from core.kit.language import Text
from core.plugin_api.documents import FigureState
from core.profiles.repository import profile_on
from core.reports.models import PERIODIC
from core.reports.released import ReleasedFigure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.areas.repository import AreaView
    from core.kit.periods import Period
    from core.tenancy.session import TenantSession

DATA_SET: Final = "AN_NHI_PERIODIC"
DEFAULT: Final = "default"
_COMMENTS: Final = {
    FigureState.SUPPRESSED: "suppressed: hidden to protect children",
    FigureState.NOT_ENABLED: "not_enabled: the programme was not on",
    FigureState.NOT_REPORTED: "not_reported: no figure",
    FigureState.NIL_RETURN: "nil_return: the province declares that nothing arose",
}


class NoAreaError(ConflictError):
    """The province's declaration names no area for the period, so there is no unit to name."""

    code = "dhis2.no_area"


def data_value_set(
    session: TenantSession, period: Period, *, kind: str = PERIODIC
) -> dict[str, Any]:
    """The last release of a period, ready for ``POST /api/dataValueSets``.

    Raises:
        NotFoundError: the report was not released.
        NoAreaError: the tenant has no area in that period.
    """
    rows = _last_release(session, period, kind)
    if not rows:
        raise NotFoundError
    unit, when = org_unit(_area(session, period)), period_code(period)
    return {
        "dataSet": DATA_SET,
        "dataSetIdScheme": "CODE",
        "dataElementIdScheme": "CODE",
        "orgUnitIdScheme": "CODE",
        "categoryOptionComboIdScheme": "CODE",
        "completeDate": local_date(rows[0].released_at).isoformat(),
        "period": when,
        "orgUnit": unit,
        "dataValues": [
            {"dataElement": element, "period": when, "orgUnit": unit, **told}
            for row in rows
            for element, told in _values(row)
        ],
    }


def period_code(period: Period) -> str:
    """A period as DHIS2 writes it: 2018, 2018S1, 2018Q3, 201803."""
    parts = {
        "year": "",
        "half_year": f"S{period.number}",
        "quarter": f"Q{period.number}",
        "month": f"{period.number:02}",
    }
    return f"{period.year}{parts[period.kind]}"


def org_unit(area: AreaView) -> str:
    """An area's code with its validity, because codes are reused: ``89@..2025-06-30``."""
    since = "" if area.valid_from is None else area.valid_from.isoformat()
    until = "" if area.valid_to is None else area.valid_to.isoformat()
    return f"{area.code}@{since}..{until}"


def option_combo(breakdown: str, part: str) -> str:
    """The combination of options of a part: ``sex:male``; ``sex:not_stated`` if nobody said."""
    return f"{breakdown}:{part or 'not_stated'}" if breakdown else DEFAULT


def _values(row: ReleasedFigure) -> Iterator[tuple[str, dict[str, str]]]:
    """The data values of one figure; both sides of a ratio, so that nothing averages rates."""
    combo = {"categoryOptionCombo": option_combo(row.breakdown, row.detail)}
    state = FigureState(row.state)
    if state is not FigureState.NUMBER:
        yield row.indicator_code, combo | {"comment": _COMMENTS[state]}
    elif row.value is not None:
        yield row.indicator_code, combo | {"value": str(row.value)}
    else:
        yield f"{row.indicator_code}.numerator", combo | {"value": str(row.numerator)}
        yield f"{row.indicator_code}.denominator", combo | {"value": str(row.denominator)}


def _last_release(session: TenantSession, period: Period, kind: str) -> Sequence[ReleasedFigure]:
    figure = ReleasedFigure
    of_period = (
        figure.tenant_id == session.tenant_id,
        figure.kind == kind,
        figure.period_code == period.code,
    )
    last = select(figure.report_id).where(*of_period).order_by(figure.released_at.desc()).limit(1)
    report = session.scalar(last)
    return session.scalars(
        select(figure)
        .where(*of_period, figure.report_id == report)
        .order_by(figure.indicator_code, figure.breakdown, figure.detail)
    ).all()


def _area(session: TenantSession, period: Period) -> AreaView:
    profile = profile_on(session, period.window.end)
    area = None
    if profile is not None and profile.area_id is not None:
        area = find_area(session, profile.area_id)
    if area is None:
        raise NoAreaError(_NO_AREA)
    return area


_NO_AREA = Text(
    vi="Cấu hình của tỉnh không nêu đơn vị hành chính trong kỳ này; người quản trị cấp tỉnh bổ "
    "sung trong tệp khai báo.",
    en="The province's declaration names no area for this period; the administrator adds it in "
    "the tenant's file.",
)
