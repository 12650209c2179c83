"""A list goes on: after it stood still, or with rows of which somebody says they are no doubles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from core.audit.service import Action, record
from core.imports import repository
from core.imports.findings import packed, unpacked_findings
from core.imports.kept import KeptRow
from core.imports.models import DONE, WAITING, WORKING, ChildImport, ChildImportChunk
from core.imports.service import KIND, require_import
from core.kit.errors import NotFoundError
from core.kit.ids import new_id
from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from core.identity.principal import Principal
    from core.tenancy.session import TenantSession

_HALTED: Final = Text(
    vi="Việc nhập đang đứng lại vì lỗi của hệ thống, không phải do tệp của bạn. Những dòng đã nhập "
    "vẫn còn trong sổ. Hãy chọn «Nhập tiếp»; nếu lại đứng, hãy báo quản trị viên của tỉnh.",
    en="This stands still because of a fault of the system, not of your file. Rows that are in "
    "stay in the register. Choose “Go on”; if it stands still again, tell the administrator.",
)


def halt(session: TenantSession, import_id: UUID) -> None:
    """The job of a list was given up: whoever sent it reads that, and may have it go on."""
    asked = repository.import_by_id(session, import_id, lock=True)
    if asked is not None and asked.state in {WAITING, WORKING}:
        asked.refusal = json.dumps({"vi": _HALTED.vi, "en": _HALTED.en}, ensure_ascii=False)
        session.flush()


def resume(session: TenantSession, import_id: UUID, principal: Principal) -> bool:
    """Have a list that stands still go on; whether it stood still. The caller has the work done.

    Raises:
        RefusedError: the person may not take in lists.
        NotFoundError: no such list of this person.
    """
    asked = _own(session, import_id, principal)
    if not asked.is_halted:
        return False
    asked.refusal = None
    session.flush()
    record(session, principal, Action.WRITE, subject_kind=KIND, subject_id=asked.id)
    return True


def take_others(
    session: TenantSession,
    import_id: UUID,
    principal: Principal,
    *,
    rows: Collection[int] | None = None,
) -> int:
    """Take in rows that are likely doubles after all: the sender says they are other children.

    ``rows`` are numbers of the sheet, ``None`` for all. They are put back among the rows to be
    taken in, so that saying it twice stores them once; how many. The caller has the work done.

    Raises:
        RefusedError: the person may not take in lists.
        NotFoundError: no such list of this person.
    """
    asked = _own(session, import_id, principal)
    if asked.state != DONE or asked.updates or asked.dry_run:
        return 0
    moved, after = 0, -1
    while chunks := repository.chunks_with_findings(session, asked.id, after, 1):
        (chunk,) = chunks
        after = chunk.number
        moved += _move(session, asked, chunk, rows)
    if moved:
        asked.state, asked.finished_at = WORKING, None
        session.flush()
        record(session, principal, Action.APPROVE, subject_kind=KIND, subject_id=asked.id)
    return moved


def _own(session: TenantSession, import_id: UUID, principal: Principal) -> ChildImport:
    require_import(session, principal)
    asked = repository.import_by_id(session, import_id, lock=True)
    if asked is None or asked.asked_by != principal.account_id:
        raise NotFoundError
    return asked


def _move(
    session: TenantSession,
    asked: ChildImport,
    chunk: ChildImportChunk,
    rows: Collection[int] | None,
) -> int:
    """Put doubled rows of a chunk into a chunk of their own at the end of the list."""
    assert chunk.findings is not None
    findings = unpacked_findings(chunk.findings)
    others = [
        one for one in findings if one.kind == "doubled" and (rows is None or one.row in rows)
    ]
    if not others:
        return 0
    left = [one for one in findings if one not in others]
    chunk.findings = packed(left) if left else None
    chunk.doubled -= len(others)
    chunk.row_count -= len(others)
    session.add(
        ChildImportChunk(
            id=new_id(),
            import_id=asked.id,
            number=asked.chunk_count,
            row_count=len(others),
            rows=packed(
                [KeptRow(one.row, one.cells, other=True, family=one.family) for one in others]
            ),
        )
    )
    asked.chunk_count += 1
    session.flush()
    return len(others)
