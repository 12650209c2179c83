"""Opening a file out of duty: asked and written down first, looked for only then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from core.access import emergency
from core.access.notices import reviewing_roles
from core.cases.models import Case
from core.cases.team import CASE
from core.kit.language import Text
from core.kit.text import nfc
from core.tenancy.models import Confidential, PartlyConfidential
from core.tenancy.reach import Reach
from core.tenancy.session import BY_WORK

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from core.web.work import Work


@dataclass(frozen=True, slots=True)
class KindOfFile:
    """Files that people speak of by a code."""

    kind: str
    title: Text
    model: Any
    code_column: str

    def address(self, file_id: UUID) -> str:
        """The page that opens one of them."""
        pages = "cases" if self.kind == CASE else f"records/{self.kind.replace('.', '/')}"
        return f"/{pages.replace('_', '-')}/{file_id}"


def kinds_of_files(work: Work) -> dict[str, KindOfFile]:
    """By kind, what can be opened out of duty here."""
    forms = work.programmes.catalogue.forms.values()
    kinds = [
        KindOfFile(form.code, form.title, form.model, form.code_column)
        for form in forms
        if form.code_column is not None
    ]
    kinds.append(KindOfFile(CASE, Text("Hồ sơ trường hợp", "Case"), Case, "code"))
    return {kind.kind: kind for kind in kinds}


def open_by_code(work: Work, kind: KindOfFile, code: str, reason: str) -> UUID | None:
    """The file that a code names, open to this person for some hours; ``None`` if there is none.

    Asking is written down whether or not anything is found, so the caller answers and does not
    raise.

    Raises:
        RefusedError, ReasonMissingError, TooManyTriesError: as ``emergency.ask``.
    """
    kept = emergency.ask(work.session, work.principal, reason, now=work.now)
    found = _find(work, kind, code)
    if found is None:
        return None
    file_id, at_work_in = found
    emergency.open_file(
        work.session,
        work.principal,
        subject_kind=kind.kind,
        subject_id=file_id,
        at_work_in=at_work_in,
        reason=kept,
        reviewers=reviewing_roles(work.session, work.programmes.catalogue),
        now=work.now,
    )
    return file_id


def open_to_me(work: Work, kind: KindOfFile, ids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these files the person may open now, by area or because they were given."""
    model = kind.model
    statement = select(model.id).where(
        model.tenant_id == work.session.tenant_id, model.id.in_(sorted(ids))
    )
    return frozenset(work.session.scalars(statement, execution_options={BY_WORK: True}))


def _find(work: Work, kind: KindOfFile, code: str) -> tuple[UUID, int | None] | None:
    """The file's id, and its commune unless it is confidential.

    In a transaction of its own that sees every row and gives out these two.
    """
    model = kind.model
    typed = nfc(code).replace(" ", "").upper()
    tenant = work.session.tenant_id
    partly = issubclass(model, PartlyConfidential)
    columns = (model.id, model.commune_id, *((model.confidential_key,) if partly else ()))
    statement = select(*columns).where(
        model.tenant_id == tenant, getattr(model, kind.code_column) == typed
    )
    with work.platform.door.tenant_session(
        tenant, reach=Reach.counting(), read_only=True
    ) as session:
        row = session.execute(statement).one_or_none()
    if row is None:
        return None
    confidential = issubclass(model, Confidential) or (partly and row.confidential_key is not None)
    return row.id, None if confidential else row.commune_id
