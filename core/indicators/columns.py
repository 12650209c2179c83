"""A measure's declaration resolved to columns: what to count, and which cells a row touches."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    DateTime,
    Interval,
    Select,
    Text,
    and_,
    case,
    cast,
    func,
    inspect,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.sql import visitors

from core.kit.clock import VIETNAM_TIME, local_date
from core.kit.errors import ConfigurationError
from core.plugin_api.figures import AGE_BANDS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from core.kit.periods import Window
    from core.plugin_api.figures import Measure

COMMUNE = "commune_id"
Place = tuple[int, date]
_OFFSET = literal(VIETNAM_TIME.utcoffset(None), Interval())


class MeasureColumns:
    """One measure over the columns of its model.

    Raises:
        ConfigurationError: the measure names a column that is not there; its model lies in no
            commune; its condition looks at other tables, whose changes nobody would notice; or a
            day is filled in by the database, so that it is not known when the row is written.
    """

    def __init__(self, measure: Measure) -> None:
        """Resolve every name once."""
        self.measure = measure
        self.model: Any = measure.model
        self._mapper = inspect(measure.model)
        self._known = {attribute.key for attribute in self._mapper.column_attrs}
        named: tuple[str | None, ...] = (COMMUNE, measure.date, measure.until, measure.sums)
        named += (measure.sex, measure.age, measure.detail)
        for name in named:
            if name is not None and name not in self._known:
                raise self._fault(f"its model has no column {name}")
        for name in (measure.date, measure.until):
            column = None if name is None else self._mapper.columns[name]
            if column is not None and (column.default or column.server_default):
                raise self._fault(f"the column {name} must not have a default")
        self.names = frozenset(name for name in named if name is not None) | self._in_condition()

    def places(self, values: Mapping[str, Any]) -> set[Place]:
        """The commune and days whose cells a row with these values counts in."""
        commune, start = values[COMMUNE], _day_of(values[self.measure.date])
        if commune is None or start is None:
            return set()
        end = None if self.measure.until is None else _day_of(values[self.measure.until])
        days = {start} if end is None else {start, max(start, end)}
        return {(int(commune), day) for day in days}

    @property
    def day(self) -> ColumnElement[date]:
        """The day from which a row counts."""
        return cast(_day(self._column(self.measure.date)), Date)

    def holding(self, window: Window) -> tuple[ColumnElement[bool], ...]:
        """The rows that the measure counts in a window; a stock's as at its last day."""
        start = self.day
        kept = [self._column(self.measure.date).is_not(None)]
        if self.measure.where is not None:
            kept.append(self.measure.where)
        if self.measure.kind == "flow":
            return (*kept, start.between(window.start, window.end))
        kept.append(start <= window.end)
        if self.measure.until is not None:
            end = _day(self._column(self.measure.until))
            kept.append(or_(end.is_(None), func.greatest(start, end) > window.end))
        return tuple(kept)

    def counted(self, tenant_id: int, places: Collection[Place] | None) -> Select[Any]:
        """The cells from scratch: of the given places, or of the whole tenant.

        Columns: tenant_id, measure, commune_id, day, sex, age_band, detail, value.
        """
        start = _day(self._column(self.measure.date))
        parts = [self._part(tenant_id, start, 1, places)]
        if self.measure.until is not None:
            end = _day(self._column(self.measure.until))
            gone = self._part(tenant_id, func.greatest(start, end), -1, places)
            parts.append(gone.where(end.is_not(None)))
        rows = (parts[0] if len(parts) == 1 else union_all(*parts)).subquery()
        key = [rows.c[name] for name in (COMMUNE, "day", "sex", "age_band", "detail")]
        total = func.sum(rows.c.value)
        return (
            select(
                rows.c.tenant_id,
                literal(self.measure.code, Text()).label("measure"),
                *key,
                cast(total, BigInteger).label("value"),
            )
            .where(rows.c.tenant_id == tenant_id)
            .group_by(rows.c.tenant_id, *key)
            .having(total != 0)
        )

    def _part(
        self, tenant_id: int, day: ColumnElement[date], sign: int, places: Collection[Place] | None
    ) -> Select[Any]:
        measure, model = self.measure, self.model
        value = literal(1, BigInteger()) if measure.sums is None else self._column(measure.sums)
        statement = select(
            model.tenant_id.label("tenant_id"),
            model.commune_id.label(COMMUNE),
            day.label("day"),
            _text(self._optional(measure.sex)).label("sex"),
            _band(self._optional(measure.age)).label("age_band"),
            _text(self._optional(measure.detail)).label("detail"),
            (value * sign).label("value"),
        ).where(model.tenant_id == tenant_id, self._column(measure.date).is_not(None))
        if measure.where is not None:
            statement = statement.where(measure.where)
        if places is not None:
            statement = statement.where(
                model.commune_id.in_(sorted({commune for commune, _ in places})),
                tuple_(model.commune_id, day).in_(sorted(places)),
                self._bounds(sign, places),
            )
        return statement

    def _bounds(self, sign: int, places: Collection[Place]) -> ColumnElement[bool]:
        """The same once more on the bare columns, so that an index on them can be used."""
        days = sorted({day for _, day in places})
        start = _on_one_of(self._column(self.measure.date), days)
        if sign > 0:
            return start
        # what ends before it begins counts on the day of its beginning
        return and_(self._end().is_not(None), or_(_on_one_of(self._end(), days), start))

    def _end(self) -> ColumnElement[Any]:
        column: ColumnElement[Any] = self._column(str(self.measure.until))
        return column

    def _column(self, name: str) -> Any:
        return getattr(self.model, name)

    def _optional(self, name: str | None) -> Any:
        return None if name is None else self._column(name)

    def _in_condition(self) -> frozenset[str]:
        if self.measure.where is None:
            return frozenset()
        table: Any = self._mapper.local_table
        names = set()
        for node in visitors.iterate(self.measure.where):
            if node.__visit_name__ != "column":
                continue
            column: Any = node
            if getattr(column.table, "fullname", None) != table.fullname:
                raise self._fault("its condition may only name columns of its own model")
            names.add(self._mapper.get_property_by_column(table.c[column.key]).key)
        return frozenset(names)

    def _fault(self, reason: str) -> ConfigurationError:
        return ConfigurationError(f"The measure {self.measure.code} cannot be counted: {reason}.")


def _day(column: Any) -> Any:
    """The day in Viet Nam, of a date or of a moment."""
    if isinstance(column.type, DateTime):
        return cast(func.timezone(_OFFSET, column), Date)
    return column


def _on_one_of(column: ColumnElement[Any], days: Sequence[date]) -> ColumnElement[bool]:
    """A date or a moment on one of these days; day by day, for they may lie years apart."""
    if not isinstance(column.type, DateTime):
        return column.in_(days)
    after = timedelta(days=1)
    return or_(*(and_(column >= _midnight(day), column < _midnight(day + after)) for day in days))


def _day_of(value: date | datetime | None) -> date | None:
    return local_date(value) if isinstance(value, datetime) else value


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM_TIME)


def _text(column: Any) -> ColumnElement[str]:
    return literal("", Text()) if column is None else func.coalesce(cast(column, Text), "")


def _band(age: Any) -> ColumnElement[str]:
    if age is None:
        return literal("", Text())
    bands = [(and_(age >= low, age < high), literal(code, Text())) for low, high, code in AGE_BANDS]
    return case(*bands, else_=literal("", Text()))
