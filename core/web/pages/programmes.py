"""Where a province switches its programmes, and sees what each switch touches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Request, Response
from litestar.datastructures import State
from litestar.response import Redirect

from core.audit.service import Action, record
from core.kit.clock import local_date
from core.kit.numbers import format_date
from core.registry.switching import Reviewed, review, switch
from core.web.rendering import Flash, page
from core.web.routing import reading, writing
from core.web.work import Work, sent_form

Asked = Request[Any, Any, State]


@dataclass(frozen=True, slots=True)
class SwitchRow:
    """One programme as the page shows it."""

    key: str
    name: str
    purpose: str
    on: bool
    since: str | None
    holds: str
    locked: str | None
    health: str | None


@reading("/programmes", permission="core.programme.switch")
def programmes_page(work: Work) -> Response[str]:
    """Every installed programme, on or off, since when, and what it holds."""
    return _page(work)


@writing("/programmes/{programme:str}", permission="core.programme.switch")
def switch_programme(work: Work, programme: str, request: Asked) -> Response[Any]:
    """Switch one; an open objection is shown first and asks for confirmation."""
    data = sent_form(request)
    turn_on = data.get("on") == "yes"
    outcome = switch(
        work.session,
        work.platform.registry,
        programme.replace("-", "_"),
        on=turn_on,
        confirmed=data.get("confirmed") == "yes",
        principal=work.principal,
        now=work.now,
        reason=data.get("reason") or None,
    )
    if outcome.objections:
        return page(
            work,
            "programme_confirm.html",
            path="/programmes",
            programme=outcome.info.key.replace("_", "-"),
            name=work.tell(outcome.info.name),
            objections=[work.tell(text) for text in outcome.objections],
        )
    record(
        work.session, work.principal, Action.SWITCH, subject_kind=f"programme.{outcome.info.key}"
    )
    return Redirect("/programmes", status_code=303)


def _page(work: Work, flash: Flash | None = None) -> Response[str]:
    rows = [_row(work, item) for item in review(work.session, work.platform.registry, work.now)]
    return page(work, "programmes.html", path="/programmes", flash=flash, rows=rows)


def _row(work: Work, item: Reviewed) -> SwitchRow:
    return SwitchRow(
        key=item.info.key.replace("_", "-"),
        name=work.tell(item.info.name),
        purpose=work.tell(item.info.purpose),
        on=item.on,
        since=format_date(local_date(item.since), work.language) if item.since else None,
        holds=work.tell(item.holds),
        locked=work.tell(item.locked) if item.locked else None,
        health=work.tell(item.health.text) if item.health else None,
    )


handlers = [programmes_page, switch_programme]
