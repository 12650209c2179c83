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
from core.imports.households import NewHouseholds, may_enter
from core.imports.taking_apart import rows_of
from core.indicators.stale import mark_many
from core.profiles.repository import working_day
from core.register.forms import CHILD_FORM, HOUSEHOLD_FORM
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

    ``tell`` has the programmes hear of a new record of a form, where one of them wants to.
    """

    principal: Principal
    now: datetime
    today: date
    forms: Mapping[str, Form] = field(repr=False)
    measures: tuple[Measure, ...] = field(repr=False)
    tell: Callable[[str, UUID], object] | None = field(default=None, repr=False)


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
        homes = _households(session, asked, words, acting)
        new = NewChildren(
            session, context, words, asked.columns, shared, dry_run=asked.dry_run, households=homes
        )
        taken = new.take(rows)
        if taken.homes and not asked.dry_run:
            stored = list(taken.homes.values())
            _tell(session, HOUSEHOLD_FORM, stored, acting)
            _write_down(session, HOUSEHOLD_FORM, stored, acting)
        if taken.ids:
            _tell(session, CHILD_FORM, taken.ids, acting)
    if taken.ids and not asked.dry_run:
        _write_down(session, CHILD_FORM, taken.ids, acting)
    if taken.ids and taken.new is not None:
        # last of all: whoever counts or marks waits from here on until the transaction ends;
        # no measure counts households, which have no day of their own
        mark_many(session, acting.measures, Child, taken.new.rows())
    return taken


def _households(
    session: TenantSession, asked: ChildImport, words: Words, acting: Acting
) -> NewHouseholds | None:
    """What takes in the households of a list that brings some along."""
    if not asked.brings_households:
        return None
    principal = acting.principal
    return NewHouseholds(
        session,
        context_of(session, acting, HOUSEHOLD_FORM),
        words,
        asked.id,
        {"created_by": principal.account_id, "created_at": acting.now},
        allowed=may_enter(session, principal),
        dry_run=asked.dry_run,
    )


def _tell(session: TenantSession, form: Form, ids: Sequence[UUID], acting: Acting) -> None:
    """Programmes hear of a record by its entry, which nothing else asks after."""
    if acting.tell is not None:
        by = acting.principal.account_id
        enter_many(session, form, ids, by=by, at=acting.now)
        for record_id in ids:
            acting.tell(form.code, record_id)


def _write_down(session: TenantSession, form: Form, ids: Sequence[UUID], acting: Acting) -> None:
    record_many(
        session,
        acting.principal,
        Action.WRITE,
        subject_kind=form.code,
        subject_ids=ids,
        classes=_CLASSES[form.code],
    )


def context_of(session: TenantSession, acting: Acting, form: Form = CHILD_FORM) -> FormContext:
    """The bounds within which whoever sent a list enters children, or households."""
    return context_for(
        session,
        acting.principal,
        acting.today,
        on=working_day(session, acting.today),
        form=form,
        forms=acting.forms,
    )


def _classes_of(columns: Iterable[Any]) -> tuple[DataClass, ...]:
    found = {column.info.get("data_class") for column in columns}
    return tuple(sorted(one for one in found if isinstance(one, DataClass)))


def _table(form: Form) -> Any:
    model: Any = form.model
    return model.__table__


_CLASSES: Final = {
    form.code: _classes_of(_table(form).columns) for form in (CHILD_FORM, HOUSEHOLD_FORM)
}
