"""The yearly review: each commune's register is verified, confirmed and locked."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response
from litestar.datastructures import State
from litestar.response import Redirect

from core.audit.service import Action, record
from core.kit.errors import MalformedError, NotFoundError
from core.kit.language import Text
from core.register.reviewing.service import ReviewState, Step, states, take
from core.web.actions.forms import context_of
from core.web.rendering import page
from core.web.routing import reading, writing
from core.web.work import Work, sent_form

Asked = Request[Any, Any, State]
STATES = {
    "open": Text(vi="Chưa rà soát", en="Not reviewed"),
    "verified": Text(vi="Xã đã rà soát", en="Verified"),
    "confirmed": Text(vi="Lãnh đạo xã đã xác nhận", en="Confirmed"),
    "locked": Text(vi="Tỉnh đã chốt số liệu", en="Locked"),
}
STEPS: dict[Step, tuple[str, Text]] = {
    "verify": ("core.review.verify", Text(vi="Đã rà soát xong", en="Verify")),
    "confirm": ("core.review.confirm", Text(vi="Xác nhận", en="Confirm")),
    "lock": ("core.review.lock", Text(vi="Chốt số liệu", en="Lock")),
}


@reading("/review", permission="core.review.read")
def review_page(work: Work, year: int | None = None) -> Response[str]:
    """The communes within reach and where the review of each stands."""
    year = year or work.today.year
    begun = states(work.session, year)
    return page(
        work,
        "review.html",
        path="/review",
        year=year,
        this_year=work.today.year,
        lines=[
            _line(work, name, begun.get(commune, ReviewState(commune, "open")))
            for commune, name in context_of(work).communes.items()
        ],
    )


@writing("/review", permission="core.review.read")
def take_step(work: Work, request: Asked) -> Response[Any]:
    """Take the next step of one commune's review."""
    sent = sent_form(request)
    try:
        step, commune, year = sent["step"], int(sent["commune"]), int(sent["year"])
    except (KeyError, ValueError):
        raise MalformedError(
            Text(vi="Hãy tải lại trang rồi gửi lại.", en="Load the page again and send once more.")
        ) from None
    if step not in STEPS or commune not in context_of(work).communes:
        raise NotFoundError
    work.principal.require(STEPS[step][0])
    review = take(
        work.session,
        commune,
        year,
        step,
        by=work.principal.account_id,
        now=work.now,
        today=work.today,
    )
    record(
        work.session,
        work.principal,
        Action.WRITE,
        subject_kind="core.yearly_review",
        subject_id=review.id,
    )
    return Redirect(f"/review?year={year}", status_code=303)


def _line(work: Work, name: str, state: ReviewState) -> dict[str, Any]:
    step = state.next_step
    may = step is not None and work.principal.may(STEPS[step][0])
    return {
        "commune": state.commune_id,
        "name": name,
        "state": work.tell(STATES[state.state]),
        "under_16": state.under_16,
        "persons": state.persons,
        "step": step if may else None,
        "label": work.tell(STEPS[step][1]) if step is not None else None,
    }


handlers = [review_page, take_step]
