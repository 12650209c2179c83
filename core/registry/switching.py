"""Switching as an officer does it: first see what it touches, then confirm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.kit.language import Text
from core.registry.calls import PluginOutOfServiceError, call_plugin, policy_of
from core.registry.enablement import enabled_keys, history, switch_off, switch_on
from core.registry.health import Health, health
from core.registry.models import Call

if TYPE_CHECKING:
    from datetime import datetime

    from core.identity.principal import Principal
    from core.plugin_api.info import PluginInfo
    from core.registry.service import Registry
    from core.tenancy.session import TenantSession


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One programme: on or off, since when, what it brings, what keeps it locked, what failed."""

    info: PluginInfo
    on: bool
    since: datetime | None
    holds: Text
    locked: Text | None
    health: Health | None


@dataclass(frozen=True, slots=True)
class Switched:
    """What came of a switch; with objections nothing was changed."""

    info: PluginInfo
    changed: bool
    objections: tuple[Text, ...] = ()


class RecordCounter:
    """Counts records by form for ``check_switch_off``; it never says which."""

    def __init__(self, session: TenantSession, registry: Registry) -> None:
        """Keep the session of the switch."""
        self._session = session
        self._registry = registry

    def count(self, form_code: str) -> int:
        """Records entered with a form."""
        return self._session.total(self._registry.catalogue.forms[form_code].model)


def review(session: TenantSession, registry: Registry, now: datetime) -> tuple[Reviewed, ...]:
    """Every installed programme as the officer's page shows it."""
    on = enabled_keys(session, now)
    since = {r.programme: r.valid_from for r in history(session) if r.valid_to is None}
    failed = health(session, policy_of(session).limits)
    return tuple(
        Reviewed(
            info=info,
            on=info.key in on,
            since=since.get(info.key) if info.key in on else None,
            holds=_holds(registry, info.key),
            locked=_lock(registry, info, on),
            health=failed.get(info.key),
        )
        for info in registry.plugins
    )


def switch(
    session: TenantSession,
    registry: Registry,
    key: str,
    *,
    on: bool,
    confirmed: bool,
    principal: Principal,
    now: datetime,
    reason: str | None = None,
) -> Switched:
    """Switch a programme; when records would be sealed, only after confirmation.

    Raises:
        UnknownProgrammeError: no installed plugin has this key.
        SwitchRefusedError: another programme stands in the way.
        RefusedError: the person may not switch programmes.
    """
    principal.require("core.programme.switch")
    info = registry.info(key)
    if on:
        return Switched(info, switch_on(session, registry, key, at=now, by=principal.account_id))
    if not confirmed:
        counter = RecordCounter(session, registry)
        keys = enabled_keys(session, now)
        enabled = registry.enabled(keys)
        try:
            asked = enabled.objections_to_switching_off
            code = f"{key}.check_switch_off"
            objections = call_plugin(session, Call.CHECK, code, asked, key, counter)
        except PluginOutOfServiceError:
            objections = (_NOT_ASKED,)
        if objections and key in keys:
            return Switched(info, changed=False, objections=objections)
    changed = switch_off(session, registry, key, at=now, by=principal.account_id, reason=reason)
    return Switched(info, changed)


def _holds(registry: Registry, key: str) -> Text:
    mine = registry.catalogue.of(frozenset({key})).owner_of
    codes = [code for code, owner in mine.items() if owner == key]
    declared = registry.catalogue
    forms = sum(code in declared.forms for code in codes)
    indicators = sum(code in declared.indicators for code in codes)
    sections = sum(code in declared.report_sections for code in codes)
    return Text(
        vi=f"{forms} biểu mẫu, {indicators} chỉ tiêu thống kê, {sections} mục trong báo cáo",
        en=f"forms: {forms}, indicators: {indicators}, report sections: {sections}",
    )


def _lock(registry: Registry, info: PluginInfo, on: frozenset[str]) -> Text | None:
    if info.key in on:
        users = [other for other in registry.requiring(info.key) if other.key in on]
        if not users:
            return None
        names = Text(
            vi=", ".join(f"«{other.name.vi}»" for other in users),
            en=", ".join(other.name.en for other in users),
        )
        return Text(
            vi=f"Chưa thể tắt: {names.vi} đang cần chương trình này. "
            "Hãy tắt các chương trình đó trước.",
            en=f"Cannot be switched off: {names.en} needs it. Switch that off first.",
        )
    missing = [registry.info(needed) for needed in info.requires if needed not in on]
    if not missing:
        return None
    return Text(
        vi=f"Chưa thể bật: cần bật «{missing[0].name.vi}» trước.",
        en=f"Cannot be switched on: {missing[0].name.en} must be on first.",
    )


_NOT_ASKED = Text(
    vi="Phần kiểm tra của chương trình này tạm thời không dùng được, nên không biết còn hồ sơ nào "
    "đang dở dang. Chỉ tắt nếu bạn chắc chắn.",
    en="This programme's own check is out of service for the moment, so nobody knows what would "
    "be left open. Switch it off only if you are sure.",
)
