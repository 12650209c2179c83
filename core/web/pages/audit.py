"""The audit log for those who watch over it: the latest entries, and who has read one record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from litestar import Response

from core.audit.repository import latest_entries
from core.audit.service import Action, record
from core.audit.wording import ACTIONS, CLASSES, KINDS
from core.identity.service import account_names
from core.kit.clock import VIETNAM_TIME
from core.kit.errors import NotFoundError
from core.kit.language import Text
from core.kit.numbers import format_date
from core.web.pages.paging import PAGE_SIZE, next_url
from core.web.rendering import page
from core.web.routing import reading
from core.web.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.audit.models import AuditEntry

READ = "core.audit.read"


@reading("/audit", permission=READ, writes=True)
def audit_page(work: Work, after: UUID | None = None) -> Response[str]:
    """The latest entries of the tenant; looking at them is written down too."""
    return _listed(work, "/audit", after=after)


@reading("/audit/records/{subject_id:uuid}", permission=READ, writes=True)
def audit_of_record(work: Work, subject_id: UUID, after: UUID | None = None) -> Response[str]:
    """Who read or changed one record, the latest first; never what is in it."""
    return _listed(work, f"/audit/records/{subject_id}", subject_id=subject_id, after=after)


def _listed(
    work: Work, path: str, *, subject_id: UUID | None = None, after: UUID | None = None
) -> Response[str]:
    entries = latest_entries(work.session, subject_id=subject_id, after=after, limit=PAGE_SIZE)
    if not entries and (subject_id or after):
        raise NotFoundError
    record(
        work.session,
        work.principal,
        Action.LIST,
        subject_kind="core.audit_entry",
        subject_id=subject_id,
    )
    return page(
        work,
        "audit.html",
        path="/audit",
        subject_id=subject_id,
        kind=_kind(work, entries[-1].subject_kind) if subject_id else None,
        rows=_rows(work, entries, linked=subject_id is None),
        next_url=next_url(path, entries[-1].id) if len(entries) == PAGE_SIZE else None,
    )


def _rows(work: Work, entries: Sequence[AuditEntry], *, linked: bool) -> list[list[Any]]:
    names = account_names(work.session, {e.account_id for e in entries if e.account_id})
    rows: list[list[Any]] = []
    for entry in entries:
        at = entry.at.astimezone(VIETNAM_TIME)
        kind = _kind(work, entry.subject_kind)
        cells = [
            f"{format_date(at.date(), work.language)} {at:%H:%M:%S}",
            _who(work, entry, names),
            _read(work, ACTIONS, entry.action),
            {"href": f"/audit/records/{entry.subject_id}", "text": kind}
            if linked and entry.subject_id
            else kind,
            ", ".join(_read(work, CLASSES, each) for each in entry.classes),
        ]
        rows.append(cells)
    return rows


def _who(work: Work, entry: AuditEntry, names: dict[UUID, str]) -> str:
    if entry.account_id is not None:
        gone = Text(vi="Tài khoản không còn", en="An account that is gone")
        return names.get(entry.account_id) or work.tell(gone)
    if entry.action == Action.SIGN_IN_REFUSED:
        return work.tell(Text(vi="Chưa xác định", en="Not known"))
    return work.tell(Text(vi="Hệ thống", en="The system"))


def _kind(work: Work, code: str) -> str:
    """The name of a kind of record, also of a programme that is switched off."""
    form = work.platform.registry.catalogue.forms.get(code)
    if form is not None:
        return work.tell(form.title)
    if code.startswith(("programme.", "plugin.")):
        names = {info.key: info.name for info in work.platform.registry.plugins}
        name = names.get(code.split(".")[1])
        return work.tell(name) if name else code
    return _read(work, KINDS, code)


def _read(work: Work, texts: dict[str, Text], code: str) -> str:
    return work.tell(texts[code]) if code in texts else code


handlers = [audit_page, audit_of_record]
