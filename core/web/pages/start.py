"""The start page: the tenant's programmes, and what this person can do now."""

from __future__ import annotations

from litestar import Response

from core.access.notices import unseen
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
        tasks=tasks,
        unseen=0 if work.viewing_as else unseen(work.session, work.principal.account_id),
    )


def _way_in(work: Work, key: str) -> str | None:
    """Where this person's work in a programme begins: its forms, or the list of its records."""
    catalogue = work.programmes.catalogue
    forms = [form for form in catalogue.forms.values() if catalogue.owner_of[form.code] == key]
    if any(work.principal.may(form.enters) for form in forms):
        return f"/forms#{key}"
    return next((records_of(form) for form in forms if work.principal.may(form.sees)), None)


handlers = [start_page]
