"""The start page: the tenant's programmes, and what this person can do now."""

from __future__ import annotations

from litestar import Response

from core.access.notices import unseen
from core.alerts.reading import MOST
from core.exports.declared import exports_of
from core.forms.view import address_part
from core.kit.language import Text
from core.kit.numbers import format_number
from core.reports.build import name_in_sentence
from core.reports.models import PERIODIC
from core.reports.year.reminders import Reminder, reminders_for
from core.reports.year.states import BUILD, CONFIRM
from core.web.actions.alerts import reader_of
from core.web.actions.forms import records_of
from core.web.rendering import navigation, page
from core.web.routing import reading
from core.web.work import Work


@reading("/", permission=None)
def start_page(work: Work) -> Response[str]:
    """The programmes that are on, each with its forms for this person."""
    programmes = [
        {
            "title": work.tell(info.name),
            "text": work.tell(info.purpose),
            "href": _way_in(work, info.key),
        }
        for info in work.programmes.infos
    ]
    tasks = [item for item in navigation(work, "/") if item.href != "/"]
    return page(
        work,
        "start.html",
        path="/",
        programmes=programmes,
        files=[
            {
                "href": f"/programmes/{address_part(export.code).replace('/', '/exports/', 1)}",
                "text": work.tell(export.title),
                "help": work.tell(export.purpose),
            }
            for export in exports_of(work.programmes.catalogue, work.principal)
        ],
        tasks=tasks,
        reminders=[reminder_line(work, each) for each in _reminders(work)],
        alerts=reader_of(work).waiting(work.today),
        most=MOST,
        unseen=0 if work.viewing_as else unseen(work.session, work.principal.account_id),
    )


def _reminders(work: Work) -> tuple[Reminder, ...]:
    asked = work.principal.may(BUILD) or work.principal.may(CONFIRM)
    return reminders_for(work.session, work.principal, work.today) if asked else ()


def reminder_line(work: Work, reminder: Reminder) -> dict[str, str]:
    """One sentence: which report, how near or late, who is missing; and where to go."""
    left = reminder.due.days_left(work.today)
    name, period = reminder.name, name_in_sentence(reminder.period)
    when = Text(f"còn {left} ngày", f"{left} days left")
    if left == 0:
        when = Text("hôm nay là hạn cuối", "due today")
    if left < 0:
        when = Text(f"quá hạn {-left} ngày", f"{-left} days overdue")
    sentence = Text(f"{name.vi} ({period.vi}): {when.vi}.", f"{name.en} ({period.en}): {when.en}.")
    parts = [sentence]
    if reminder.unit is not None:
        unit = reminder.unit
        parts.append(
            Text(f"{unit} chưa xác nhận số liệu.", f"{unit} has not confirmed its figures.")
        )
    elif reminder.missing:
        count = format_number(reminder.missing, language=work.language)
        parts.append(Text(f"Còn {count} đơn vị chưa xác nhận.", f"{count} units are missing."))
    query = "" if reminder.kind == PERIODIC else f"?kind={reminder.kind}"
    return {
        "text": " ".join(work.tell(part) for part in parts),
        "late": "yes" if left < 0 else "",
        "href": f"/reporting/{reminder.period.code}/units{query}",
    }


def _way_in(work: Work, key: str) -> str | None:
    """Where this person's work in a programme begins: its forms, or the list of its records."""
    catalogue = work.programmes.catalogue
    forms = [form for form in catalogue.forms.values() if catalogue.owner_of[form.code] == key]
    if any(work.principal.may(form.enters) for form in forms):
        return f"/forms#{key}"
    return next((records_of(form) for form in forms if work.principal.may(form.sees)), None)


handlers = [start_page]
