"""The pages on which a saved record is corrected, and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from litestar import Request, Response
from litestar.datastructures import State
from litestar.response import Redirect

from core.forms import service as forms
from core.forms.correcting import RecordChangedError, correctable
from core.forms.view import form_view
from core.identity.service import account_names
from core.kit.clock import VIETNAM_TIME
from core.kit.ids import new_id
from core.kit.language import Text
from core.kit.numbers import format_date
from core.web.actions.corrections import correct, corrections, open_record_to_correct
from core.web.actions.forms import context_of, find_form, open_record, records_of
from core.web.pages.sent import MORE_FIELD, answers_of, sent_text
from core.web.rendering import Flash, page
from core.web.routing import reading, writing
from core.web.work import Work

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from core.plugin_api.forms import Form

Asked = Request[Any, Any, State]
VERSION_FIELD = "_version"
_EMPTY = Text(vi="(để trống)", en="(empty)")


@reading("/records/{owner:str}/{name:str}/{record_id:uuid}/correct", permission=None, writes=True)
def correct_page(work: Work, owner: str, name: str, record_id: UUID) -> Response[str]:
    """The record's answers in the form with which it was entered."""
    opened = open_record_to_correct(work, find_form(work, owner, name), record_id)
    return _page(work, opened.form, record_id, opened.raw, version=opened.version)


@writing("/records/{owner:str}/{name:str}/{record_id:uuid}/correct", permission=None)
def submit_correction(
    work: Work, owner: str, name: str, record_id: UUID, request: Asked
) -> Response[Any]:
    """Keep the correction, or show every mistake with nothing lost."""
    form = find_form(work, owner, name)
    opened = open_record_to_correct(work, form, record_id)
    raw = answers_of(request, opened.form)
    sent = sent_text(request, VERSION_FIELD)
    version = int(sent) if sent.isascii() and sent.isdigit() else -1
    if longer := sent_text(request, MORE_FIELD):
        return _page(work, opened.form, record_id, raw, version=version, longer=longer)
    try:
        correct(work, form, record_id, raw, version=version)
    except forms.AnswersRefusedError as refused:
        return _page(work, opened.form, record_id, raw, refused.errors, version=version)
    except RecordChangedError as changed:
        now = _told_apart(work, opened.form, raw, opened.raw)
        flash = Flash(work.tell(changed.message), "warning")
        return _page(work, opened.form, record_id, raw, now, version=changed.version, flash=flash)
    return Redirect(f"{records_of(form)}/{record_id}?saved=1", status_code=303)


@reading("/records/{owner:str}/{name:str}/{record_id:uuid}/history", permission=None, writes=True)
def history_page(work: Work, owner: str, name: str, record_id: UUID) -> Response[str]:
    """Who corrected the record, when, and what stood there before."""
    form = find_form(work, owner, name)
    work.principal.require(form.sees)
    open_record(work, form, record_id)
    found = corrections(work, form, record_id)
    names = account_names(work.session, {one.by for one in found if one.by is not None})
    return page(
        work,
        "record_history.html",
        path="/forms",
        title=work.tell(form.title),
        number_of=form.number,
        record_href=f"{records_of(form)}/{record_id}",
        corrections=[
            {
                "by": names.get(one.by, "–") if one.by else "–",
                "at": _moment(work, one.at),
                "rows": [[value.label, value.before, value.after] for value in one.values],
            }
            for one in found
        ],
    )


def _moment(work: Work, at: datetime) -> str:
    local = at.astimezone(VIETNAM_TIME)
    return f"{format_date(local.date(), work.language)} {local:%H:%M}"


def _told_apart(
    work: Work, form: Form, typed: Mapping[str, Any], stored: Mapping[str, Any]
) -> tuple[forms.FieldError, ...]:
    """What stands in the record now, at each field where something else was typed."""
    context = context_of(work, form)
    found = []
    for field in form.fields:
        one, other = (forms.read(field, raw, context) for raw in (typed, stored))
        if field.computed or one == other:
            continue
        options = {option.value: option.label for option in field.options}
        now = stored.get(field.name)
        shown = options.get(now, Text(vi=now, en=now)) if isinstance(now, str) else _EMPTY
        said = Text(vi=f"Hiện nay hồ sơ ghi: {shown.vi}", en=f"The record now says: {shown.en}")
        found.append(forms.FieldError(field.name, said))
    return tuple(found)


def _page(
    work: Work,
    form: Form,
    record_id: UUID,
    raw: Mapping[str, Any],
    errors: Sequence[forms.FieldError] = (),
    *,
    version: int,
    longer: str | None = None,
    flash: Flash | None = None,
) -> Response[str]:
    context = context_of(work, form)
    return page(
        work,
        "record_correct.html",
        path="/forms",
        status=409 if flash else 422 if errors else 200,
        flash=flash,
        form=form_view(correctable(form), raw, errors, work.language, context, longer=longer),
        fixed=[work.tell(field.label) for field in form.fields if field.fixed],
        action=f"{records_of(form)}/{record_id}/correct",
        record_href=f"{records_of(form)}/{record_id}",
        key=str(new_id()),
        version=version,
    )


handlers = [correct_page, submit_correction, history_page]
