"""What the program holds: its tables, forms and roles, as they are when it runs."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, get_args

import core
from core.cases.files import FORMS as PAPERS
from core.contribution import core_contribution
from core.db.base import Base
from core.identity.roles import BY_CODE
from core.registry.service import Registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from core.plugin_api import Field, Form

_PARTS_OF_A_COLUMN = 3


@dataclass(frozen=True)
class Program:
    """The tables by full name with their columns, the forms by code, the rights of roles."""

    tables: Mapping[str, frozenset[str]]
    forms: Mapping[str, Form]
    roles: frozenset[str]
    rights: Mapping[tuple[str, str], frozenset[str]]

    def column(self, place: str, tables: Iterable[str]) -> bool:
        """Whether a place is a column: of one of the tables, or by its full name."""
        table, _, column = place.rpartition(".")
        if table:
            return column in self.tables.get(table, ())
        return any(column in self.tables.get(one, ()) for one in tables)

    def questions(self, code: str) -> dict[str, Field]:
        """The fields of a form, and those of its rosters as ``roster.field``."""
        form = self.forms[code]
        rows = {f"{r.name}.{one.name}": one for r in form.rosters for one in r.fields}
        return {one.name: one for one in form.fields} | rows

    def options(self, name: str, tables: Iterable[str], codes: Iterable[str]) -> set[str]:
        """The values that any form offers for a column of the tables or a field of the forms."""
        wanted = set(tables)
        return {
            option.value
            for code, form in self.forms.items()
            for over, field in _asked(form)
            if field.name == name.rpartition(".")[2] and (over in wanted or code in codes)
            for option in field.options
        }


def running() -> Program:
    """The program with every plugin that is installed, and every table that a module declares."""
    for module in pkgutil.walk_packages(core.__path__, "core."):
        if module.name.endswith(".models"):
            importlib.import_module(module.name)
    registry = Registry.discover(core_contribution())
    papers = {form.code: form for form in PAPERS.values()}
    return Program(
        tables={
            name: frozenset(column.name for column in table.columns)
            for name, table in Base.metadata.tables.items()
        },
        forms={**registry.catalogue.forms, **papers},
        roles=frozenset(BY_CODE),
        rights={
            (role, owner): given.permissions
            for role in BY_CODE
            for owner, given in registry.catalogue.rights(role)
        },
    )


def found(place: str) -> Any:
    """The object that ``module:name`` or ``module:Class.name`` stands for.

    Raises:
        ImportError, AttributeError: there is no such module or name.
    """
    module, _, path = place.partition(":")
    here: Any = importlib.import_module(module)
    for name in path.split("."):
        here = getattr(here, name)
    return here


def values_in(held: Any) -> set[str]:
    """The codes in a list of them, however the program keeps it."""
    if isinstance(held, type) and issubclass(held, Enum):
        return {str(one.value) for one in held}
    literal = get_args(held)
    if literal:
        return {str(one) for one in literal}
    return {_code(one) for one in getattr(held, "codes", held)}


def table_of(model: type[Any]) -> str:
    """The full name of the table behind a model."""
    return str(model.__table__.fullname)


def is_table(place: str) -> bool:
    """Whether a place is written as a table: ``schema.table``."""
    return ":" not in place and place.count(".") == _PARTS_OF_A_COLUMN - 2


def _code(one: Any) -> str:
    if isinstance(one, str):
        return one
    return str(getattr(one, "value", None) or getattr(one, "code", one))


def _asked(form: Form) -> Iterator[tuple[str, Field]]:
    for field in form.fields:
        yield table_of(form.model), field
    for roster in form.rosters:
        for field in roster.fields:
            yield table_of(roster.model), field
