"""The start page: the tenant's programmes, and what this person can do now."""

from __future__ import annotations

from litestar import Response

from core.web.rendering import navigation, page
from core.web.routing import reading
from core.web.work import Work


@reading("/", permission=None)
def start_page(work: Work) -> Response[str]:
    """The programmes that are on, each with its forms for this person."""
    programmes = []
    for info in work.programmes.infos:
        forms = [
            form
            for form in work.programmes.catalogue.forms.values()
            if work.programmes.catalogue.owner_of[form.code] == info.key
            and work.principal.may(form.enters)
        ]
        programmes.append(
            {
                "title": work.tell(info.name),
                "text": work.tell(info.purpose),
                "href": f"/forms#{info.key}" if forms else None,
                "tag": work.tell(forms[0].title) if len(forms) == 1 else None,
            }
        )
    tasks = [item for item in navigation(work, "/") if item.href != "/"]
    return page(work, "start.html", path="/", programmes=programmes, tasks=tasks)


handlers = [start_page]
