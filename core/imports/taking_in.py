"""One chunk of a list, from its kept rows to what became of them, for whoever sent it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from core.audit.service import Action, record_many
from core.db.base import DataClass
from core.forms.context import context_for
from core.forms.repository import enter_many
from core.imports.cells import Words
from core.imports.correcting import KnownChildren
from core.imports.entering import NewChildren, Taken
from core.imports.taking_apart import rows_of
from core.indicators.stale import mark_many
from core.profiles.repository import working_day
from core.register.forms import CHILD_FORM
from core.register.models import Child

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from core.forms.context import FormContext
    from core.identity.principal import Principal
    from core.imports.models import ChildImport
    from core.plugin_api.figures import Measure
    from core.plugin_api.forms import Form
    from core.tenancy.session import TenantSession


@dataclass(frozen=True, slots=True)
class Acting:
    """Whoever sent a list, as the work for it goes on; ``measures`` are those of the program.

    ``tell`` has the programmes hear of a new record, where one of them wants to.
    """

    principal: Principal
    now: datetime
    today: date
    forms: Mapping[str, Form] = field(repr=False)
    measures: tuple[Measure, ...] = field(repr=False)
    tell: Callable[[UUID], object] | None = field(default=None, repr=False)


def take_rows(session: TenantSession, asked: ChildImport, content: bytes, acting: Acting) -> Taken:
    """Check the rows of a chunk and store or correct what is right, written down."""
    context = context_of(session, acting)
    words = Words(context.communes)
    rows = rows_of(content)
    if asked.updates:
        known = KnownChildren(
            session,
            acting.principal,
            context,
            words,
            asked.columns,
            acting.now,
            dry_run=asked.dry_run,
        )
        taken = known.take(rows)
    else:
        shared = {
            "created_by": acting.principal.account_id,
            "registered_on": acting.today,
        }
        new = NewChildren(session, context, words, asked.columns, shared, dry_run=asked.dry_run)
        taken = new.take(rows)
        if taken.ids:
            _tell(session, taken.ids, acting)
    if taken.ids and not asked.dry_run:
        record_many(
            session,
            acting.principal,
            Action.WRITE,
            subject_kind=CHILD_FORM.code,
            subject_ids=taken.ids,
            classes=_CLASSES,
        )
    if taken.ids and taken.new is not None:
        # last of all: whoever counts or marks waits from here on until the transaction ends
        mark_many(session, acting.measures, Child, taken.new.rows())
    return taken


def _tell(session: TenantSession, ids: Sequence[UUID], acting: Acting) -> None:
    """Programmes hear of a record by its entry, which nothing else asks after."""
    if acting.tell is not None:
        by = acting.principal.account_id
        enter_many(session, CHILD_FORM, ids, by=by, at=acting.now)
        for child_id in ids:
            acting.tell(child_id)


def context_of(session: TenantSession, acting: Acting) -> FormContext:
    """The bounds within which whoever sent a list enters children."""
    return context_for(
        session,
        acting.principal,
        acting.today,
        on=working_day(session, acting.today),
        form=CHILD_FORM,
        forms=acting.forms,
    )


def _classes_of(columns: Iterable[Any]) -> tuple[DataClass, ...]:
    found = {column.info.get("data_class") for column in columns}
    return tuple(sorted(one for one in found if isinstance(one, DataClass)))


_TABLE: Any = Child.__table__
_CLASSES: Final = _classes_of(_TABLE.columns)
