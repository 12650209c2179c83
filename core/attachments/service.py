"""Takes papers in and gives them out, always through their record; flushes, never commits."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.attachments import repository
from core.attachments.judging import judge
from core.attachments.models import Attachment, AttachmentContent
from core.audit.service import Action, record
from core.db.base import DataClass
from core.forms import service as forms
from core.kit.errors import ConflictError, MalformedError, NotFoundError
from core.kit.ids import new_id
from core.kit.language import Text
from core.kit.text import nfc

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.identity.principal import Principal
    from core.plugin_api.forms import Form
    from core.tenancy.session import TenantSession

KIND: Final = "core.attachment"
LONGEST_TITLE: Final = 120
MOST_OF_A_RECORD: Final = 30

_NO_TITLE = Text(
    vi="Hãy ghi tên giấy tờ, tối đa 120 ký tự.", en="Name the paper, in at most 120 letters."
)
_TOO_MANY = Text(
    vi="Hồ sơ đã có 30 tệp đính kèm. Hãy gộp các trang của một giấy tờ vào một tệp PDF.",
    en="The record has 30 attachments. Put the pages of one paper into one PDF.",
)


@dataclass(frozen=True, slots=True)
class Attached:
    """Which attachment an upload made, now or when the same content came before."""

    id: UUID
    repeated: bool


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """An attachment with its bytes."""

    content: bytes
    media_type: str
    uploaded_at: datetime


def may_list(session: TenantSession) -> bool:
    """Whether the reader is shown what attachments belong to at all."""
    return session.hidden_fields(Attachment).isdisjoint({"subject_kind", "subject_id", "title"})


def list_attachments(session: TenantSession, form: Form, record_id: UUID) -> tuple[Attachment, ...]:
    """What is attached to a record; the caller has opened the record.

    Raises:
        NotFoundError: records of this form have no attachments.
    """
    _require_attachments(form)
    return tuple(repository.attachments_of(session, form.code, record_id))


def attach(
    session: TenantSession,
    form: Form,
    record_id: UUID,
    *,
    title: str,
    content: bytes,
    principal: Principal,
    now: datetime,
) -> Attached:
    """Judge a file and attach it to a record, all of it or nothing; written down.

    Whoever may enter and see records of the form may attach to them.

    Raises:
        RefusedError: the person may not.
        NotFoundError: no such record within reach, or its form takes no attachments.
        FileRefusedError: the file breaks a rule.
        MalformedError: it has no title.
        ConflictError: the record has too many.
    """
    _require_may_attach(form, principal)
    row = forms.get_record(session, form, record_id)
    named = nfc(title)
    if not 0 < len(named) <= LONGEST_TITLE:
        raise MalformedError(_NO_TITLE)
    judged = judge(content)
    digest = hashlib.sha256(judged.content).hexdigest()
    known = repository.same_content(session, form.code, record_id, digest)
    if known is not None:
        return Attached(known.id, repeated=True)
    if len(repository.attachments_of(session, form.code, record_id)) >= MOST_OF_A_RECORD:
        raise ConflictError(_TOO_MANY)
    attachment_id = new_id()
    values = {
        "id": attachment_id,
        "commune_id": row.commune_id,
        "subject_kind": form.code,
        "subject_id": record_id,
        "title": named,
        "media_type": judged.media_type,
        "byte_count": len(judged.content),
        "sha256": digest,
        "uploaded_by": principal.account_id,
        "uploaded_at": now,
    }
    if not repository.claim_attachment(session, values):
        twin = repository.same_content(session, form.code, record_id, digest)
        assert twin is not None  # what stood in the way is committed by now
        return Attached(twin.id, repeated=True)
    session.add(
        AttachmentContent(
            id=new_id(),
            attachment_id=attachment_id,
            commune_id=row.commune_id,
            content=judged.content,
        )
    )
    session.flush()
    _note(session, principal, Action.WRITE, attachment_id)
    return Attached(attachment_id, repeated=False)


def find_attachment(
    session: TenantSession, form: Form, record_id: UUID, attachment_id: UUID
) -> Attachment:
    """One attachment of a record; the caller has opened the record.

    Raises:
        NotFoundError: it is not of this record, or not there for this reader.
    """
    _require_attachments(form)
    found = repository.attachment_of(session, form.code, record_id, attachment_id)
    if found is None:
        raise NotFoundError
    return found


def open_attachment(
    session: TenantSession, form: Form, record_id: UUID, attachment_id: UUID, principal: Principal
) -> OpenedFile:
    """The bytes; who took them is written down. The caller has opened the record.

    Raises:
        NotFoundError: it is not of this record, or not there for this reader.
    """
    found = find_attachment(session, form, record_id, attachment_id)
    content = repository.content_of(session, attachment_id)
    if content is None:
        raise NotFoundError
    _note(session, principal, Action.READ, attachment_id)
    return OpenedFile(content, found.media_type, found.uploaded_at)


def remove_attachment(
    session: TenantSession, form: Form, record_id: UUID, attachment_id: UUID, principal: Principal
) -> None:
    """Take away what was attached by mistake, such as another child's paper; written down.

    Raises:
        RefusedError: the person may not.
        NotFoundError: it is not of this record, or not there for this reader.
    """
    _require_may_attach(form, principal)
    forms.get_record(session, form, record_id)
    found = find_attachment(session, form, record_id, attachment_id)
    repository.delete_attachment(session, found.id)
    _note(session, principal, Action.DELETE, attachment_id)


def may_attach(principal: Principal, form: Form) -> bool:
    """Whether this person may attach papers to records of this form."""
    return form.attachments and principal.may(form.enters) and principal.may(form.sees)


def _require_may_attach(form: Form, principal: Principal) -> None:
    _require_attachments(form)
    principal.require(form.enters)
    principal.require(form.sees)


def _require_attachments(form: Form) -> None:
    if not form.attachments:
        raise NotFoundError


def _note(session: TenantSession, who: Principal, action: Action, attachment_id: UUID) -> None:
    record(
        session,
        who,
        action,
        subject_kind=KIND,
        subject_id=attachment_id,
        classes=(DataClass.SENSITIVE,),
    )
