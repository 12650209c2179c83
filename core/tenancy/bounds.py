"""What a reach means for one statement: predicates on its rows, and columns left out of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, event, exists, false, func, or_, true
from sqlalchemy.orm import Mapper, defer, with_loader_criteria
from sqlalchemy.sql import visitors

from core.db.base import CORE_SCHEMA, Base, DataClass
from core.kit.errors import RefusedError
from core.kit.language import Text
from core.tenancy.grants import AccessGrant
from core.tenancy.models import (
    AreaScoped,
    Confidential,
    FollowsRecord,
    PartlyConfidential,
    TenantOwned,
    ThroughItsDoor,
)

if TYPE_CHECKING:
    from sqlalchemy import Column, Select, Table

    from core.tenancy.reach import Reach

# One entry for each combination of tenant, reach and table at work; the oldest make room.
_KEPT = 8192
_CHILD = f"{CORE_SCHEMA}.child"


class HiddenFieldError(RefusedError):
    """A statement sorts, filters or shows by a field that this reader may not see."""

    code = "field_hidden"


def tenant_criterion(tenant_id: int) -> Any:
    """The predicate on ``tenant_id`` of every tenant-owned class in a statement.

    Kept, because making it costs a fifth of a record's read.
    """
    return _tenant_criterion(tenant_id)


@lru_cache(maxsize=1024)
def _tenant_criterion(tenant_id: int) -> Any:
    return with_loader_criteria(
        TenantOwned, lambda cls: cls.tenant_id == tenant_id, include_aliases=True
    )


def bounds_of(
    tenant_id: int, reach: Reach, statement: Any, *, columns: bool, by_work: bool
) -> list[Any]:
    """The options that bound a statement: its rows always, its ``columns`` where it selects.

    ``by_work`` adds rows that were given to the holder and lie outside the communes. It is for
    statements that already name the row: in a list it would cost more than the list itself.

    Raises:
        HiddenFieldError: the statement itself names a column that is hidden from the reader.
    """
    named = _named_in(statement)
    options = [_tenant_criterion(tenant_id)]
    for cls in named:
        criterion = _class_criterion(tenant_id, reach, cls, by_work)
        if criterion is not None:
            options.append(criterion)
    if columns and (reach.classes is not None or reach.hidden):
        options += _left_out(reach, statement, named)
    return options


def _left_out(reach: Reach, statement: Select[Any], named: Named) -> list[Any]:
    for cls, names in named.items():
        if not names.isdisjoint(hidden_fields(reach, cls)):
            raise HiddenFieldError(
                Text(
                    vi="Trang này dùng một trường không hiển thị với vai trò của bạn.",
                    en="This page uses a field that your role does not show.",
                )
            )
    return [
        defer(getattr(found["entity"], name), raiseload=True)
        for found in statement.column_descriptions
        if found["type"] in named
        for name in sorted(hidden_fields(reach, found["type"]))
    ]


def hidden_fields(reach: Reach, cls: Any) -> frozenset[str]:
    """The columns of a class that the reader may not see; keys and bounds are never among them."""
    if reach.classes is None and not reach.hidden:
        return frozenset()
    return _hidden_fields(reach, cls)


@lru_cache(maxsize=_KEPT)
def _hidden_fields(reach: Reach, cls: type[Any]) -> frozenset[str]:
    if not issubclass(cls, AreaScoped | Confidential) or issubclass(cls, ThroughItsDoor):
        return frozenset()
    table = _table_of(cls)
    return frozenset(
        column.name
        for column in table.columns
        if column.name not in _BOUNDS and _is_hidden(reach, table, column)
    )


# What the rows are bounded by is compared in every statement and tells only what the bound tells.
_BOUNDS = frozenset({"tenant_id", "id", "commune_id", "confidential_key", "created_at"})


def _is_hidden(reach: Reach, table: Any, column: Column[Any]) -> bool:
    if f"{table.fullname}.{column.name}" in reach.hidden:
        return True
    data_class = column.info.get("data_class", DataClass.RESTRICTED)
    return not reach.reads_class(str(table.schema), data_class)


@lru_cache(maxsize=_KEPT)
def _class_criterion(tenant_id: int, reach: Reach, cls: type[Any], by_work: bool) -> Any:  # noqa: FBT001  a cached key
    rule = row_rule(tenant_id, reach, cls, by_work=by_work)
    return None if rule is None else with_loader_criteria(cls, rule, include_aliases=True)


def row_rule(
    tenant_id: int, reach: Reach, cls: type[Any], *, by_work: bool = False
) -> ColumnElement[bool] | None:
    """Which rows of one class a reach sees, as a predicate; ``None`` when all of the tenant.

    This is the one decision on rows: area, programme, confidentiality, work and agreements.
    """
    table = _table_of(cls)
    schema = str(table.schema)
    if reach.programmes is not None and schema not in {CORE_SCHEMA, *reach.programmes}:
        return false()
    if table.fullname in reach.shut and (reach.partner or issubclass(cls, Confidential)):
        return false()
    rules: list[ColumnElement[bool]] = []
    if issubclass(cls, Confidential):
        if _needs_grant(reach, cls.confidential_key):
            return _granted(tenant_id, reach, cls, cls.granted_by)
        if not _reads_confidential(reach, cls.confidential_key):
            return _own_lines(tenant_id, reach, cls)
    if issubclass(cls, PartlyConfidential) and not reach.every_confidential:
        rules.append(_partly(tenant_id, reach, cls))
    if issubclass(cls, ThroughItsDoor) and cls.owner_in and reach.figures is not None:
        measure = getattr(cls, cls.owner_in)
        begins = (measure.startswith(f"{one}.", autoescape=True) for one in sorted(reach.figures))
        rules.append(or_(false(), *begins))
    if issubclass(cls, FollowsRecord) and reach.programmes is not None:
        of_core = () if reach.partner else (CORE_SCHEMA,)
        rules.append(cls.programme.in_(sorted({*of_core, *reach.programmes})))
    if issubclass(cls, AreaScoped):
        rules.append(_area_rule(tenant_id, reach, cls, by_work=by_work))
    rules = [rule for rule in rules if rule is not _ALL]
    return and_(*rules) if rules else None


_ALL: ColumnElement[bool] = true()


def _area_rule(
    tenant_id: int, reach: Reach, cls: type[Any], *, by_work: bool
) -> ColumnElement[bool]:
    table = _table_of(cls)
    about_child = "id" if table.fullname == _CHILD else "child_id"
    if reach.partner and cls.about_no_child and table.schema != CORE_SCHEMA:
        agreed = dict(reach.entry_areas).get(table.fullname) or frozenset()
        in_project: ColumnElement[bool] = cls.commune_id.in_(sorted(agreed))
        return in_project
    if reach.partner and issubclass(cls, FollowsRecord):
        of_nobody: ColumnElement[bool] = cls.child_id.is_(None)
        return or_(of_nobody, _granted(tenant_id, reach, cls, "child_id"))
    if reach.partner:
        # of core's tables the children alone: what else core knows of them is not a partner's
        known = about_child in table.columns and (
            table.schema != CORE_SCHEMA or about_child == "id"
        )
        return _granted(tenant_id, reach, cls, about_child) if known else false()
    communes = reach.communes_in(table.fullname)
    if communes is None:
        return _ALL
    within: ColumnElement[bool] = cls.commune_id.in_(sorted(communes))
    if not by_work or reach.holder is None:
        return within
    given = {"id", about_child, getattr(cls, "granted_by", "id")} & {*table.columns.keys()}
    return or_(within, *(_granted(tenant_id, reach, cls, name) for name in sorted(given)))


def _partly(tenant_id: int, reach: Reach, cls: type[Any]) -> ColumnElement[bool]:
    key = cls.confidential_key
    open_to: list[ColumnElement[bool]] = [key.is_(None)]
    if reach.confidential:
        open_to.append(key.in_(sorted(reach.confidential)))
    if reach.assigned:
        # the row itself may have been given (a paper that a referral names), or what it is part of
        given = sorted({"id", cls.granted_by})
        granted = or_(*(_granted(tenant_id, reach, cls, name) for name in given))
        open_to.append(and_(key.in_(sorted(reach.assigned)), granted))
    if cls.own_column is not None and (reach.holder is not None or reach.is_unbounded):
        # code of ours that nobody stands behind finds what such code entered
        open_to.append(getattr(cls, cls.own_column) == reach.holder)
    return or_(*open_to)


def _own_lines(tenant_id: int, reach: Reach, cls: type[Any]) -> ColumnElement[bool]:
    """What the reader entered on a case that is still given to it, where a table allows that."""
    if cls.own_column is None or reach.holder is None:
        return false()
    own = getattr(cls, cls.own_column) == reach.holder
    return and_(own, _granted(tenant_id, reach, cls, cls.granted_by))


def _reads_confidential(reach: Reach, key: str) -> bool:
    return reach.every_confidential or key in reach.confidential


def _needs_grant(reach: Reach, key: str) -> bool:
    return not _reads_confidential(reach, key) and key in reach.assigned


def _granted(tenant_id: int, reach: Reach, cls: type[Any], column: str) -> ColumnElement[bool]:
    """A grant of the holder on the row lasts, by the database's clock at this very statement."""
    if reach.holder is None:
        return false()
    grant = AccessGrant
    now = func.statement_timestamp()
    rules = [
        grant.tenant_id == tenant_id,
        grant.holder_id == reach.holder,
        grant.subject_id == getattr(cls, column),
        grant.valid_from <= now,
        or_(grant.valid_to.is_(None), grant.valid_to > now),
    ]
    schema = str(_table_of(cls).schema)
    if reach.partner and schema != CORE_SCHEMA:
        rules.append(or_(grant.programme.is_(None), grant.programme == schema))
    return exists().where(and_(*rules))


def _table_of(cls: Any) -> Table:
    table: Table = cls.__table__
    return table


# Mapped classes, each with the names of columns.
Named = dict[Any, set[str]]


def tells_hidden_fields(reach: Reach, statement: Any) -> bool:
    """Whether a statement looks at a column, of any table, that the reader may not see."""
    return any(
        not names.isdisjoint(hidden_fields(reach, cls))
        for cls, names in _named_in(statement).items()
    )


def scoped_tables_in(statement: Any) -> list[str]:
    """The bounded tables that a statement names anywhere, its subqueries included."""
    return sorted(_table_of(cls).fullname for cls in _named_in(statement))


def _named_in(statement: Any) -> Named:
    """The bounded classes that a statement names anywhere, each with the columns it names."""
    named: Named = {}
    node: Any
    for node in visitors.iterate(statement):
        if node.__visit_name__ == "table":
            cls = _BY_TABLE.get(node.fullname)
            if cls is not None:
                named.setdefault(cls, set())
        elif node.__visit_name__ == "column":
            for base in node.base_columns:
                table = getattr(base, "table", None)
                cls = _BY_TABLE.get(getattr(table, "fullname", ""))
                if cls is not None:
                    named.setdefault(cls, set()).add(base.name)
    return named


def scoped_classes() -> tuple[type[Any], ...]:
    """Every mapped class whose rows or columns a reach bounds."""
    return tuple(_BY_TABLE.values())


_BY_TABLE: dict[str, type[Any]] = {}


@event.listens_for(Mapper, "after_mapper_constructed")
def _know(mapper: Mapper[Any], cls: type[Any]) -> None:
    """Remember the classes whose rows are bounded, by ``schema.table``: a plugin's, all of them.

    Raises:
        TypeError: another class is mapped to the table, and would be read without bounds.
    """
    if not issubclass(cls, TenantOwned):
        return
    table: Any = mapper.local_table
    if (
        issubclass(cls, AreaScoped | Confidential | PartlyConfidential)
        or table.schema != CORE_SCHEMA
    ):
        known = _BY_TABLE.setdefault(table.fullname, cls)
        if known is not cls:
            raise TypeError(
                f"{table.fullname} is mapped by {known} already: one would be unbounded"
            )


# Those that were mapped before anybody imported this module: no order of imports may open a table.
for _mapper in Base.registry.mappers:
    _know(_mapper, _mapper.class_)
