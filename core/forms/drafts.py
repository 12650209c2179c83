"""Drafts: what somebody typed and did not submit yet, kept for them alone, for a while."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.forms import repository
from core.forms.models import FormDraft
from core.forms.rosters import asked, sent_rows
from core.kit.errors import NotFoundError, RefusedError
from core.kit.ids import new_id
from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from core.identity.principal import Principal
    from core.plugin_api.forms import Form
    from core.tenancy.session import TenantSession

KEPT_FOR = timedelta(days=14)
MOST = 50

_NOBODY = Text(vi="Chỉ người có tài khoản mới lưu nháp được.", en="Only a person keeps drafts.")
_TOO_MANY = Text(
    vi=f"Bạn đã có {MOST} bản nháp. Hãy gửi hoặc xóa bớt bản nháp cũ.",
    en=f"You have {MOST} drafts. Submit or delete some of them first.",
)


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One draft in its owner's list; not a word of its answers."""

    id: UUID
    form_code: str
    saved_at: datetime
    expires_at: datetime


def keep_draft(
    session: TenantSession,
    form: Form,
    raw: Mapping[str, Any],
    *,
    principal: Principal,
    now: datetime,
    draft_id: UUID | None = None,
) -> UUID:
    """Keep what was typed, in the place of an older draft if one is named; drop what is over.

    Raises:
        RefusedError: the person may not enter the form, or has too many drafts.
        NotFoundError: the older draft is not theirs.
    """
    principal.require(form.enters)
    if principal.account_id is None:
        raise RefusedError(_NOBODY)
    repository.drop_drafts(session, FormDraft.expires_at <= now)
    own = repository.own_drafts(session, principal.account_id, now)
    answers = json.dumps(_typed(form, raw), ensure_ascii=False, default=str)
    if draft_id is not None:
        draft = _own(own, draft_id, form)
        draft.answers, draft.saved_at, draft.expires_at = answers, now, now + KEPT_FOR
    else:
        if len(own) >= MOST:
            raise RefusedError(_TOO_MANY)
        draft = FormDraft(
            id=new_id(),
            account_id=principal.account_id,
            form_code=form.code,
            saved_at=now,
            expires_at=now + KEPT_FOR,
            answers=answers,
        )
        session.add(draft)
    session.flush()
    return draft.id


def drafts_of(session: TenantSession, principal: Principal, now: datetime) -> tuple[DraftLine, ...]:
    """The person's own drafts, the latest first."""
    if principal.account_id is None:
        return ()
    own = repository.own_drafts(session, principal.account_id, now)
    return tuple(DraftLine(d.id, d.form_code, d.saved_at, d.expires_at) for d in own)


def open_draft(
    session: TenantSession, form: Form, draft_id: UUID, *, principal: Principal, now: datetime
) -> dict[str, Any]:
    """What was typed.

    Raises:
        NotFoundError: there is no such draft of this person and form.
        RefusedError: the person may no longer enter the form.
    """
    principal.require(form.enters)
    if principal.account_id is None:
        raise NotFoundError
    own = repository.own_drafts(session, principal.account_id, now)
    answers: dict[str, Any] = json.loads(_own(own, draft_id, form).answers)
    return answers


def drop_draft(session: TenantSession, draft_id: UUID, *, principal: Principal) -> None:
    """Delete a draft of this person; what is nobody's or somebody else's stays as it is."""
    if principal.account_id is not None:
        repository.drop_drafts(
            session, FormDraft.id == draft_id, FormDraft.account_id == principal.account_id
        )


def _own(own: Any, draft_id: UUID, form: Form) -> FormDraft:
    found = next((d for d in own if d.id == draft_id and d.form_code == form.code), None)
    if found is None:
        raise NotFoundError
    draft: FormDraft = found
    return draft


def _typed(form: Form, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The form's own fields and no others."""
    kept = {f.name: raw[f.name] for f in asked(form.fields) if f.name in raw}
    for roster in form.rosters:
        names = {field.name for field in asked(roster.fields)}
        rows = sent_rows(roster, raw) or []
        kept[roster.name] = [{n: v for n, v in row.items() if n in names} for row in rows]
    return kept
