"""Drafts as their owner meets them on the page of forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.forms import drafts
from core.kit.clock import VIETNAM_TIME, local_date
from core.kit.numbers import format_date
from core.web.actions.forms import address_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from core.plugin_api.forms import Form
    from core.web.work import Work


def keep_draft(work: Work, form: Form, raw: Mapping[str, Any], draft_id: UUID | None) -> UUID:
    """Keep what was typed; what is sent again from the same draft takes its place."""
    return drafts.keep_draft(
        work.session, form, raw, principal=work.principal, now=work.now, draft_id=draft_id
    )


def own_drafts(work: Work) -> list[dict[str, str]]:
    """The person's drafts of forms they may still enter: title, when, until, and addresses."""
    catalogue = work.programmes.catalogue.forms
    found = []
    for draft in drafts.drafts_of(work.session, work.principal, work.now):
        form = catalogue.get(draft.form_code)
        if form is not None and work.principal.may(form.enters):
            saved = draft.saved_at.astimezone(VIETNAM_TIME)
            found.append(
                {
                    "title": work.tell(form.title),
                    "href": f"{address_of(form)}?draft={draft.id}",
                    "saved": f"{format_date(saved.date(), work.language)} {saved:%H:%M}",
                    "until": format_date(local_date(draft.expires_at), work.language),
                    "delete": f"/drafts/{draft.id}/delete",
                }
            )
    return found
