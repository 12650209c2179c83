"""Who is told of an incident, by when, who took note; and the check against names."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from core.areas.models import DISTRICT
from core.areas.repository import ancestors
from core.events.incidents import repository
from core.events.incidents.models import LONGEST, IncidentNotice, IncidentUpdate, UrgentIncident
from core.kit.errors import ConflictError, MalformedError, NotFoundError
from core.kit.language import Text
from core.kit.text import fold, is_unseen
from core.profiles.repository import profile_on, settings, working_day
from core.register.models import Child

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from core.tenancy.session import TenantSession

PROVINCE, MINISTRY = "province", "ministry"
_HOURS = "reporting.urgent_incidents.hours"
NAMED = Text(
    vi="Nội dung trùng với họ tên của một trẻ em trong sổ của xã. Hãy bỏ họ tên; nếu không phải "
    "tên trẻ em, hãy chọn «Có» ở mục «Đã kiểm tra».",
    en="The text holds the name of a child in the commune's register. Take it out; if it is not a "
    "child's name, answer “Yes” at “Checked”.",
)
_NOTHING_NEW = Text(
    vi=f"Hãy ghi nội dung cập nhật, không quá {LONGEST} ký tự.",
    en=f"Write what is new, in at most {LONGEST} characters.",
)
_CLOSED = Text(vi="Vụ việc đã kết thúc theo dõi.", en="The incident is closed.")
_TAKEN = Text(vi="Cấp này đã xác nhận tiếp nhận.", en="This level has taken note already.")
_LETTER = Text(
    vi="Hãy ghi số văn bản đã báo cáo Bộ.", en="Write the number of the letter to the ministry."
)


def names_a_child(session: TenantSession, commune: int, text: str) -> bool:
    """Whether a text holds the whole name of a child of the commune, with or without accents.

    Names within the reader's reach alone: who may not read the register learns nothing here.
    """
    if "full_name" in session.hidden_fields(Child):
        return False
    folded = f" {fold(text)} "
    names = repository.names_with(session, commune, set(folded.split()))
    return any(f" {fold(name)} " in folded for name in names if " " in name)


def incident_faults(
    session: TenantSession, answers: Mapping[str, Any]
) -> tuple[tuple[str, Text], ...]:
    """A warning at the text that names a child, until its writer says that it was checked."""
    if answers["names_checked"]:
        return ()
    named = names_a_child(session, answers["commune_id"], answers["first_report_text"])
    return (("first_report_text", NAMED),) if named else ()


def incident_saved(session: TenantSession, incident: UrgentIncident) -> None:
    """Every level of the province is told at once; the ministry when the province takes note.

    No document gives the hours, so that each level has a deadline only where the province set
    one (``reporting.urgent_incidents.hours``). Source: programmes §2.12.
    """
    above = {area.level for area in ancestors(session, incident.commune_id)}
    levels = [DISTRICT, PROVINCE] if DISTRICT in above else [PROVINCE]
    for level in levels:
        _tell(session, incident, level, incident.created_at)
    session.flush()


def take_note(
    session: TenantSession,
    incident_id: UUID,
    level: str,
    *,
    by: UUID | None,
    now: datetime,
    document_no: str | None = None,
) -> IncidentNotice:
    """A level takes note; the province's note opens the ministry's, which takes a letter's number.

    Raises:
        NotFoundError: no such incident within reach, or the level is not to be told.
        ConflictError: the level has taken note already.
        MalformedError: the ministry was told, but by which letter is not said.
    """
    incident = find(session, incident_id)
    notice = repository.notice(session, incident_id, level)
    if notice is None:
        raise NotFoundError
    if notice.acknowledged_at is not None:
        raise ConflictError(_TAKEN)
    if level == MINISTRY and not document_no:
        raise MalformedError(_LETTER)
    notice.acknowledged_at, notice.acknowledged_by = now, by
    notice.document_no = document_no
    if level == PROVINCE:
        _tell(session, incident, MINISTRY, now)
    session.flush()
    return notice


def write_update(
    session: TenantSession,
    incident_id: UUID,
    text: str,
    *,
    by: UUID | None,
    now: datetime,
    checked: bool = False,
    closes: bool = False,
) -> IncidentUpdate:
    """Write what is new about an incident, and perhaps close it.

    Raises:
        NotFoundError: no such incident within reach.
        ConflictError: it is closed.
        MalformedError: nothing is written, too much, or the name of a child.
    """
    incident = find(session, incident_id)
    if incident.closed_at is not None:
        raise ConflictError(_CLOSED)
    content = "".join(char for char in text if char == "\n" or not is_unseen(char)).strip()
    if not content or len(content) > LONGEST:
        raise MalformedError(_NOTHING_NEW)
    if not checked and names_a_child(session, incident.commune_id, content):
        raise MalformedError(NAMED)
    update = IncidentUpdate(
        incident_id=incident.id,
        commune_id=incident.commune_id,
        written_at=now,
        content=content,
        created_at=now,
        created_by=by,
        generated=incident.generated,
    )
    session.add(update)
    if closes:
        incident.closed_at = now
    session.flush()
    return update


def find(session: TenantSession, incident_id: UUID) -> UrgentIncident:
    """One incident.

    Raises:
        NotFoundError: not there, or not within reach.
    """
    found = repository.incident(session, incident_id)
    if found is None:
        raise NotFoundError
    return found


def hours_to_take_note(session: TenantSession, day: date) -> int | None:
    """How many hours a level has, as the province set them; ``None`` where nobody did."""
    profile = profile_on(session, working_day(session, day))
    said = settings(session, profile.id, _HOURS).get(_HOURS) if profile is not None else None
    return int(said.value) if said is not None and said.stated else None


def _tell(session: TenantSession, incident: UrgentIncident, level: str, at: datetime) -> None:
    hours = hours_to_take_note(session, incident.registered_on)
    session.add(
        IncidentNotice(
            incident_id=incident.id,
            commune_id=incident.commune_id,
            level=level,
            told_at=at,
            due_at=None if hours is None else at + timedelta(hours=hours),
            created_at=at,
            generated=incident.generated,
        )
    )
