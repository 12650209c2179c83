"""What a person is told of alerts, for the page, the start page and the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.alerts.reading import AlertReader
from core.register.service import codes_of_children
from core.web.actions.forms import address_of, records_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from core.alerts.reading import WaitingAlert
    from core.web.work import Work

PATH = "/alerts"


def reader_of(work: Work) -> AlertReader:
    """The person's view; programmes that are off do not exist in it."""
    return AlertReader(work.session, work.principal, work.programmes.catalogue)


def addresses(work: Work, waiting: Sequence[WaitingAlert]) -> dict[UUID, str | None]:
    """By alert, the address of what is to be opened, if the person may open it."""
    about = {one.child_id for one in waiting if one.alert.opens and one.child_id}
    codes = codes_of_children(work.session, about) if about else {}
    return {one.id: _opened(work, one, codes) or _led_to(work, one) for one in waiting}


def _opened(work: Work, waiting: WaitingAlert, codes: Mapping[UUID, str]) -> str | None:
    """The form to fill in next, about the child, if the person may enter it."""
    opens = waiting.alert.opens
    if opens is None or opens.startswith("/"):
        return opens
    form = work.programmes.catalogue.forms[opens]
    if not work.principal.may(form.enters):
        return None
    about_child = any(field.kind == "child" for field in form.fields)
    code = codes.get(waiting.child_id) if about_child and waiting.child_id else None
    return address_of(form) if code is None else f"{address_of(form)}?child={code}"


def _led_to(work: Work, waiting: WaitingAlert) -> str | None:
    to = waiting.alert.leads_to
    if to is None:
        return None
    if to.startswith("/"):
        return to.format(record=waiting.record_id)
    form = work.programmes.catalogue.forms[to]
    may_open = work.principal.may(form.sees)
    return f"{records_of(form)}/{waiting.record_id}" if may_open else None
