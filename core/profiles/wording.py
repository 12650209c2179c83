"""The lines in which an operator reads what applying a declaration would change."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.kit.language import Text
from core.profiles.models import (
    Agency,
    BudgetMinimum,
    PlannedActivity,
    ProfileSetting,
    ProfileUnit,
    ReportingObligation,
    RoleNarrowing,
    Target,
    TenantProfile,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_KINDS: Mapping[type, tuple[str, Text]] = {
    TenantProfile: ("profile", Text("hồ sơ cấu hình", "profile")),
    ProfileUnit: ("district", Text("đơn vị cấp huyện", "district")),
    Agency: ("agency", Text("cơ quan", "agency")),
    Target: ("target", Text("chỉ tiêu", "target")),
    PlannedActivity: ("activity", Text("hoạt động kế hoạch", "planned activity")),
    ReportingObligation: ("obligation", Text("chế độ báo cáo", "reporting obligation")),
    BudgetMinimum: ("minimum", Text("mức kinh phí tối thiểu", "budget minimum")),
    ProfileSetting: ("setting", Text("thiết lập", "setting")),
    RoleNarrowing: ("role", Text("thu hẹp vai trò", "narrowing of role")),
}
_ACTIONS: Mapping[str, Text] = {
    "add": Text("thêm {kind} {code}: {detail}", "add {kind} {code}: {detail}"),
    "change": Text("sửa {kind} {code}: {detail}", "change {kind} {code}: {detail}"),
    "restore": Text("khôi phục {kind} {code}: {detail}", "restore {kind} {code}: {detail}"),
    "end": Text("kết thúc {kind} {code}: {detail}", "end {kind} {code}: {detail}"),
}
_PROGRAMME: Mapping[str, Text] = {
    "on": Text("bật chương trình {key}", "switch programme {key} on"),
    "off": Text(
        "tắt chương trình {key}; dữ liệu được giữ lại", "switch programme {key} off; data is kept"
    ),
    "wait": Text(
        "chương trình {key} được khai báo bật nhưng phần mềm chưa được cài đặt",
        "programme {key} is declared on but its plugin is not installed",
    ),
}
_NOT_STATED = "?"


def kind_of(model: type, action: str, code: str, detail: str) -> tuple[str, Text]:
    """The machine name of a kind, and the line for one change of it."""
    name, kind = _KINDS[model]
    line = _ACTIONS[action]
    return name, Text(
        vi=line.vi.format(kind=kind.vi, code=code, detail=detail),
        en=line.en.format(kind=kind.en, code=code, detail=detail),
    )


def programme_line(action: str, key: str) -> Text:
    """The line for a programme."""
    return _PROGRAMME[action].fill(key=key)


def describe(model: type, values: Mapping[str, Any]) -> str:
    """A row in a few words; ``?`` is what the document does not state."""
    if model is Target:
        shown = dict(values) | {"value": _shown(values["value"])}
        return "{indicator} {operator} {value} {unit} ({year})".format_map(shown)
    if model is PlannedActivity:
        quantified = values["kind"] == "quantified"
        amount = f"{_shown(values['quantity'])} {values['unit']}, " if quantified else ""
        return f"{amount}{values['title_vi']}"
    if model is RoleNarrowing:
        return _taken(values)
    if model is BudgetMinimum:
        return f"{values['amount_vnd']} VND"
    return _shown(values["value"]) if model is ProfileSetting else str(values["name_vi"])


def _taken(values: Mapping[str, Any]) -> str:
    """What is taken away from a role, the rights first."""
    most = [f"{schema} ≤ {data_class}" for schema, data_class in values["classes"].items()]
    return ", ".join([*(f"- {permission}" for permission in values["without"]), *most])


def told(row: Any, changed: Mapping[str, Any]) -> str:
    """The fields that change, each with before and after."""
    return ", ".join(
        f"{name} {_shown(getattr(row, name))} → {_shown(value)}" for name, value in changed.items()
    )


def _shown(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return _NOT_STATED if value is None else str(value)
