"""Parts of the pages about cases: clocks, papers and the log, in the reader's language."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from core.cases import clocks
from core.cases.kinds import KINDS
from core.cases.models import CaseTransition
from core.cases.states import NAMES, State
from core.cases.steps import STEPS
from core.forms.service import hidden_answers
from core.forms.shown import shown_record
from core.identity.service import account_names
from core.kit.clock import VIETNAM_TIME
from core.kit.language import Text
from core.kit.numbers import format_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from core.cases.clocks import Clock
    from core.cases.files import CaseFile, Paper
    from core.web.work import Work

_SHORT = timedelta(days=2)
_FILED = Text(vi="Tiếp nhận thông tin", en="Information received")


def moment(work: Work, at: datetime) -> str:
    """A moment on the clocks of Viet Nam."""
    local = at.astimezone(VIETNAM_TIME)
    return f"{format_date(local.date(), work.language)} {local:%H:%M}"


def due_moment(work: Work, at: datetime) -> str:
    """Until when: an hour, or the day that ends at that midnight."""
    local = at.astimezone(VIETNAM_TIME)
    if local.time() != time():
        return moment(work, at)
    day = format_date(local.date() - timedelta(days=1), work.language)
    return work.tell(Text(vi=f"hết ngày {day}", en=f"end of {day}"))


def kind_name(work: Work, code: str) -> str:
    """What a kind of case is called."""
    return work.tell(KINDS[code].name) if code in KINDS else code


def state_tag(work: Work, code: str) -> dict[str, str]:
    """The state in words, with a tone."""
    tone = {"emergency": "danger", "closed": "good", "screened_out": "neutral"}.get(code, "info")
    return {"text": work.tell(NAMES[State(code)]), "tone": tone}


def clock_line(work: Work, clock: Clock) -> dict[str, Any]:
    """One clock: what, due when, and whether it was kept."""
    late = clock.overdue_by(work.now)
    return {
        "name": work.tell(clocks.NAMES[clock.code]),
        "due": due_moment(work, clock.due) if clock.due else None,
        "unknown": work.tell(clock.unknown) if clock.unknown else None,
        "answered": moment(work, clock.answered_at) if clock.answered_at else None,
        "late": work.tell(_by(late)) if late else None,
        "is_open": clock.is_open,
    }


def most_urgent(work: Work, every: Iterable[Clock]) -> str | None:
    """The open clock that is due first, in a few words."""
    waiting = [clock for clock in every if clock.is_open and clock.due is not None]
    if not waiting:
        return None
    line = clock_line(work, min(waiting, key=lambda clock: clock.due or work.now))
    if line["late"]:
        return f"{line['name']}: {line['late']}"
    until = work.tell(Text(vi="hạn", en="due"))
    return f"{line['name']}: {until} {line['due']}"


def shown_papers(
    work: Work, papers: Iterable[Paper], places: Mapping[int, str]
) -> list[dict[str, Any]]:
    """Papers with every answer; what is hidden from the reader says so."""
    return [
        {
            "title": work.tell(paper.form.title),
            "number": paper.form.number,
            "entered": moment(work, paper.row.created_at),
            "pairs": [
                answer
                for part in shown_record(
                    paper.form,
                    paper.row,
                    work.language,
                    places,
                    hidden_answers(work.session, paper.form) | {"child_ref"},
                )
                for answer in part.answers
                if answer.name != "child_ref" and (answer.hidden or answer.text is not None)
            ],
        }
        for paper in papers
    ]


def log_lines(work: Work, file: CaseFile) -> list[dict[str, str]]:
    """Who took which step when and why, the latest first."""
    names = account_names(work.session, {t.created_by for t in file.transitions if t.created_by})
    hidden = work.session.hidden_fields(CaseTransition)
    lines = []
    for one in reversed(file.transitions):
        step = STEPS.get(one.step)
        reasons = [getattr(one, name) for name in ("reason", "delay_reason") if name not in hidden]
        lines.append(
            {
                "title": work.tell(step.form.title if step else _FILED),
                "when": moment(work, one.created_at),
                "by": names.get(one.created_by, "–") if one.created_by else "–",
                "text": " ".join(filter(None, (_moved(work, one), *reasons))),
            }
        )
    return lines


def _moved(work: Work, one: CaseTransition) -> str:
    if one.from_state == one.to_state:
        return ""
    return f"→ {work.tell(NAMES[State(one.to_state)])}."


def _by(late: timedelta) -> Text:
    if late < _SHORT:
        hours = max(1, int(late.total_seconds() // 3600))
        return Text(vi=f"quá hạn {hours} giờ", en=f"overdue by {hours} h")
    return Text(vi=f"quá hạn {late.days} ngày", en=f"overdue by {late.days} days")
