"""The national picture: what the provinces released, added up, and who has not released."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from core.aggregate.board import last_told
from core.aggregate.provinces import provinces
from core.kit.language import Text
from core.kit.periods import Period
from core.plugin_api.documents import Figure, FigureState, Table
from core.reports.freeze import due_in
from core.reports.models import PERIODIC
from core.reports.released import ReleasedFigure
from core.reports.standing import RETURNED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from core.aggregate.scope import MinistrySession
    from core.plugin_api.documents import Cell
    from core.registry.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class ProvinceFigure:
    """One province's released figure, or the state in which it is."""

    slug: str
    name: Text
    figure: Figure
    cut_off: date | None = None


@dataclass(frozen=True, slots=True)
class NationalFigure:
    """One indicator over all provinces; ``contributing`` is how many a number came from.

    ``definition_versions`` has more than one entry when provinces released under different
    versions of the definition; the reader must be told.
    """

    code: str
    figure: Figure
    contributing: int
    provinces: tuple[ProvinceFigure, ...]
    definition_versions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Released:
    """One released figure, as far as it is added up."""

    state: str
    value: int | None
    numerator: int | None
    denominator: int | None
    per: int | None
    definition_version: int
    cut_off: date


YEARLY_APART = Text(
    vi="Chỉ tiêu chỉ báo cáo theo năm không nêu ở kỳ này.",
    en="Indicators that are reported by the year alone are not in this period.",
)
_STATES = {state.value: state for state in FigureState}
# By column and not by entity: thousands of rows are read and none is kept.
_COLUMNS: tuple[Any, ...] = (
    ReleasedFigure.tenant_id,
    ReleasedFigure.indicator_code,
    ReleasedFigure.state,
    ReleasedFigure.value,
    ReleasedFigure.numerator,
    ReleasedFigure.denominator,
    ReleasedFigure.per,
    ReleasedFigure.definition_version,
    ReleasedFigure.cut_off,
)


@dataclass(frozen=True, slots=True)
class _Contribution:
    """What one province has released for one indicator, if it has."""

    slug: str
    name: Text
    row: _Released | None


@dataclass(frozen=True, slots=True)
class NationalTable:
    """The sum of one period, row by row in the order asked."""

    period_code: str
    provinces: tuple[Text, ...]
    released: int
    rows: tuple[NationalFigure, ...]


def national(
    session: MinistrySession, period: Period, codes: Iterable[str], *, kind: str = PERIODIC
) -> NationalTable:
    """Add up released figures: counts as they are, ratios from their numerators and denominators.

    A province that has not released is ``NOT_REPORTED`` and adds nothing; so is one whose release
    lacks the indicator, and one whose report went back to it. Without any number the national
    figure has the state that all provinces share, else ``NOT_REPORTED``.
    """
    wanted = tuple(dict.fromkeys(codes))
    there = provinces(session)
    rows = _latest(session, period, kind)
    figures = tuple(
        _add_up(
            code,
            [_Contribution(one.slug, one.name, rows.get((one.tenant_id, code))) for one in there],
        )
        for code in wanted
    )
    return NationalTable(
        period_code=period.code,
        provinces=tuple(each.name for each in there),
        released=len({tenant for tenant, _ in rows}),
        rows=figures,
    )


def due_codes(catalogue: Catalogue, period: Period) -> tuple[str, ...]:
    """The indicators that provinces release for such a period, in their order."""
    return tuple(
        one.code
        for one in catalogue.indicators.values()
        if one.formula is not None and due_in(one, period)
    )


def released_periods(session: MinistrySession, *, kind: str = PERIODIC) -> tuple[str, ...]:
    """The periods that at least one province has released, the latest end first."""
    rows = session.execute(
        select(ReleasedFigure.period_code).where(ReleasedFigure.kind == kind).distinct()
    )
    periods = sorted(
        (Period.parse(row.period_code) for row in rows),
        key=lambda period: (period.window.end, period.window.length_days),
        reverse=True,
    )
    return tuple(period.code for period in periods)


def as_table(national_table: NationalTable, catalogue: Catalogue) -> Table:
    """The sum as a table of the document model: total, contributors, then province by province."""
    total = len(national_table.provinces)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            _name(row.code, catalogue),
            row.figure,
            f"{row.contributing}/{total}",
            *(province.figure for province in row.provinces),
        )
        for row in national_table.rows
    )
    return Table(
        caption=Text(
            vi=f"Tổng hợp toàn quốc, kỳ {national_table.period_code}",
            en=f"National summary, period {national_table.period_code}",
        ),
        columns=(
            Text(vi="Chỉ tiêu", en="Indicator"),
            Text(vi="Toàn quốc", en="Nation"),
            Text(vi="Số tỉnh có số liệu", en="Provinces with figures"),
            *national_table.provinces,
        ),
        rows=rows,
        note=YEARLY_APART if Period.parse(national_table.period_code).kind != "year" else None,
    )


def _name(code: str, catalogue: Catalogue) -> Text:
    indicator = catalogue.indicators.get(code)
    if indicator is None:
        return Text(vi=code, en=code)
    return Text(vi=f"{code} {indicator.name.vi}", en=f"{code} {indicator.name.en}")


def _latest(
    session: MinistrySession, period: Period, kind: str
) -> Mapping[tuple[int, str], _Released]:
    """The whole figures of the period, of each province the last released; none if returned."""
    told = last_told(session, kind)
    returned = {
        tenant
        for (tenant, code), last in told.items()
        if (code, last.state) == (period.code, RETURNED)
    }
    rows = session.execute(
        select(*_COLUMNS)
        .where(
            ReleasedFigure.period_code == period.code,
            ReleasedFigure.kind == kind,
            ReleasedFigure.breakdown == "",
        )
        .order_by(ReleasedFigure.released_at, ReleasedFigure.id)
    )
    return {
        (tenant, code): _Released(*numbers)
        for tenant, code, *numbers in rows
        if tenant not in returned
    }


def _add_up(code: str, contributions: Sequence[_Contribution]) -> NationalFigure:
    provinces = tuple(_province(code, each) for each in contributions)
    counted = [
        each.row
        for each in contributions
        if each.row is not None and each.row.state == FigureState.NUMBER.value
    ]
    return NationalFigure(
        code=code,
        figure=_sum(code, counted) if counted else Figure(code, _shared_state(provinces)),
        contributing=len(counted),
        provinces=provinces,
        definition_versions=tuple(sorted({row.definition_version for row in counted})),
    )


def _province(code: str, each: _Contribution) -> ProvinceFigure:
    row = each.row
    if row is None:
        return ProvinceFigure(each.slug, each.name, Figure(code, FigureState.NOT_REPORTED))
    state = _STATES[row.state]
    figure = Figure(code, state)
    if state is FigureState.NUMBER:
        figure = _number(code, row.value, row.numerator, row.denominator, row.per)
    return ProvinceFigure(each.slug, each.name, figure, row.cut_off)


def _sum(code: str, rows: Sequence[_Released]) -> Figure:
    """Counts add up with counts, ratios with ratios of one kind; a mixture adds up to nothing."""
    if len({row.per for row in rows}) > 1:
        return Figure(code, FigureState.NOT_REPORTED)
    if rows[0].denominator is None:
        return _number(code, sum(row.value or 0 for row in rows), None, None, None)
    above = sum(row.numerator or 0 for row in rows)
    below = sum(row.denominator or 0 for row in rows)
    return _number(code, None, above, below, rows[0].per)


def _number(
    code: str, value: int | None, numerator: int | None, denominator: int | None, per: int | None
) -> Figure:
    if value is not None:
        return Figure(code, FigureState.NUMBER, Decimal(value))
    if not denominator:
        return Figure(code, FigureState.NOT_REPORTED)
    ratio = Decimal((numerator or 0) * (per or 1)) / Decimal(denominator)
    return Figure(code, FigureState.NUMBER, ratio, numerator, denominator)


def _shared_state(provinces: Sequence[ProvinceFigure]) -> FigureState:
    states = {province.figure.state for province in provinces}
    return states.pop() if len(states) == 1 else FigureState.NOT_REPORTED
