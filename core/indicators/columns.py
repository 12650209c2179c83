"""A measure's declaration resolved to columns: what to count, and which cells a row touches."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    DateTime,
    Integer,
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
    from collections.abc import Collection, Iterator, Mapping

    from core.kit.periods import Window
    from core.plugin_api.figures import Measure

COMMUNE = "commune_id"
_CUTS = ("sex", "age_band", "detail")
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
        parts = [*self._began(tenant_id, places), *self._ended(tenant_id, places)]
        rows = (parts[0] if len(parts) == 1 else union_all(*parts)).subquery()
        total = func.sum(rows.c.value)
        nothing = literal("", Text())
        return (
            select(
                literal(tenant_id, BigInteger()).label("tenant_id"),
                literal(self.measure.code, Text()).label("measure"),
                rows.c[COMMUNE],
                rows.c.day,
                *(rows.c[name] if name in rows.c else nothing.label(name) for name in _CUTS),
                cast(total, BigInteger).label("value"),
            )
            .group_by(*(column for column in rows.c if column.key != "value"))
            .having(total != 0)
        )

    def _began(self, tenant_id: int, places: Collection[Place] | None) -> Iterator[Select[Any]]:
        """The rows, each on the day from which it counts."""
        began = self._column(self.measure.date)
        yield self._part(tenant_id, _day(began), 1, _at(began, places), places)

    def _ended(self, tenant_id: int, places: Collection[Place] | None) -> Iterator[Select[Any]]:
        """The rows of a stock that do not count any more, each on its last day.

        What ends before it begins goes on the day on which it came. Of some places this is two
        statements, so that an index on the one day or on the other finds the rows.
        """
        if self.measure.until is None:
            return
        begins, ends = self._column(self.measure.date), self._column(self.measure.until)
        start, end = _day(begins), _day(ends)
        if places is None:
            last = func.greatest(start, end)
            yield self._part(tenant_id, last, -1, ends.is_not(None), places)
            return
        yield self._part(tenant_id, end, -1, and_(_at(ends, places), end >= start), places)
        yield self._part(tenant_id, start, -1, and_(_at(begins, places), end < start), places)

    def _part(
        self,
        tenant_id: int,
        day: ColumnElement[date],
        sign: int,
        rows: ColumnElement[bool],
        places: Collection[Place] | None,
    ) -> Select[Any]:
        """The rows with the breakdowns that the measure has: what is the same in every row is put
        beside them afterwards, for the database would sort and compare it like the rest.
        """  # noqa: D205  one sentence
        measure, model = self.measure, self.model
        value: Any = literal(sign, Integer())
        if measure.sums is not None:
            value = self._column(measure.sums) * sign
        statement = select(
            model.commune_id.label(COMMUNE),
            day.label("day"),
            *self._cuts(),
            value.label("value"),
        ).where(model.tenant_id == tenant_id, self._column(measure.date).is_not(None), rows)
        if measure.where is not None:
            statement = statement.where(measure.where)
        if places is None:
            return statement
        return statement.where(
            model.commune_id.in_(sorted({commune for commune, _ in places})),
            tuple_(model.commune_id, day).in_(sorted(places)),
        )

    def _cuts(self) -> Iterator[ColumnElement[str]]:
        measure = self.measure
        if measure.sex is not None:
            yield _text(self._column(measure.sex)).label("sex")
        if measure.age is not None:
            yield _band(self._column(measure.age)).label("age_band")
        if measure.detail is not None:
            yield _text(self._column(measure.detail)).label("detail")

    def _column(self, name: str) -> Any:
        return getattr(self.model, name)

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


def _at(column: ColumnElement[Any], places: Collection[Place] | None) -> ColumnElement[bool]:
    """A date or a moment on one of the places' days, asked of the bare column for its index.

    Day by day, for they may lie years apart.
    """
    if places is None:
        return column.is_not(None)
    days = sorted({day for _, day in places})
    if not isinstance(column.type, DateTime):
        return column.in_(days)
    after = timedelta(days=1)
    return or_(*(and_(column >= _midnight(day), column < _midnight(day + after)) for day in days))


def _day_of(value: date | datetime | None) -> date | None:
    return local_date(value) if isinstance(value, datetime) else value


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM_TIME)


def _text(column: Any) -> ColumnElement[str]:
    return func.coalesce(cast(column, Text), "")


def _band(age: Any) -> ColumnElement[str]:
    bands = [(and_(age >= low, age < high), literal(code, Text())) for low, high, code in AGE_BANDS]
    return case(*bands, else_=literal("", Text()))
