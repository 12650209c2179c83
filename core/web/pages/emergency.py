"""Opening a file out of duty, and the queue in which others judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from litestar import Request, Response
from litestar.datastructures import State
from litestar.response import Redirect

from core.access import emergency
from core.identity.service import account_names
from core.kit.errors import MalformedError
from core.kit.language import Text
from core.web.actions.emergency import kinds_of_files, open_by_code
from core.web.fields import FieldView, summary, typed
from core.web.pages.case_view import moment
from core.web.rendering import page
from core.web.routing import reading, writing
from core.web.work import Work, sent_form

if TYPE_CHECKING:
    from collections.abc import Mapping

Asked = Request[Any, Any, State]
_NOT_FOUND = Text(
    vi="Không tìm thấy hồ sơ có mã này. Yêu cầu của bạn đã được ghi lại.",
    en="No file has this code. That you asked has been written down.",
)


@reading("/access/emergency", permission=emergency.OPEN)
def emergency_page(work: Work) -> Response[str]:
    """What a person must say to open a file out of duty."""
    return _asking(work, {}, {})


@writing("/access/emergency", permission=emergency.OPEN)
def open_emergency(work: Work, request: Asked) -> Response[Any]:
    """Open one file for some hours, or say what is missing with nothing lost."""
    given = typed(sent_form(request), ("form", "code", "reason"))
    kind = kinds_of_files(work).get(given["form"])
    if kind is None:
        return _asking(work, given, {"form": Text("Hãy chọn loại hồ sơ.", "Choose a kind.")})
    if not given["code"].strip():
        return _asking(work, given, {"code": Text("Hãy ghi mã hồ sơ.", "Give the code.")})
    try:
        found = open_by_code(work, kind, given["code"], given["reason"])
    except emergency.ReasonMissingError as missing:
        return _asking(work, given, {"reason": missing.message})
    if found is None:
        return _asking(work, given, {"code": _NOT_FOUND})
    return Redirect(kind.address(found), status_code=303)


@reading("/access/emergencies", permission=emergency.REVIEW)
def emergencies_page(work: Work) -> Response[str]:
    """The queue for review: who, when, why; never which child."""
    entries = emergency.queue(work.session)
    ids = {entry.account_id for entry in entries} | {
        entry.reviewed_by for entry in entries if entry.reviewed_by is not None
    }
    names = account_names(work.session, ids)
    return page(
        work,
        "emergencies.html",
        path="/access/emergencies",
        entries=[
            {
                "id": entry.id,
                "who": names.get(entry.account_id, "–"),
                "when": moment(work, entry.opened_at),
                "until": moment(work, entry.ends_at),
                "reason": entry.reason,
                "own": entry.account_id == work.principal.account_id,
                "verdict": entry.verdict,
                "reviewer": names.get(entry.reviewed_by, "–") if entry.reviewed_by else None,
                "note": entry.note,
            }
            for entry in entries
        ],
    )


@writing("/access/emergencies/{emergency_id:uuid}", permission=emergency.REVIEW)
def judge_emergency(work: Work, emergency_id: UUID, request: Asked) -> Response[Any]:
    """Say whether it was justified."""
    given = typed(sent_form(request), ("verdict", "note"))
    verdict = given["verdict"]
    if verdict not in {"justified", "not_justified"}:
        raise MalformedError(
            Text(vi="Hãy chọn kết luận xem xét.", en="Choose what the review found.")
        )
    emergency.judge(
        work.session,
        emergency_id,
        verdict="justified" if verdict == "justified" else "not_justified",
        note=given["note"],
        by=work.principal,
        now=work.now,
    )
    return Redirect("/access/emergencies", status_code=303)


def _asking(work: Work, given: Mapping[str, str], errors: Mapping[str, Text]) -> Response[str]:
    told = {name: work.tell(message) for name, message in errors.items()}
    kinds = [(kind.kind, work.tell(kind.title)) for kind in kinds_of_files(work).values()]
    fields = [
        FieldView(
            name="form",
            label=work.tell(Text("Loại hồ sơ", "Kind of record")),
            kind="choice",
            options=kinds,
            value=given.get("form", ""),
            error=told.get("form"),
        ),
        FieldView(
            name="code",
            label=work.tell(Text("Mã hồ sơ", "Code of the record")),
            value=given.get("code", ""),
            error=told.get("code"),
            max_length=40,
        ),
        FieldView(
            name="reason",
            label=work.tell(Text("Lý do phải mở", "Why it must be opened")),
            kind="textarea",
            help=work.tell(
                Text(
                    "Không ghi họ tên hoặc chi tiết vụ việc.",
                    "Write no name and no detail of what happened.",
                )
            ),
            value=given.get("reason", ""),
            error=told.get("reason"),
            max_length=500,
        ),
    ]
    return page(
        work,
        "emergency.html",
        path="/access/emergency",
        status=422 if errors else 200,
        fields=fields,
        errors=summary(fields),
        hours=emergency.LASTS.seconds // 3600,
    )


handlers = [emergency_page, open_emergency, emergencies_page, judge_emergency]
