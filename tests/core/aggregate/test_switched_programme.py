"""A programme that was switched off in May: in the first quarter's report, not in the third's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import update

from core.aggregate.national import national
from core.aggregate.scope import ministry_scope
from core.kit.periods import Period
from core.plugin_api.documents import FigureState
from core.registry.models import ProgrammeEnablement
from core.reports.build import build_report
from core.reports.html import to_html
from core.reports.service import find_report

MAY = datetime(2018, 5, 9, 17, tzinfo=UTC)


def test_it_is_reported_while_it_was_on_and_not_enabled_afterwards(
    reporting: Any, release_of: Any
) -> None:
    reporting.fill()
    with reporting.door.tenant_session(1) as session:
        session.execute(
            update(ProgrammeEnablement)
            .where(ProgrammeEnablement.tenant_id == 1, ProgrammeEnablement.programme == "quiet")
            .values(valid_to=MAY)
        )
    pages, states = {}, {}
    for code in ("2018-Q1", "2018-Q3"):
        period = Period.parse(code)
        late = replace(reporting, period=period, now=datetime(2018, 10, 2, tzinfo=UTC))
        release_of(late, 1)
        with reporting.door.tenant_session(1) as session:
            document = build_report(session, find_report(session, period), reporting.source)
            pages[code] = to_html(document, "vi")
        with ministry_scope(reporting.world.database.ministry, "test") as session:
            row = national(session, period, ("QUI-01",)).rows[0]
        states[code] = {each.slug: each.figure for each in row.provinces}["tinh_mot"]
    assert 'data-section="quiet.section"' in pages["2018-Q1"]
    assert "quiet.section" not in pages["2018-Q3"]
    assert states["2018-Q1"].state is FigureState.NUMBER
    assert states["2018-Q1"].count == 12
    assert states["2018-Q3"].state is FigureState.NOT_ENABLED
    assert states["2018-Q3"].value is None
