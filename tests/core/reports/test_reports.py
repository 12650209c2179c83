"""A report states what was counted, and after its release nothing else ever again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from core.audit.models import AuditEntry
from core.indicators.protection import Protection
from core.kit.errors import MalformedError, RefusedError
from core.kit.language import Text
from core.kit.periods import Period
from core.migrations.runner import CORE_CHAIN, drift
from core.plugin_api.documents import Figure, FigureState
from core.reports.build import build_report
from core.reports.document import TargetLine
from core.reports.errors import LockedError, NotReadyError, StepRefusedError
from core.reports.html import to_html
from core.reports.laid_out import roman
from core.reports.models import ReportFigure
from core.reports.released import ReleasedFigure
from core.reports.service import list_reports, open_report, words_of, write_words
from core.reports.targets import said_of
from core.reports.year.models import ReportStep
from core.reports.year.steps import release
from core.tenancy.reach import Reach

TARGET = TargetLine("SAM-01", ">=", Decimal(3), Text(vi="lượt", en="times"))


def html_of(reporting: Any, source: Any = None, language: Any = "vi") -> str:
    with reporting.door.tenant_session(1) as session:
        report = open_report(session, reporting.period)
        document = build_report(session, report, source or reporting.source)
        return to_html(document, language)


def released(reporting: Any, tenant: int = 1, source: Any = None) -> None:
    with reporting.door.tenant_session(tenant) as session:
        report = open_report(session, reporting.period)
        release(
            session,
            report,
            source or reporting.source,
            principal=reporting.leader_of(tenant),
            now=reporting.now,
        )


def cell(html: str, code: str) -> list[tuple[str, str]]:
    return re.findall(rf'data-code="{code}" data-state="(\w+)">([^<]*)</td>', html)


def test_tables_are_as_the_models_say(database: Any) -> None:
    ours = re.compile(r"\b(report|report_figure|report_step|officer_text|released_figure)\b")
    with database.owner.connect() as connection:
        found = [line for line in drift(connection, CORE_CHAIN) if ours.search(line)]
    assert found == []


def test_the_report_states_the_number_that_a_direct_count_gives(reporting: Any) -> None:
    reporting.fill(seen=5)
    for sex in ("male", "female", "unknown"):
        reporting.child(sex, date(2018, 2, 1))
    reporting.world.count()
    seen = reporting.world.sighting
    with reporting.door.tenant_session(1) as session:
        direct = session.scalar(select(func.count(seen.id)).where(seen.tenant_id == 1))
    html = html_of(reporting)
    assert f"Trong kỳ ghi nhận {direct} lượt; kế hoạch 7." in html
    assert direct == 5
    assert "toàn tỉnh có 3 trẻ em được ghi trong sổ quản lý trẻ em" in html
    assert cell(html, "core.children")[-2:] == [("number", "3"), ("number", "0")]
    assert cell(html, "SAM-02") == [("number", "125")]
    assert cell(html, "SAM-03") == [("not_reported", "Chưa có số liệu")]


def test_the_page_has_the_parts_of_an_official_document_and_no_invented_number(
    reporting: Any,
) -> None:
    reporting.fill()
    html = html_of(reporting)
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN TỈNH MỘT",
        "Số: ……/BC-SLĐ",
        "Tỉnh Một, ngày …… tháng …… năm 2018",
        "BÁO CÁO",
        "chăm sóc trẻ em 6 tháng đầu năm 2018",
        "Kính gửi: Bộ Thử nghiệm.",
        "(số liệu tính đến hết ngày 30/06/2018)",
        "I. TÌNH HÌNH TRẺ EM",
        "II. MỤC QUIET.SECTION",
        "III. MỤC SAMPLE.SECTION",
        "1. Kết quả",
        "STT",
        "Bảng 1.",
        "Nơi nhận:",
        "- Lưu: VT.",
        "KT. GIÁM ĐỐC",
        "./.",
        "Số liệu sinh ra để thử",
    ):
        assert part in html
    assert "SỞ LAO ĐỘNG &lt;THỬ&gt;" in html
    assert "<thử>" not in html.lower()
    english = html_of(reporting, language="en")
    assert "Independence - Freedom - Happiness" in english
    assert "REPORT" in english


def test_a_programme_that_was_off_has_no_section(reporting: Any) -> None:
    reporting.fill(quiet=False)
    html = html_of(reporting)
    assert 'data-section="sample.section"' in html
    assert "quiet.section" not in html


def test_without_targets_there_is_no_table_of_targets_and_no_empty_cell(reporting: Any) -> None:
    reporting.fill()
    assert "core.targets" not in html_of(reporting)
    unknown = replace(TARGET, indicator="NOT-99")
    assert "core.targets" not in html_of(reporting, replace(reporting.source, targets=(unknown,)))
    html = html_of(reporting, replace(reporting.source, targets=(TARGET,)))
    assert "II. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU KẾ HOẠCH" in html
    assert "≥\N{NO-BREAK SPACE}3" in html
    assert "Ước cả năm" in html  # half a year is held against the year by its estimate


@pytest.mark.parametrize(
    ("operator", "reached", "said"),
    [
        (">=", 3, "Đạt"),
        (">=", 4, "Vượt"),
        (">=", 2, "Chưa đạt"),
        ("=", 3, "Đạt"),
        ("=", 4, "Vượt"),
        ("<", 3, "Chưa đạt"),
        ("maintain", 5, "Đạt"),
        ("at_least_n_per_unit", 5, "Chưa đánh giá"),
        ("=", None, "Chưa đánh giá"),
    ],
)
def test_a_result_is_assessed_by_the_operator_of_its_target(
    operator: str, reached: int | None, said: str
) -> None:
    state = FigureState.NOT_REPORTED if reached is None else FigureState.NUMBER
    figure = Figure("SAM-01", state, None if reached is None else Decimal(reached))
    assert said_of(replace(TARGET, operator=operator), figure, "up", over=True).vi == said


def test_the_officers_words_survive_another_draft_and_stay_text(reporting: Any) -> None:
    reporting.fill()
    with reporting.door.tenant_session(1) as session:
        report = open_report(session, reporting.period)
        for words in ("Bản đầu", "Dòng một <b>\r\nDòng hai"):
            write_words(
                session,
                report,
                "sample.section",
                words,
                principal=reporting.leader,
                now=reporting.now,
            )
        assert words_of(session, report) == {"sample.section": "Dòng một <b>\nDòng hai"}
    html_of(reporting)
    html = html_of(reporting)
    assert '<p class="words">Dòng một &lt;b&gt;</p>' in html
    assert '<p class="words">Dòng hai./.</p>' in html


def test_words_too_long_or_without_the_right_are_refused(reporting: Any) -> None:
    nobody = replace(reporting.leader, permissions=frozenset())
    with reporting.door.tenant_session(1) as session:
        report = open_report(session, reporting.period)
        for principal, words, error in (
            (nobody, "a", RefusedError),
            (reporting.leader, "a" * 10_001, MalformedError),
        ):
            with pytest.raises(error):
                write_words(session, report, "x", words, principal=principal, now=reporting.now)


def test_opening_twice_gives_one_report_and_other_tenants_see_none(reporting: Any) -> None:
    with reporting.door.tenant_session(1) as session:
        assert (
            open_report(session, reporting.period).id == open_report(session, reporting.period).id
        )
        assert [report.state for report in list_reports(session)] == ["open"]
    with reporting.door.tenant_session(2) as session:
        assert list_reports(session) == []


def test_a_released_report_never_changes(reporting: Any) -> None:
    reporting.fill(seen=3)
    source = replace(reporting.source, targets=(TARGET,))
    before = html_of(reporting, source)
    released(reporting, source=source)
    assert html_of(reporting, source) == before
    reporting.world.seen(date(2018, 4, 4), reporting.world.communes[0], kind="lake")
    reporting.child("male", date(2018, 2, 1))
    reporting.world.count()
    changed = replace(source, planned=lambda _code: 99)
    assert html_of(reporting, changed) == before
    with (
        reporting.door.tenant_session(1) as session,
        pytest.raises(LockedError),
    ):
        write_words(
            session,
            open_report(session, reporting.period),
            "sample.section",
            "muộn",
            principal=reporting.leader,
            now=reporting.now,
        )
    with pytest.raises(StepRefusedError):
        released(reporting, source=source)


@pytest.mark.parametrize("table", ["report_figure", "released_figure"])
@pytest.mark.parametrize("change", ["UPDATE core.{} SET value = 1", "DELETE FROM core.{}"])
def test_nobody_changes_what_was_released(reporting: Any, table: str, change: str) -> None:
    reporting.fill()
    released(reporting)
    with reporting.door.tenant_session(1) as session, pytest.raises(DBAPIError, match="denied"):
        session.connection().execute(text(change.format(table)))


def test_release_says_who_and_is_written_down(reporting: Any) -> None:
    reporting.fill()
    released(reporting)
    with reporting.door.tenant_session(1) as session:
        report = open_report(session, reporting.period)
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.tenant_id == 1, AuditEntry.action == "release")
        ).one()
        frozen = session.scalar(
            select(func.count(ReportFigure.id)).where(ReportFigure.tenant_id == 1)
        )
        taken = session.execute(
            select(ReportStep.step, ReportStep.taken_by, ReportStep.role)
            .where(ReportStep.tenant_id == 1)
            .order_by(ReportStep.number)
        )
        steps = [tuple(row) for row in taken]
    leader = reporting.leader.account_id
    assert (report.state, report.frozen_at) == ("sent", reporting.now)
    assert steps == [
        (step, leader, "province_leader") for step in ("draft", "submit", "approve", "send")
    ]
    assert (entry.subject_id, entry.account_id) == (report.id, reporting.leader.account_id)
    assert frozen


def test_release_waits_for_the_cut_off_and_for_fresh_figures(reporting: Any) -> None:
    reporting.fill()
    early = replace(reporting, now=datetime(2018, 6, 30, 12, tzinfo=UTC))
    with pytest.raises(NotReadyError, match="can be approved from"):
        released(early)
    reporting.world.seen(date(2018, 4, 4), reporting.world.communes[0])
    with pytest.raises(NotReadyError, match="counted again"):
        released(reporting)
    reporting.world.count()
    released(reporting)


def test_release_needs_the_right_and_the_whole_province(reporting: Any) -> None:
    reporting.fill()
    officer = replace(reporting.leader, permissions=frozenset({"core.report.build"}))
    with pytest.raises(RefusedError):
        released(replace(reporting, leader=officer))
    narrow = Reach(communes=frozenset(reporting.world.communes))
    with reporting.door.tenant_session(1, reach=narrow) as session:
        report = open_report(session, reporting.period)
        who = {"principal": reporting.leader, "now": reporting.now}
        with pytest.raises(RefusedError, match="whole province"):
            release(session, report, reporting.source, **who)


def leaving(reporting: Any, tenant: int = 1) -> dict[tuple[str, str, str], Any]:
    with reporting.door.tenant_session(tenant) as session:
        rows = session.scalars(select(ReleasedFigure).where(ReleasedFigure.tenant_id == tenant))
        return {
            (row.indicator_code, row.breakdown, row.detail): (
                row.state,
                row.value if row.denominator is None else (row.numerator, row.denominator),
            )
            for row in rows
        }


def test_what_leaves_is_each_due_indicator_with_small_restricted_parts_hidden(
    reporting: Any,
) -> None:
    """One boy among twelve: his part is hidden, and so is the girls', which would give it back."""
    reporting.fill()
    released(reporting)
    assert leaving(reporting) == {
        ("SAM-01", "", ""): ("number", 3),
        ("SAM-02", "", ""): ("number", (3, 4)),
        ("SAM-03", "", ""): ("not_reported", None),
        ("QUI-01", "", ""): ("number", 12),
        ("QUI-01", "sex", "male"): ("suppressed", None),
        ("QUI-01", "sex", "female"): ("suppressed", None),
    }  # QUI-02 is for the year alone


def test_a_lower_bound_lets_parts_above_it_leave(reporting: Any) -> None:
    reporting.fill()
    loose = replace(reporting.source, protection=Protection(by_owner={"quiet": 0}))
    released(reporting, source=loose)
    assert leaving(reporting)["QUI-01", "sex", "male"] == ("number", 1)


def test_a_programme_that_was_off_leaves_as_not_enabled(reporting: Any) -> None:
    reporting.fill(quiet=False)
    released(reporting)
    assert leaving(reporting)["QUI-01", "", ""] == ("not_enabled", None)


def test_a_year_takes_the_indicators_of_every_rhythm(reporting: Any) -> None:
    reporting.fill()
    late = datetime(2019, 1, 2, tzinfo=UTC)
    released(replace(reporting, period=Period.parse("2018"), now=late))
    assert leaving(reporting)["QUI-02", "", ""] == ("number", (12, 4))


def test_parts_are_numbered_in_roman() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 39)] == ["I", "IV", "IX", "XIV", "XXXIX"]
