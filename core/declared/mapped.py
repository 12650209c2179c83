"""The tables of a declared plugin as mapped classes, each column with its class and purpose.

They are of the same bases as those of a plugin in Python, so that the session's bounds, the
audit log and the figures treat them alike. A process maps a table once: another version of the
file needs another process.
"""

from __future__ import annotations

import types
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    Index,
    Numeric,
    Text,
    Uuid,
    false,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import Base, DataClass, classified, internal
from core.declared.file import needed, options_of
from core.tenancy.models import TENANT_COLUMN, AreaScoped, TenantOwned, tenant_reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import MappedColumn
    from sqlalchemy.schema import SchemaItem

    from core.declared.file import CodeList, FieldRow, FormRow

COMMUNE = "commune_id"
ANCHORS = {"child": "core.child", "household": "core.household"}
_DIGITS = 18
_TYPES: Mapping[str, type[Any] | ARRAY[str]] = {
    "text": Text,
    "textarea": Text,
    "integer": BigInteger,
    "date": Date,
    "choice": Text,
    "choices": ARRAY(Text),
    "yes_no": Boolean,
    "hamlet": Uuid,
    "child": Uuid,
    "household": Uuid,
}


class Kept(AreaScoped, TenantOwned):
    """A record of a declared form: of one province, in one commune, with who entered it when."""

    created_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for the entry"))
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=internal("when it was entered")
    )
    generated: Mapped[bool] = mapped_column(
        default=False, server_default=false(), info=internal("marks records of the demonstration")
    )


def module_of(key: str) -> str:
    """The name under which the classes of a declared plugin stand."""
    return f"declared.{key}.models"


def map_form(key: str, form: FormRow, codes: Mapping[str, CodeList]) -> type[TenantOwned]:
    """The mapped class of a form's table, in the schema named by the plugin's key."""
    inside: dict[str, Any] = {
        "__doc__": form.purpose.en,
        "__module__": module_of(key),
        "__tablename__": form.name,
        "__table_args__": (*_constraints(form, codes), {"schema": key}),
        "about_no_child": form.about_no_child,
    }
    inside |= {row.name: _column(row) for row in form.fields if row.name != COMMUNE}
    name = "".join(word.capitalize() for word in form.name.split("_"))
    return types.new_class(name, (Kept, Base), exec_body=lambda body: body.update(inside))


def check_of(row: FieldRow, codes: Mapping[str, CodeList]) -> str | None:
    """What the database holds the answers of a choice to; ``None`` for other questions."""
    values = [f"'{option.value}'" for option in options_of(row, codes)]
    if row.kind == "choices":
        return f"{row.name} <@ ARRAY[{', '.join(values)}]::text[]"
    return f"{row.name} IN ({', '.join(values)})" if row.kind == "choice" else None


def _column(row: FieldRow) -> MappedColumn[Any]:
    of_kind = Numeric(_DIGITS, row.places or 2) if row.kind == "decimal" else _TYPES[row.kind]
    assert row.data_class is not None
    assert row.purpose is not None
    return mapped_column(
        of_kind,
        nullable=not needed(row),
        info=classified(DataClass(row.data_class), row.purpose),
    )


def _constraints(form: FormRow, codes: Mapping[str, CodeList]) -> Iterator[SchemaItem]:
    yield Index(None, TENANT_COLUMN, "created_at", "id")
    for row in form.fields:
        rule = check_of(row, codes)
        if rule is not None:
            yield CheckConstraint(rule, name=row.name)
        if row.kind == "date":
            yield Index(None, TENANT_COLUMN, COMMUNE, row.name)
        if row.kind in ANCHORS:
            yield tenant_reference(row.name, ANCHORS[row.kind])
            yield Index(None, TENANT_COLUMN, row.name)
