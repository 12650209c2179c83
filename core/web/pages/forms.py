"""The pages of every form: asked, answered, stored, listed and opened; one code for all forms."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from litestar import Request, Response
from litestar.datastructures import State
from litestar.response import Redirect

from core.exports.service import may_export
from core.forms import drafts
from core.forms import service as forms
from core.forms.correcting import may_correct
from core.forms.naming import answered, names_of
from core.forms.shown import shown_record, shown_rows, shown_value
from core.forms.view import form_view
from core.kit.clock import local_date
from core.kit.ids import new_id
from core.kit.language import Text
from core.web.actions.attachments import attached_papers
from core.web.actions.drafts import keep_draft, own_drafts
from core.web.actions.forms import (
    address_of,
    context_of,
    find_form,
    open_record,
    records_of,
    store,
)
from core.web.actions.offers import carried, filled_or_told, offers_after
from core.web.pages.paging import PAGE_SIZE, next_url
from core.web.pages.sent import (
    DRAFT_FIELD,
    FILL_FIELD,
    KEY_FIELD,
    MORE_FIELD,
    answers_of,
    sent_draft,
    sent_text,
)
from core.web.rendering import Flash, page
from core.web.routing import reading, writing
from core.web.work import Work

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.forms.errors import FieldError
    from core.plugin_api.forms import Field, Form

Asked = Request[Any, Any, State]
_DRAFT_KEPT = Text(
    vi="Đã lưu nháp. Chỉ bạn mở được bản nháp này; bản nháp tự xóa sau 14 ngày.",
    en="The draft was kept. Only you can open it; it is deleted after 14 days.",
)


@reading("/forms", permission=None)
def forms_page(work: Work) -> Response[str]:
    """The forms this person may enter, programme by programme."""
    catalogue = work.programmes.catalogue
    names = {info.key: work.tell(info.name) for info in work.programmes.infos}
    groups: dict[str, list[dict[str, str | None]]] = {}
    for form in catalogue.forms.values():
        if work.principal.may(form.enters):
            owner = catalogue.owner_of[form.code]
            card = {
                "title": work.tell(form.title),
                "text": work.tell(form.purpose),
                "href": address_of(form),
                "tag": form.number,
                "list_href": records_of(form) if work.principal.may(form.sees) else None,
            }
            groups.setdefault(owner, []).append(card)
    titled = [
        (owner, names.get(owner, "Sổ quản lý" if work.language == "vi" else "Register"), cards)
        for owner, cards in groups.items()
    ]
    return page(work, "forms.html", path="/forms", groups=titled, drafts=own_drafts(work))


@reading("/forms/{owner:str}/{name:str}", permission=None)
def form_page(
    work: Work, owner: str, name: str, *, child: str = "", draft: UUID | None = None, kept: int = 0
) -> Response[str]:
    """An empty form, one about a child whose code is given, or a draft of the person's own."""
    form = find_form(work, owner, name)
    work.principal.require(form.enters)
    if draft is not None:
        raw = drafts.open_draft(work.session, form, draft, principal=work.principal, now=work.now)
        flash = Flash(work.tell(_DRAFT_KEPT), "good") if kept else None
        return _form_page(work, form, raw, (), key=str(new_id()), draft=draft, flash=flash)
    known: Mapping[str, Any] = {
        field.name: child for field in form.fields if field.kind == "child" and child
    }
    told = None
    if known:
        known, told = filled_or_told(work, form, known)
    return _form_page(work, form, known or None, (), key=str(new_id()), flash=told)


@reading(
    "/forms/{owner:str}/{name:str}/after/{source:str}/{record_id:uuid}",
    permission=None,
    writes=True,
)
def next_form_page(
    work: Work, owner: str, name: str, source: str, record_id: UUID
) -> Response[str]:
    """The form that a saved record offers next, with what the record hands on."""
    form = find_form(work, owner, name)
    work.principal.require(form.enters)
    known, told = filled_or_told(work, form, carried(work, form, source, record_id))
    return _form_page(work, form, known or None, (), key=str(new_id()), flash=told)


@writing("/forms/{owner:str}/{name:str}", permission=None)
def submit_form(work: Work, owner: str, name: str, request: Asked) -> Response[Any]:
    """Store what was answered, or show every mistake with nothing lost."""
    form = find_form(work, owner, name)
    work.principal.require(form.enters)
    raw, key, draft = answers_of(request, form), sent_text(request, KEY_FIELD), sent_draft(request)
    again = partial(_form_page, work, form, key=key, draft=draft)
    if longer := sent_text(request, MORE_FIELD):
        return again(raw, (), longer=longer)
    if sent_text(request, FILL_FIELD):
        known, told = filled_or_told(work, form, raw)
        return again(known, (), flash=told)
    if sent_text(request, DRAFT_FIELD):
        kept = keep_draft(work, form, raw, draft)
        return Redirect(f"{address_of(form)}?draft={kept}&kept=1", status_code=303)
    try:
        stored = store(work, form, raw, key=key)
    except forms.AnswersRefusedError as refused:
        return again(raw, refused.errors)
    if draft is not None:
        drafts.drop_draft(work.session, draft, principal=work.principal)
    if work.principal.may(form.sees):
        return Redirect(f"{records_of(form)}/{stored.record_id}?saved=1", status_code=303)
    return page(
        work,
        "form_saved.html",
        path="/forms",
        title=work.tell(form.title),
        href=address_of(form),
        offers=offers_after(work, form, stored.values),
    )


@writing("/drafts/{draft_id:uuid}/delete", permission=None)
def delete_draft(work: Work, draft_id: UUID) -> Redirect:
    """Delete a draft of the person's own."""
    drafts.drop_draft(work.session, draft_id, principal=work.principal)
    return Redirect("/forms", status_code=303)


@reading("/records/{owner:str}/{name:str}", permission=None)
def records_page(work: Work, owner: str, name: str, after: UUID | None = None) -> Response[str]:
    """The records of a form, newest first, page by page; never a person's name."""
    form = find_form(work, owner, name)
    work.principal.require(form.sees)
    lines = forms.list_records(work.session, form, after, PAGE_SIZE)
    hidden = forms.hidden_answers(work.session, form)
    columns = forms.listed_fields(work.session, form)
    places = _names(work, form, [line.values for line in lines])
    rows = [
        [
            {
                "href": f"{records_of(form)}/{line.id}",
                "text": _first_of(work, columns, line, places),
            },
            *(
                shown_value(field, line.values[field.name], work.language, places)
                for field in columns[1:]
            ),
        ]
        for line in lines
    ]
    return page(
        work,
        "records.html",
        path="/forms",
        title=work.tell(form.title),
        number_of=form.number,
        columns=[{"label": work.tell(field.label)} for field in columns],
        rows=rows,
        hidden=[work.tell(field.label) for field in form.fields if field.name in hidden],
        new_href=address_of(form) if work.principal.may(form.enters) else None,
        next_url=next_url(records_of(form), lines[-1].id) if len(lines) == PAGE_SIZE else None,
        export_href=f"{records_of(form)}/export" if may_export(work.principal, form) else None,
    )


@reading("/records/{owner:str}/{name:str}/{record_id:uuid}", permission=None, writes=True)
def record_page(
    work: Work, owner: str, name: str, record_id: UUID, saved: int = 0
) -> Response[str]:
    """One record with all its answers; opening it is written down."""
    form = find_form(work, owner, name)
    work.principal.require(form.sees)
    row = open_record(work, form, record_id)
    hidden = forms.hidden_answers(work.session, form)
    flash = Flash(work.tell(Text(vi="Đã lưu.", en="Saved.")), "good") if saved else None
    rows = forms.stored_rows(work.session, form, record_id)
    names = _names(work, form, [vars(row)], rows)
    return page(
        work,
        "record.html",
        path="/forms",
        flash=flash,
        title=work.tell(form.title),
        number_of=form.number,
        list_href=records_of(form),
        record_id=record_id,
        parts=shown_record(
            form,
            row,
            work.language,
            names,
            hidden,
        ),
        rosters=shown_rows(
            form, rows, work.language, names, forms.hidden_in_rows(work.session, form)
        ),
        offers=offers_after(work, form, vars(row), record_id, lasting=not saved),
        warning=_warning(work, form, row),
        generated="generated" not in hidden and getattr(row, "generated", False),
        entered=local_date(row.created_at),
        attached=attached_papers(work, form, record_id),
        correct_href=f"{records_of(form)}/{record_id}/correct"
        if may_correct(form, work.principal)
        else None,
        history_href=f"{records_of(form)}/{record_id}/history" if form.editable else None,
    )


def _warning(work: Work, form: Form, row: Any) -> str | None:
    """What a reader of the record should mind, if anything."""
    step = forms.CORE_STEPS.get(form.code)
    said = step.warns(work.session, row) if step is not None and step.warns is not None else None
    return None if said is None else work.tell(said)


def _form_page(
    work: Work,
    form: Form,
    raw: Mapping[str, Any] | None,
    errors: tuple[FieldError, ...],
    *,
    key: str,
    longer: str | None = None,
    draft: UUID | None = None,
    flash: Flash | None = None,
) -> Response[str]:
    view = form_view(form, raw, errors, work.language, context_of(work, form), longer=longer)
    return page(
        work,
        "form.html",
        path="/forms",
        status=422 if errors else 200,
        flash=flash,
        form=view,
        action=address_of(form),
        key=key,
        draft=draft,
    )


def _first_of(
    work: Work, columns: Sequence[Field], line: forms.RecordLine, places: Mapping[Any, str]
) -> str:
    """What a line's link says: its first answer, or a dash when all are hidden or empty."""
    if not columns:
        return "–"
    field = columns[0]
    return shown_value(field, line.values[field.name], work.language, places) or "–"


def _names(
    work: Work, form: Form, records: list[Any], rows: Mapping[str, Sequence[Any]] | None = None
) -> dict[Any, str]:
    answers = answered(form, records, rows)
    return names_of(work.session, work.programmes.catalogue.forms, answers, work.language)


handlers = [
    forms_page,
    form_page,
    next_form_page,
    submit_form,
    delete_draft,
    records_page,
    record_page,
]
