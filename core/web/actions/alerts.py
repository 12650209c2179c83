"""What a person is told of alerts, for the page, the start page and the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.alerts.reading import AlertReader
from core.web.actions.forms import records_of

if TYPE_CHECKING:
    from core.alerts.reading import WaitingAlert
    from core.web.work import Work

PATH = "/alerts"


def reader_of(work: Work) -> AlertReader:
    """The person's view; programmes that are off do not exist in it."""
    return AlertReader(work.session, work.principal, work.programmes.catalogue)


def leads_to(work: Work, waiting: WaitingAlert) -> str | None:
    """The address of what is to be opened, if the person may open it."""
    to = waiting.alert.leads_to
    if to is None:
        return None
    if to.startswith("/"):
        return to.format(record=waiting.record_id)
    form = work.programmes.catalogue.forms[to]
    may_open = work.principal.may(form.sees)
    return f"{records_of(form)}/{waiting.record_id}" if may_open else None
