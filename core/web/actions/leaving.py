"""What somebody who leaves still has open, for whoever disables the account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.access import grants
from core.cases import team
from core.cases.models import READ
from core.cases.referrals import REFERRAL
from core.kit.language import Text
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from uuid import UUID

    from core.web.work import Work


@dataclass(frozen=True, slots=True)
class OpenWork:
    """Work by its code, where the reader may open it, or how much of a kind; never a name."""

    what: Text
    href: str | None = None


def open_work(work: Work, account_id: UUID) -> tuple[OpenWork, ...]:
    """All that an account still has open; what the reader may not read is counted alone."""
    seen = team.open_cases(work.session, account_id) if work.principal.may(READ) else []
    with work.platform.door.tenant_session(
        work.session.tenant_id, reach=Reach.counting(), read_only=True
    ) as every:
        unseen = len(team.open_cases(every, account_id)) - len(seen)
    given = grants.open_work(work.session, account_id)
    referred = sum(one.subject_kind == REFERRAL for one in given)
    records = sum(one.kind == "assignment" and one.subject_kind != team.CASE for one in given)
    counted = (
        (unseen, "hồ sơ trường hợp đang mở", "open cases"),
        (referred, "chuyển gửi chưa kết thúc", "referrals that have not ended"),
        (records, "hồ sơ khác được giao", "other records given"),
    )
    cases = (
        OpenWork(Text(vi=f"Hồ sơ {line.code}", en=f"Case {line.code}"), f"/cases/{line.id}")
        for line in seen
    )
    return (
        *cases,
        *(OpenWork(Text(vi=f"{n} {vi}", en=f"{n} {en}")) for n, vi, en in counted if n),
    )
