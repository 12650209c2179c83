"""Papers of a record: taken in, given out by a link that lives a minute, taken away again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response
from litestar.datastructures import State, UploadFile
from litestar.response import Redirect

from core.attachments import service as attachments
from core.attachments.judging import EXTENSIONS
from core.attachments.rules import MOST_BYTES, FileRefusedError
from core.forms import service as forms
from core.kit.clock import local_date
from core.kit.errors import ConflictError, MalformedError
from core.web.actions.attachments import links_of, papers_of
from core.web.actions.forms import find_form, open_record
from core.web.answers import ANY_FILE
from core.web.downloads import download
from core.web.rendering import page
from core.web.routing import reading, writing
from core.web.work import Work, sent_form

Asked = Request[Any, Any, State]
PAPERS = "/records/{owner:str}/{name:str}/{record_id:uuid}/attachments"
PAPER = f"{PAPERS}/{{attachment_id:uuid}}"
_ROOM_FOR_THE_REST = 100_000  # the token, the title and the borders of the parts


@writing(PAPERS, permission=None, request_max_body_size=MOST_BYTES + _ROOM_FOR_THE_REST)
def attach_paper(
    work: Work, owner: str, name: str, record_id: UUID, request: Asked
) -> Response[Any]:
    """Attach a file to a record, or say which rule it breaks and keep the title."""
    form = find_form(work, owner, name)
    sent = sent_form(request)
    title, file = sent.get("title"), sent.get("file")
    typed = title if isinstance(title, str) else ""
    try:
        attachments.attach(
            work.session,
            form,
            record_id,
            title=typed,
            content=file.file.read() if isinstance(file, UploadFile) else b"",
            principal=work.principal,
            now=work.now,
        )
    except (MalformedError, ConflictError) as refused:
        at = "field-file" if isinstance(refused, FileRefusedError) else "field-title"
        return page(
            work,
            "attach.html",
            path="/forms",
            status=refused.status,
            action=papers_of(form, record_id),
            record_href=papers_of(form, record_id).rpartition("/")[0],
            title=work.tell(form.title),
            typed=typed,
            error=(at, work.tell(refused.message)),
        )
    return Redirect(f"{papers_of(form, record_id).rpartition('/')[0]}?saved=1", status_code=303)


@reading(PAPER, permission=None)
def link_to_paper(
    work: Work, owner: str, name: str, record_id: UUID, attachment_id: UUID
) -> Response[Any]:
    """Lead on to the file itself, by a link for this sign-in and this minute."""
    form = find_form(work, owner, name)
    work.principal.require(form.sees)
    forms.get_record(work.session, form, record_id)
    attachments.find_attachment(work.session, form, record_id, attachment_id)
    query = links_of(work).make(attachment_id, work.now)
    return Redirect(f"{papers_of(form, record_id)}/{attachment_id}/file?{query}", status_code=303)


@reading(f"{PAPER}/file", permission=None, writes=True, answers={200: ANY_FILE})
def paper_file(
    work: Work,
    owner: str,
    name: str,
    record_id: UUID,
    attachment_id: UUID,
    *,
    until: int = 0,
    signature: str = "",
) -> Response[bytes]:
    """The file, always as a download; the record's own check comes first and is written down."""
    form = find_form(work, owner, name)
    work.principal.require(form.sees)
    open_record(work, form, record_id)
    attachments.find_attachment(work.session, form, record_id, attachment_id)
    links_of(work).require(attachment_id, until, signature, work.now)
    opened = attachments.open_attachment(
        work.session, form, record_id, attachment_id, work.principal
    )
    day = f"{local_date(opened.uploaded_at):%Y%m%d}"
    return download(
        opened.content,
        opened.media_type,
        name=f"{form.code.replace('.', '-')}-{day}-{str(attachment_id)[:8]}",
        extension=EXTENSIONS[opened.media_type],
    )


@writing(f"{PAPER}/remove", permission=None)
def remove_paper(
    work: Work, owner: str, name: str, record_id: UUID, attachment_id: UUID
) -> Response[Any]:
    """Take away what was attached by mistake."""
    form = find_form(work, owner, name)
    attachments.remove_attachment(work.session, form, record_id, attachment_id, work.principal)
    return Redirect(f"{papers_of(form, record_id).rpartition('/')[0]}?saved=1", status_code=303)


handlers = [attach_paper, link_to_paper, paper_file, remove_paper]
