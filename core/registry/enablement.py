"""Switching programmes on and off; every switch is a dated record that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import DateTime, bindparam, or_, select

from core.kit.language import Text
from core.registry.errors import SwitchRefusedError
from core.registry.models import ProgrammeEnablement
from core.tenancy.models import TENANT_COLUMN

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Select

    from core.plugin_api.info import PluginInfo
    from core.registry.service import Registry
    from core.tenancy.session import TenantSession


def keys_told() -> Select[str]:
    """The programmes that are on in the tenant that a statement names, at its moment ``at``."""
    record = ProgrammeEnablement
    begun, over = (bindparam("at", type_=DateTime(timezone=True)) for _ in range(2))
    return select(record.programme).where(
        record.tenant_id == bindparam(TENANT_COLUMN),
        record.valid_from <= begun,
        or_(record.valid_to.is_(None), record.valid_to > over),
    )


_KEYS = keys_told()


def enabled_keys(session: TenantSession, at: datetime) -> frozenset[str]:
    """The programmes that are on at a moment, whether or not their plugin is installed."""
    return frozenset(session.rows(_KEYS, at=at).scalars())


def keys_during(session: TenantSession, start: datetime, end: datetime) -> frozenset[str]:
    """The programmes that were on at any time from ``start`` until ``end`` (exclusive)."""
    record = ProgrammeEnablement
    rows = session.scalars(
        select(record.programme).where(
            record.tenant_id == session.tenant_id,
            record.valid_from < end,
            or_(record.valid_to.is_(None), record.valid_to > start),
        )
    )
    return frozenset(rows)


def history(session: TenantSession) -> tuple[ProgrammeEnablement, ...]:
    """Every switch of the tenant, the latest first."""
    record = ProgrammeEnablement
    return tuple(
        session.scalars(
            select(record)
            .where(record.tenant_id == session.tenant_id)
            .order_by(record.valid_from.desc(), record.programme)
        )
    )


def switch_on(
    session: TenantSession, registry: Registry, key: str, *, at: datetime, by: UUID | None = None
) -> bool:
    """Switch a programme on from a moment; ``False`` when it already was.

    Raises:
        UnknownProgrammeError: no installed plugin has this key.
        SwitchRefusedError: a programme it requires is off.
    """
    info = registry.info(key)
    last = _last_switch(session, key)
    if last is not None and last.valid_to is None and last.valid_from <= at:
        return False
    _require_order(info, last, at)
    on = enabled_keys(session, at)
    for needed in info.requires:
        if needed not in on:
            other = registry.info(needed).name
            raise SwitchRefusedError(
                Text(
                    vi=f"Không thể bật «{info.name.vi}»: chương trình này cần «{other.vi}» "
                    "đang được bật trước.",
                    en=f"{info.name.en} cannot be switched on: it needs {other.en}, which is off.",
                )
            )
    session.add(ProgrammeEnablement(programme=key, valid_from=at, switched_on_by=by))
    session.flush()
    return True


def switch_off(  # the reason is kept with the record
    session: TenantSession,
    registry: Registry,
    key: str,
    *,
    at: datetime,
    by: UUID | None = None,
    reason: str | None = None,
) -> bool:
    """Switch a programme off from a moment; ``False`` when it already was. Data stays.

    Raises:
        UnknownProgrammeError: no installed plugin has this key.
        SwitchRefusedError: another programme that is on needs it.
    """
    info = registry.info(key)
    record = _last_switch(session, key)
    if record is None or (record.valid_to is not None and record.valid_to <= at):
        return False
    if record.valid_from >= at or record.valid_to is not None:
        _require_order(info, record, at)
    on = enabled_keys(session, at)
    dependants = [other for other in registry.requiring(key) if other.key in on]
    if dependants:
        names = Text(
            vi=", ".join(f"«{other.name.vi}»" for other in dependants),
            en=", ".join(other.name.en for other in dependants),
        )
        raise SwitchRefusedError(
            Text(
                vi=f"Không thể tắt «{info.name.vi}»: {names.vi} đang bật và cần chương trình này.",
                en=f"{info.name.en} cannot be switched off: {names.en} is on and needs it.",
            )
        )
    record.valid_to = at
    record.switched_off_by = by
    record.reason = reason
    session.flush()
    return True


def _last_switch(session: TenantSession, key: str) -> ProgrammeEnablement | None:
    """The latest record, locked: two officers who switch at once go one after the other."""
    record = ProgrammeEnablement
    return session.scalar(
        select(record)
        .where(record.tenant_id == session.tenant_id, record.programme == key)
        .order_by(record.valid_from.desc())
        .limit(1)
        .with_for_update()
    )


def _require_order(info: PluginInfo, last: ProgrammeEnablement | None, at: datetime) -> None:
    """Switches follow one another in time; none is slipped in before one that stands."""
    if last is None:
        return
    since = last.valid_to or last.valid_from
    if at < since or (last.valid_to is None and at <= since):
        raise SwitchRefusedError(
            Text(
                vi=f"Không thể đổi «{info.name.vi}» tại thời điểm này: đã có lần bật, tắt "
                "sau đó. Hãy chọn thời điểm muộn hơn.",
                en=f"{info.name.en} cannot be switched at that moment: a later switch stands. "
                "Choose a later moment.",
            )
        )
