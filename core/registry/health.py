"""What is known of plugins' failed calls: written down, counted, cleared; shared by all processes.

Every statement is of one tenant: what fails on one province's records stops nothing in another.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import SQLAlchemyError

from core.kit.clock import VIETNAM_TIME
from core.kit.language import Text
from core.kit.numbers import format_date
from core.registry.models import Call, Outcome, PluginFailure
from core.tenancy.reach import Reach
from core.tenancy.session import TenantSession

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.settings import PluginLimits

KEPT = timedelta(days=30)
CALL_NAMES: Mapping[Call, Text] = {
    Call.SECTION: Text(vi="mục của báo cáo", en="report section"),
    Call.EXPORT: Text(vi="tệp xuất", en="export"),
    Call.ROUTE: Text(vi="giao diện lập trình (API)", en="route of the API"),
    Call.PREFILL: Text(vi="điền sẵn biểu mẫu", en="filling in of a form"),
    Call.CHECK: Text(vi="kiểm tra khi lưu", en="check on saving"),
    Call.EVENT: Text(vi="xử lý sau khi lưu", en="event after saving"),
    Call.JOB: Text(vi="công việc chạy nền", en="job"),
    Call.ALERT: Text(vi="cảnh báo", en="alert"),
    Call.COUNT: Text(vi="tổng hợp số liệu", en="counting of figures"),
}
OUTCOMES: Mapping[Outcome, Text] = {
    Outcome.RAISED: Text(vi="bị lỗi", en="failed"),
    Outcome.SLOW: Text(vi="quá chậm", en="too slow"),
}
_LOOKED_AT = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """One call that failed or was slow; no value and no message."""

    plugin: str
    call: Call
    declaration: str
    outcome: Outcome
    error: str | None
    place: str | None
    milliseconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a plugin fares in a tenant: failed calls that count, the last of them, what is paused.

    Its text names the class and the place of the error; there is nothing else to tell.
    """

    plugin: str
    failures: int
    last: PluginFailure
    paused: Mapping[Call, datetime]

    @property
    def text(self) -> Text:
        """Sentences for officers and operators."""
        last, call = self.last, CALL_NAMES[Call(self.last.call)]
        at = last.happened_at.astimezone(VIETNAM_TIME)
        error = last.error or "–"
        where = f"{error} ({last.place})" if last.place else error
        said = _FAILED.fill(
            count=self.failures,
            time=f"{at:%H:%M}",
            day_vi=format_date(at.date()),
            day_en=format_date(at.date(), "en"),
            call_vi=call.vi,
            call_en=call.en,
            what_vi=OUTCOMES[Outcome(last.outcome)].vi,
            what_en=OUTCOMES[Outcome(last.outcome)].en,
            where=where,
        )
        for call_kind, until in sorted(self.paused.items()):
            name, end = CALL_NAMES[call_kind], until.astimezone(VIETNAM_TIME)
            more = _PAUSED.fill(call_vi=name.vi, call_en=name.en, time=f"{end:%H:%M}")
            said = Text(vi=f"{said.vi} {more.vi}", en=f"{said.en} {more.en}")
        return said


def write_down(session: TenantSession, failed: Failed) -> None:
    """Note a failed call in a transaction of its own; the one it happened in may be taken back.

    When it cannot be written the page still goes on: the log has it.
    """
    try:
        with _apart(session) as other, other.begin():
            _forget_old(other, failed.plugin)
            other.add(_row(failed))
    except SQLAlchemyError as error:
        structlog.get_logger().error("a failed call was not noted", error=type(error).__name__)


def note_uncounted(session: TenantSession, failed: Failed) -> None:
    """Note that a measure cannot be counted; once, until it can be again."""
    with _apart(session) as other, other.begin():
        if failed.declaration not in uncounted(other):
            other.add(_row(failed))


def clear_counted(session: TenantSession, measures: Iterable[str]) -> None:
    """These measures were counted: their figures are numbers again, with this transaction."""
    row = PluginFailure
    session.execute(
        update(row)
        .where(
            row.tenant_id == session.tenant_id,
            row.call == Call.COUNT.value,
            row.declaration.in_(sorted(measures)),
            row.cleared_at.is_(None),
        )
        .values(cleared_at=func.now())
        .execution_options(synchronize_session=False)
    )


def uncounted(session: TenantSession) -> frozenset[str]:
    """The measures that could not be counted when it was last tried."""
    row = PluginFailure
    return frozenset(
        session.scalars(
            select(row.declaration).where(
                row.tenant_id == session.tenant_id,
                row.call == Call.COUNT.value,
                row.cleared_at.is_(None),
            )
        )
    )


def paused_until(
    session: TenantSession, limits: PluginLimits
) -> Mapping[tuple[str, str], datetime]:
    """Plugin and kind of call that are out of service in the tenant now, and until when.

    So it is while the last failure is younger than the pause and it was the last of so many
    within the window. When the pause is over the next call is tried; if that fails too, the
    pause begins anew.
    """
    window = timedelta(seconds=limits.window_seconds)
    pause = timedelta(seconds=limits.pause_seconds)
    row = PluginFailure
    found = session.execute(
        select(row.plugin, row.call, row.happened_at, func.now().label("now"))
        .where(
            row.tenant_id == session.tenant_id,
            row.happened_at > func.now() - (window + pause),
            row.cleared_at.is_(None),
            row.call != Call.COUNT.value,
        )
        .order_by(row.happened_at.desc())
        .limit(_LOOKED_AT)
    ).all()
    moments: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for each in found:
        moments[each.plugin, each.call].append(each.happened_at)
    out: dict[tuple[str, str], datetime] = {}
    for key, times in moments.items():
        last, until = times[0], times[0] + pause
        close = sum(moment > last - window for moment in times)
        if close >= limits.failures and until > found[0].now:
            out[key] = until
    return out


def health(session: TenantSession, limits: PluginLimits) -> Mapping[str, Health]:
    """The plugins whose calls failed lately and were not cleared, by key."""
    paused: dict[str, dict[Call, datetime]] = defaultdict(dict)
    for (plugin, call), until in paused_until(session, limits).items():
        paused[plugin][Call(call)] = until
    row = PluginFailure
    found: Sequence[PluginFailure] = session.scalars(
        select(row)
        .where(
            row.tenant_id == session.tenant_id,
            row.cleared_at.is_(None),
            row.happened_at > func.now() - KEPT,
        )
        .order_by(row.happened_at.desc())
        .limit(_LOOKED_AT)
    ).all()
    by_plugin: dict[str, list[PluginFailure]] = defaultdict(list)
    for each in found:
        by_plugin[each.plugin].append(each)
    return {
        key: Health(plugin=key, failures=len(rows), last=rows[0], paused=paused[key])
        for key, rows in by_plugin.items()
    }


def clear(session: TenantSession, plugin: str) -> int:
    """The operator says that a plugin is well again: its failures so far count no more."""
    row = PluginFailure
    cleared = session.execute(
        update(row)
        .where(
            row.tenant_id == session.tenant_id,
            row.plugin == plugin,
            row.call != Call.COUNT.value,
            row.cleared_at.is_(None),
        )
        .values(cleared_at=func.now())
        .returning(row.id)
        .execution_options(synchronize_session=False)
    )
    return len(cleared.all())


def _apart(session: TenantSession) -> TenantSession:
    """Another session of the tenant, on a connection of its own."""
    return TenantSession(
        session.get_bind().engine,
        tenant_id=session.tenant_id,
        reach=Reach.nothing(),
        read_only=False,
    )


def _row(failed: Failed) -> PluginFailure:
    return PluginFailure(
        plugin=failed.plugin,
        call=failed.call.value,
        declaration=failed.declaration,
        outcome=failed.outcome.value,
        error=failed.error,
        place=failed.place,
        milliseconds=failed.milliseconds,
        happened_at=func.now(),
    )


def _forget_old(session: TenantSession, plugin: str) -> None:
    row = PluginFailure
    session.execute(
        delete(row)
        .where(
            row.tenant_id == session.tenant_id,
            row.plugin == plugin,
            row.call != Call.COUNT.value,
            row.happened_at < func.now() - KEPT,
        )
        .execution_options(synchronize_session=False)
    )


_FAILED = Text(
    vi="Số lần gọi bị lỗi hoặc quá chậm trong 30 ngày qua: {count}. Lần cuối lúc {time} ngày "
    "{day_vi}: {call_vi}, {what_vi}, {where}.",
    en="Calls that failed or were too slow in the last 30 days: {count}. The last one at {time} on "
    "{day_en}: {call_en}, {what_en}, {where}.",
)
_PAUSED = Text(
    vi="Đang tạm ngừng đến {time}: {call_vi}.",
    en="Out of service until {time}: {call_en}.",
)
