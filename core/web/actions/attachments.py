"""Papers of a record: what its page shows of them, and opening one through a short-lived link."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final

from core.attachments import service as attachments
from core.attachments.judging import EXTENSIONS
from core.attachments.links import LinkMaker
from core.kit.clock import local_date
from core.kit.numbers import format_date, format_number

if TYPE_CHECKING:
    from uuid import UUID

    from core.plugin_api.forms import Form
    from core.web.work import Work

_KILOBYTE: Final = 1024


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One attachment on its record's page."""

    title: str
    href: str
    kind: str
    size: str
    day: str


@dataclass(frozen=True, slots=True)
class Papers:
    """What is attached to a record; ``action`` takes more, for those who may send them."""

    lines: tuple[PaperLine, ...]
    action: str
    may_attach: bool


def attached_papers(work: Work, form: Form, record_id: UUID) -> Papers | None:
    """The attachments of a record that was opened.

    ``None`` where records have none, or where the reader is not shown what they belong to.
    """
    if not form.attachments or not attachments.may_list(work.session):
        return None
    address = papers_of(form, record_id)
    lines = tuple(
        PaperLine(
            title=each.title,
            href=f"{address}/{each.id}",
            kind=EXTENSIONS[each.media_type].upper(),
            size=f"{format_number(ceil(each.byte_count / _KILOBYTE), language=work.language)} KB",
            day=format_date(local_date(each.uploaded_at), work.language),
        )
        for each in attachments.list_attachments(work.session, form, record_id)
    )
    return Papers(lines, address, attachments.may_attach(work.principal, form))


def papers_of(form: Form, record_id: UUID) -> str:
    """The address of a record's attachments."""
    owner_and_name = form.code.replace(".", "/").replace("_", "-")
    return f"/records/{owner_and_name}/{record_id}/attachments"


def links_of(work: Work) -> LinkMaker:
    """The links of this sign-in; its page token is known to it alone."""
    return LinkMaker(work.platform.settings.secret, work.csrf_token)
