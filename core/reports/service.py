"""Reports of a tenant: opening, listing, and the officers' words in them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from core.kit.errors import MalformedError, NotFoundError
from core.kit.ids import new_id
from core.kit.language import Text
from core.reports.errors import LockedError
from core.reports.models import PERIODIC, OfficerText, Report
from core.reports.year.states import BUILD, WRITABLE, ReportState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from core.identity.principal import Principal
    from core.kit.periods import Period
    from core.tenancy.session import TenantSession

LONGEST_TEXT = 10_000


def open_report(
    session: TenantSession, period: Period, *, kind: str = PERIODIC, cut_off: date | None = None
) -> Report:
    """The report for a period, opened if it is not there yet; safe to repeat.

    ``cut_off`` is the last day to count, by default the last of the period; a report that is
    already open keeps its own.
    """
    end = period.window.end
    row = {
        "tenant_id": session.tenant_id,
        "id": new_id(),
        "kind": kind,
        "period_code": period.code,
        "version": 1,
        "state": ReportState.OPEN.value,
        "cut_off": end if cut_off is None else min(max(cut_off, period.window.start), end),
    }
    session.execute(insert(Report).values(row).on_conflict_do_nothing())
    report = find_report(session, period, kind=kind)
    if report is None:
        raise NotFoundError
    return report


def find_report(session: TenantSession, period: Period, *, kind: str = PERIODIC) -> Report | None:
    """The report for a period, if it was opened; the latest of its versions."""
    return session.scalar(
        select(Report)
        .where(
            Report.tenant_id == session.tenant_id,
            Report.kind == kind,
            Report.period_code == period.code,
        )
        .order_by(Report.version.desc())
        .limit(1)
    )


def list_reports(session: TenantSession) -> Sequence[Report]:
    """Every report of the tenant in its latest version, the latest period first."""
    found = session.scalars(
        select(Report)
        .where(Report.tenant_id == session.tenant_id)
        .order_by(Report.cut_off.desc(), Report.period_code, Report.kind, Report.version)
    )
    return list({(report.kind, report.period_code): report for report in found}.values())


def versions_of(session: TenantSession, report: Report) -> Sequence[Report]:
    """The report and its other versions, the first one first."""
    return session.scalars(
        select(Report)
        .where(
            Report.tenant_id == session.tenant_id,
            Report.kind == report.kind,
            Report.period_code == report.period_code,
        )
        .order_by(Report.version)
    ).all()


def write_words(
    session: TenantSession,
    report: Report,
    section_code: str,
    words: str,
    *,
    principal: Principal,
    now: datetime,
) -> None:
    """Keep an officer's words for a section; empty words take them away.

    Raises:
        RefusedError: the principal may not work on reports.
        LockedError: it waits for approval, or its figures stand.
        MalformedError: the words are longer than fits a section.
    """
    principal.require(BUILD)
    report = lock_report(session, report)
    require_writable(report)
    body = tidied_words(words)
    kept = session.scalar(
        select(OfficerText).where(
            OfficerText.tenant_id == session.tenant_id,
            OfficerText.report_id == report.id,
            OfficerText.section_code == section_code,
        )
    )
    if not body:
        if kept is not None:
            session.delete(kept)
        session.flush()
        return
    if kept is None:
        kept = OfficerText(report_id=report.id, section_code=section_code)
        session.add(kept)
    kept.body, kept.written_at, kept.written_by = body, now, principal.account_id
    session.flush()


def tidied_words(words: str) -> str:
    """An officer's words as they are kept: NFC, without outer blanks.

    Raises:
        MalformedError: they are longer than fits a section.
    """
    body = unicodedata.normalize("NFC", words.replace("\r\n", "\n")).strip()
    if len(body) > LONGEST_TEXT:
        raise MalformedError(
            Text(
                vi=f"Nội dung dài quá {LONGEST_TEXT} ký tự. Hãy rút gọn hoặc đưa vào phụ lục.",
                en=f"The text is longer than {LONGEST_TEXT} characters. Shorten it or annex it.",
            )
        )
    return body


def require_writable(report: Report) -> None:
    """Refuse to change a report that others decide on, or have decided on.

    Raises:
        LockedError: says why, and who can lift it.
    """
    if report.state not in WRITABLE or report.is_frozen:
        raise LockedError(report.state)


def words_of(session: TenantSession, report: Report) -> dict[str, str]:
    """The officers' words by section code."""
    rows = session.execute(
        select(OfficerText.section_code, OfficerText.body).where(
            OfficerText.tenant_id == session.tenant_id, OfficerText.report_id == report.id
        )
    )
    return {row.section_code: row.body for row in rows}


def lock_report(session: TenantSession, report: Report) -> Report:
    """The report as the database holds it now, locked until the transaction ends."""
    found = session.scalar(
        select(Report)
        .where(Report.tenant_id == session.tenant_id, Report.id == report.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFoundError
    return found
