"""Opening a file out of duty: asked and written down first, looked for only then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from core.access import emergency
from core.kit.text import nfc
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from uuid import UUID

    from core.plugin_api.forms import Form
    from core.web.work import Work


def forms_with_codes(work: Work) -> tuple[Form, ...]:
    """The forms whose records people speak of by a code."""
    forms = work.programmes.catalogue.forms.values()
    return tuple(form for form in forms if form.code_column is not None)


def open_by_code(work: Work, form: Form, code: str, reason: str) -> UUID | None:
    """The file that a code names, open to this person for some hours; ``None`` if there is none.

    Asking is written down whether or not anything is found, so the caller answers and does not
    raise.

    Raises:
        RefusedError, ReasonMissingError, TooManyTriesError: as ``emergency.ask``.
    """
    kept = emergency.ask(work.session, work.principal, reason, now=work.now)
    found = _find(work, form, code)
    if found is not None:
        emergency.open_file(
            work.session,
            work.principal,
            subject_kind=form.code,
            subject_id=found,
            reason=kept,
            now=work.now,
        )
    return found


def _find(work: Work, form: Form, code: str) -> UUID | None:
    """In a transaction of its own that sees every row and gives out one id."""
    assert form.code_column is not None
    model: Any = form.model
    typed = nfc(code).replace(" ", "").upper()
    tenant = work.session.tenant_id
    statement = select(model.id).where(
        model.tenant_id == tenant, getattr(model, form.code_column) == typed
    )
    with work.platform.door.tenant_session(
        tenant, reach=Reach.counting(), read_only=True
    ) as session:
        found: UUID | None = session.scalar(statement)
    return found
