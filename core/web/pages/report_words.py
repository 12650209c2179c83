"""The officers' own words, section by section; what the program writes stands beside them."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from litestar import Request, Response
from litestar.datastructures import State
from litestar.response import Redirect

from core.kit.errors import MalformedError, PlatformError
from core.kit.language import Text
from core.kit.periods import Period
from core.reports.build import build_report
from core.reports.errors import LockedError
from core.reports.models import PERIODIC
from core.reports.service import require_writable, tidied_words, words_of, write_words
from core.reports.year.service import open_for
from core.reports.year.states import BUILD
from core.web.fields import FieldView, summary, typed
from core.web.pages.reports import find_shown, report_url, source_of
from core.web.rendering import page
from core.web.routing import reading, writing
from core.web.work import Work, sent_form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.reports.document import DocumentSection
    from core.reports.models import Report

Asked = Request[Any, Any, State]
_CHANGED = Text(
    vi="Trong lúc bạn viết, người khác đã lưu nội dung khác cho mục này: «{theirs}». Hãy gộp hai "
    "nội dung; lưu lần nữa sẽ thay thế nội dung đó.",
    en="Meanwhile somebody else saved other words for this section: “{theirs}”. Bring the two "
    "together; saving again replaces theirs.",
)
_TAKEN_AWAY = Text(
    vi="Trong lúc bạn viết, người khác đã xóa nội dung của mục này. Lưu lần nữa sẽ ghi lại.",
    en="Meanwhile somebody else took the words of this section away. Saving again puts them back.",
)


@reading("/reports/{period:str}/words", permission=BUILD)
def words_page(work: Work, period: str, kind: str = PERIODIC) -> Response[str]:
    """Every section of the report with room for words, as they stand."""
    report = find_shown(work, Period.parse(period), kind)
    sections = _sections(work, report)
    words = words_of(work.session, report) if report.id is not None else {}
    return _page(work, report, [_field(work, s, words.get(s.code, "")) for s in sections], words)


@writing("/reports/{period:str}/words", permission=BUILD)
def save_words(work: Work, period: str, request: Asked, kind: str = PERIODIC) -> Response[Any]:
    """Store what was changed; what somebody else changed meanwhile is never written over unseen."""
    chosen = Period.parse(period)
    report = open_for(work.session, chosen, principal=work.principal, today=work.today, kind=kind)
    sections, words = _sections(work, report), words_of(work.session, report)
    names = [_name(section.code) for section in sections]
    given = typed(sent_form(request), [*names, *(f"{name}_was" for name in names)])
    fields = [
        replace(
            _field(work, section, given[_name(section.code)]),
            error=_fault(work, section.code, given, words.get(section.code, "")),
        )
        for section in sections
    ]
    try:
        require_writable(report)
    except LockedError as locked:
        return _page(work, report, fields, words, refused=locked)
    if summary(fields):
        return _page(work, report, fields, words)
    for code in (section.code for section in sections):
        body = given[_name(code)]
        if not _same(body, words.get(code, "")):
            write_words(work.session, report, code, body, principal=work.principal, now=work.now)
    return Redirect(report_url(report), status_code=303)


def _sections(work: Work, report: Report) -> Sequence[DocumentSection]:
    period = Period.parse(report.period_code)
    return build_report(work.session, report, source_of(work, period)).sections


def _fault(work: Work, code: str, given: Mapping[str, str], now: str) -> str | None:
    """What is wrong with a section: too long, or it would replace words its writer has not seen."""
    name = _name(code)
    try:
        tidied_words(given[name])
    except MalformedError as refused:
        return work.tell(refused.message)
    if _same(given[name], now) or given[f"{name}_was"] == _mark(now):
        return None
    if not now:
        return work.tell(_TAKEN_AWAY)
    return work.tell(_CHANGED.fill(theirs=now))


def _page(
    work: Work,
    report: Report,
    fields: Sequence[FieldView],
    words: Mapping[str, str],
    *,
    refused: PlatformError | None = None,
) -> Response[str]:
    period = Period.parse(report.period_code)
    errors = summary(fields)
    answer = page(
        work,
        "report_words.html",
        path="/reports",
        title=work.tell(period.name),
        report_href=report_url(report),
        action=report_url(report, "/words"),
        errors=errors,
        refused=None if refused is None else work.tell(refused.message),
        fields=fields,
        marks={_name(code): _mark(body) for code, body in words.items()},
        unwritten=_mark(""),
    )
    if refused is not None:
        answer.status_code = refused.status
    elif errors:
        answer.status_code = 422
    return answer


def _field(work: Work, section: DocumentSection, body: str) -> FieldView:
    return FieldView(
        name=_name(section.code),
        label=work.tell(section.title),
        kind="textarea",
        value=body,
        required=False,
    )


def _name(code: str) -> str:
    return code.replace(".", "-")


def _same(typed_body: str, stored: str) -> bool:
    return typed_body.replace("\r\n", "\n").strip() == stored


def _mark(body: str) -> str:
    """Tells whether the words are still those that were shown."""
    return sha256(body.encode()).hexdigest()[:16]


handlers = [words_page, save_words]
