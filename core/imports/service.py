"""Lists of children from the sending to the end; flushes, never commits.

A list goes three steps, each in a transaction of its own: it is *asked for* and its file kept,
*taken apart* into chunks of rows, and each chunk is *taken in*. Whatever is killed between or
within them is done again, and a chunk that is done is never done twice.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.audit.service import Action, record
from core.imports import repository
from core.imports.cells import Words
from core.imports.findings import Finding, packed, unpacked_findings
from core.imports.judging import judge_workbook
from core.imports.models import (
    DAYS_KEPT,
    DONE,
    REFUSED,
    WAITING,
    WORKING,
    ChildImport,
    ChildImportChunk,
    ChildImportFile,
)
from core.imports.rules import BookRefusedError
from core.imports.taking_apart import CHUNK, chunks_of
from core.imports.taking_in import Acting, context_of, take_rows
from core.kit.errors import ConflictError, NotFoundError, RefusedError
from core.kit.ids import new_id
from core.kit.language import Text
from core.register.forms import CHILD_FORM
from core.register.models import Child, Household
from core.register.service import codes_of_households

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from uuid import UUID

    from core.identity.principal import Principal
    from core.imports.entering import Taken
    from core.tenancy.session import TenantSession

RIGHT: Final = "core.child.import"
KIND: Final = "core.child_import"
LISTED: Final = 20

_ON_ITS_WAY: Final = Text(
    vi="Tệp này đang được nhập. Hãy đợi xong rồi xem kết quả, không cần gửi lại.",
    en="This file is being taken in. Wait for its end; do not send it again.",
)
_HIDDEN: Final = Text(
    vi="Vai trò của bạn không xem được mọi mục của phiếu trẻ em nên không nhập được từ tệp.",
    en="Your role does not show every field of the child's form, so you cannot take in a list.",
)
_STOPPED: Final = Text(
    vi="Bạn đã dừng việc nhập. Những dòng đã nhập trước đó vẫn còn trong sổ.",
    en="You stopped this. Rows that were taken in before that stay in the register.",
)
_NO_LONGER: Final = Text(
    vi="Người gửi tệp không còn quyền nhập danh sách trẻ em nên việc nhập đã dừng.",
    en="Whoever sent the file may no longer take in lists of children, so it was stopped.",
)


class _TakenBackError(Exception):
    """What was stored of a chunk is not to stay."""


@dataclass(frozen=True, slots=True)
class Overview:
    """How far a list has come, and what became of its rows."""

    asked: ChildImport
    counts: Mapping[str, int]
    refusal: Text | None

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will come of it."""
        return self.asked.state in {DONE, REFUSED}

    @property
    def takes_others(self) -> bool:
        """Whether likely doubles can still be taken in as other children."""
        kept = self.asked.state == DONE and not (self.asked.updates or self.asked.dry_run)
        return kept and self.counts["doubled"] > 0

    @property
    def percent(self) -> int:
        """How much of it is done."""
        total = self.asked.chunk_count
        return 100 * self.asked.chunks_done // total if total else 0


def may_import(principal: Principal) -> bool:
    """Whether this person may take in lists of children."""
    return principal.may(RIGHT) and principal.may(CHILD_FORM.enters)


def ask(
    session: TenantSession,
    content: bytes,
    *,
    updates: bool,
    dry_run: bool,
    principal: Principal,
    now: datetime,
    others: bool = False,
) -> ChildImport:
    """Judge a file and keep it for the work; written down. The caller has the work done.

    ``others`` where the sender says that likely doubles are other children; the caller tells
    ``take_apart`` too.

    Raises:
        RefusedError: the person may not, or does not see every field of the form.
        BookRefusedError: the file breaks a rule.
        ConflictError: the same file is on its way.
    """
    require_import(session, principal)
    judge_workbook(content)
    digest = hashlib.sha256(content).hexdigest()
    repository.one_at_a_time(session)
    if repository.unfinished_like(session, digest) is not None:
        raise ConflictError(_ON_ITS_WAY)
    asked = ChildImport(
        id=new_id(),
        asked_by=principal.account_id,
        asked_at=now,
        updates=updates,
        dry_run=dry_run,
        state=WAITING,
        sha256=digest,
    )
    session.add(asked)
    session.flush()
    session.add(ChildImportFile(id=new_id(), import_id=asked.id, content=content))
    session.flush()
    record(session, principal, Action.WRITE, subject_kind=KIND, subject_id=asked.id)
    if others:
        record(session, principal, Action.APPROVE, subject_kind=KIND, subject_id=asked.id)
    return asked


def take_apart(
    session: TenantSession,
    import_id: UUID,
    acting: Acting,
    *,
    size: int = CHUNK,
    others: bool = False,
) -> int:
    """Keep the rows of a waiting list by the chunk and let its file go; how many chunks.

    A list that cannot be read is refused whole: no chunk of it stays. ``others`` where whoever
    sent it says that its likely doubles are other children.
    """
    asked = repository.import_by_id(session, import_id, lock=True)
    file = repository.file_of(session, import_id)
    if asked is None or file is None or asked.state != WAITING:
        return 0 if asked is None else asked.chunk_count
    try:
        require_import(session, acting.principal)
        with session.begin_nested():
            _keep_chunks(session, asked, file.content, acting, size, others=others)
    except BookRefusedError as refused:
        end(session, asked, acting.now, refused.message)
    except RefusedError:
        end(session, asked, acting.now, _NO_LONGER)
    session.expunge(file)
    repository.drop_file(session, import_id)
    session.flush()
    return asked.chunk_count


def take_in(
    session: TenantSession, import_id: UUID, number: int, acting: Acting, *, led: bool = False
) -> bool:
    """Take in one chunk, unless that was done; whether the list has come to its end.

    Rows, figures, audit entries and progress are of one transaction. The tenant's other lists wait
    until it ends; ``led`` where the caller has them wait (``lead``) and takes in several chunks of
    this one at once.
    """
    if not led:
        lead(session)
    asked = repository.import_by_id(session, import_id)
    chunk = repository.chunk_of(session, import_id, number)
    if asked is None or chunk is None or chunk.done or asked.state != WORKING:
        return asked is None or asked.state in {DONE, REFUSED}
    try:
        require_import(session, acting.principal)
    except RefusedError:
        end(session, repository.locked(session, asked), acting.now, _NO_LONGER)
        return True
    with suppress(_TakenBackError), session.begin_nested():
        assert chunk.rows is not None
        taken = take_rows(session, asked, chunk.rows, acting)
        # the list last of all: until here its other chunks go on, and somebody may stop it
        if repository.locked(session, asked).state != WORKING or repository.is_done(session, chunk):
            raise _TakenBackError
        _count(session, asked, chunk, taken)
        if asked.chunks_done == asked.chunk_count:
            end(session, asked, acting.now)
    session.expunge(chunk)
    return asked.state in {DONE, REFUSED}


def lead(session: TenantSession) -> None:
    """Have the tenant's other lists wait until this transaction ends."""
    repository.one_at_a_time(session)


def _count(
    session: TenantSession, asked: ChildImport, chunk: ChildImportChunk, taken: Taken
) -> None:
    """The chunk is in, and its list that much further."""
    kinds = [finding.kind for finding in taken.findings]
    chunk.done, chunk.rows = True, None
    chunk.stored = taken.new_count
    chunk.changed = len(taken.ids) if asked.updates else 0
    chunk.same = taken.same
    chunk.households = list(taken.homes)
    chunk.doubled, chunk.refused = kinds.count("doubled"), kinds.count("refused")
    chunk.findings = packed(taken.findings) if taken.findings else None
    asked.chunks_done += 1
    asked.refusal = None  # what stood still goes on
    session.flush()


def end(
    session: TenantSession, asked: ChildImport, now: datetime, refusal: Text | None = None
) -> None:
    """The list has come to its end, good or bad; what is left of its rows goes."""
    asked.state = DONE if refusal is None else REFUSED
    asked.finished_at = now
    if refusal is not None:
        asked.refusal = json.dumps({"vi": refusal.vi, "en": refusal.en}, ensure_ascii=False)
    session.flush()
    repository.drop_rows(session, asked.id)


def stop(session: TenantSession, import_id: UUID, principal: Principal, now: datetime) -> None:
    """Take in no more rows of a list; what is in stays.

    Raises:
        RefusedError: the person may not take in lists.
        NotFoundError: no such list of this person.
    """
    require_import(session, principal)
    asked = repository.import_by_id(session, import_id, lock=True)
    if asked is None or asked.asked_by != principal.account_id:
        raise NotFoundError
    if asked.state in {WAITING, WORKING}:
        end(session, asked, now, _STOPPED)
        repository.drop_file(session, import_id)


def overview(session: TenantSession, import_id: UUID, principal: Principal) -> Overview:
    """One list of this very person; another's is not there.

    Raises:
        RefusedError: the person may not take in lists.
        NotFoundError: no such list of this person.
    """
    principal.require(RIGHT)
    asked = repository.import_by_id(session, import_id)
    if asked is None or asked.asked_by != principal.account_id:
        raise NotFoundError
    said = None if asked.refusal is None else json.loads(asked.refusal)
    refusal = None if said is None else Text(said["vi"], said["en"])
    return Overview(asked, repository.counts_of(session, import_id), refusal)


def own_imports(session: TenantSession, principal: Principal) -> list[ChildImport]:
    """The lists that this person sent lately, the latest first."""
    principal.require(RIGHT)
    return repository.imports_of(session, principal.account_id, LISTED)


def findings_of(session: TenantSession, asked: ChildImport) -> Iterator[Finding]:
    """What was found wrong with the rows of a list that the caller has opened, in their order."""
    for findings in _by_chunk(session, asked):
        yield from findings


def rows_back(session: TenantSession, asked: ChildImport) -> Iterator[tuple[Finding, str]]:
    """The same, each with the code of its household if the list has entered that with other rows.

    So that a row that is corrected and sent again joins the household of its siblings.
    """
    for findings in _by_chunk(session, asked):
        ids = [None if one.family is None else one.family.id_in(asked.id) for one in findings]
        homes = {one for one in ids if one is not None}
        codes = codes_of_households(session, homes) if homes else {}
        for one, home in zip(findings, ids, strict=True):
            yield one, "" if home is None else codes.get(home, "")


def _by_chunk(session: TenantSession, asked: ChildImport) -> Iterator[list[Finding]]:
    after = -1
    while chunks := repository.chunks_with_findings(session, asked.id, after, 1):
        (chunk,) = chunks
        after, content = chunk.number, chunk.findings
        session.expunge(chunk)
        if content is not None:
            yield unpacked_findings(content)


def forget_old(session: TenantSession, now: datetime) -> int:
    """Delete what is left of lists that were sent more than ``DAYS_KEPT`` days ago; how many."""
    return repository.drop_older_than(session, now - timedelta(days=DAYS_KEPT))


def require_import(session: TenantSession, principal: Principal) -> None:
    """Go on for somebody who may take in lists and sees every field of the form.

    Raises:
        RefusedError: the person may not, or does not.
    """
    principal.require(RIGHT)
    principal.require(CHILD_FORM.enters)
    principal.require(CHILD_FORM.sees)
    asked = {field.name for field in CHILD_FORM.fields} | {"name_sort"}
    hidden = session.hidden_fields(Child) & asked
    if hidden or session.hidden_fields(Household) & {"household_code"}:
        raise RefusedError(_HIDDEN)


def _keep_chunks(
    session: TenantSession,
    asked: ChildImport,
    content: bytes,
    acting: Acting,
    size: int,
    *,
    others: bool,
) -> None:
    context = context_of(session, acting)
    words = Words(context.communes)
    count = 0
    listed = chunks_of(content, words, context, updates=asked.updates, size=size, others=others)
    for kept in listed:
        chunk = ChildImportChunk(
            id=new_id(),
            import_id=asked.id,
            number=count,
            row_count=kept.row_count,
            rows=kept.content,
        )
        session.add(chunk)
        session.flush()
        session.expunge(chunk)
        asked.columns = list(kept.columns)
        count += 1
    asked.chunk_count, asked.state, asked.refusal = count, WORKING, None
    session.flush()
