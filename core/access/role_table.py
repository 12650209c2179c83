"""The role table of the running program as a document: roles, fields and routes.

Written for whoever answers for the protection of the data: Vietnamese first, every word of it
taken from what the program itself decides by.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from core.db.base import DataClass
from core.identity.roles import ROLES
from core.kit.language import Text
from core.registry.catalogue import CORE
from core.tenancy.bounds import scoped_classes
from core.tenancy.models import AreaScoped, Confidential, ThroughItsDoor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from core.identity.roles import Role
    from core.plugin_api.forms import Form
    from core.plugin_api.values import RoleRights
    from core.registry.service import Registry

RIGHTS: Final = {
    "core.account.manage": Text("Quản lý tài khoản và quyền", "Manage accounts and rights"),
    "core.agreement.manage": Text("Ký, chấm dứt thỏa thuận đối tác", "Manage partners' agreements"),
    "core.audit.read": Text("Đọc nhật ký truy cập", "Read the audit log"),
    "core.emergency.open": Text("Mở hồ sơ khẩn cấp, có lý do", "Open a file out of duty"),
    "core.emergency.review": Text("Xét việc mở khẩn cấp", "Review files opened out of duty"),
    "core.enrolment.manage": Text("Ghi trẻ tham gia dự án đối tác", "Enrol children of a project"),
    "core.export": Text("Xuất danh sách ra tệp", "Take lists away as files"),
    "core.figures.read": Text("Xem số liệu tổng hợp", "Read figures"),
    "core.handover.oversee": Text(
        "Được báo việc chưa có chương trình tiếp nhận", "Be told of what no programme takes up"
    ),
    "core.national.read": Text("Xem tổng hợp toàn quốc", "Read the national sum"),
    "core.programme.switch": Text("Bật, tắt chương trình", "Switch programmes"),
    "core.report.build": Text("Lập báo cáo", "Build reports"),
    "core.report.calendar": Text("Lịch báo cáo, báo cáo đột xuất", "Calendar and ad hoc reports"),
    "core.report.confirm": Text("Xác nhận số liệu của đơn vị", "Confirm a unit's figures"),
    "core.report.release": Text("Duyệt và gửi báo cáo", "Approve and send reports"),
}
CLASSES: Final = {
    DataClass.PUBLIC: Text("công khai", "public"),
    DataClass.INTERNAL: Text("nội bộ", "internal"),
    DataClass.PERSONAL: Text("cá nhân", "personal"),
    DataClass.SENSITIVE: Text("nhạy cảm", "sensitive"),
    DataClass.RESTRICTED: Text("hạn chế", "restricted"),
}
_WIDEST: Final = {
    "hamlet": Text("địa bàn được giao", "the area given"),
    "commune": Text("xã được giao", "the commune given"),
    "district": Text("huyện được giao", "the district given"),
    "province": Text("toàn tỉnh", "the province"),
    "ministry": Text("số liệu tỉnh đã gửi", "what provinces released"),
    "partner": Text("trẻ em có trong thỏa thuận", "children enrolled under an agreement"),
}
_NOBODY = Text(
    vi="Chưa có quyền nào: chương trình chưa có dữ liệu mà vai trò này cần.",
    en="No right yet: the program holds nothing that this role needs.",
)
_HEAD = """\
# Ai được xem và làm gì · Who may see and do what

Bảng này do chương trình tự lập bằng lệnh `annhi access table`; không sửa bằng tay.
Một tỉnh chỉ có thể rút bớt quyền (`[roles]` trong `tenant.toml`), không thể cho thêm.

*Written by the running program with `annhi access table`; not edited by hand.
A province may take away, never add. What the table should say is written by hand, with its
sources, in `tests/access/role_table.toml`, and the program is tested against it.*
"""
_FIELDS = """\
## Trường thông tin · Fields

Trường có lớp cao hơn lớp của vai trò thì không được đọc khỏi cơ sở dữ liệu: không hiện, không tìm,
không sắp xếp, không lọc, không xuất. *A field above the class of a role is not selected at all:
not shown, found, sorted, filtered or exported.*
"""
_ROUTES = """\
## Trang và API · Pages and API

| Địa chỉ · Route | Quyền · Right |
| --- | --- |"""


def role_table(registry: Registry, routes: Iterable[tuple[str, str]]) -> str:
    """The whole document as Markdown; ``routes`` are names with the right each asks for."""
    lines = [_HEAD, "## Vai trò · Roles", ""]
    for role in ROLES:
        lines += [*_role(registry, role), ""]
    lines += [_FIELDS, *_fields(registry), _ROUTES]
    lines += [f"| `{name}` | {_route_right(right)} |" for name, right in routes]
    return "\n".join(lines) + "\n"


def _role(registry: Registry, role: Role) -> Iterator[str]:
    yield f"### {role.name.vi} ({role.name.en}, `{role.code}`)"
    yield ""
    given = registry.catalogue.rights(role.code)
    if not any(rights.permissions for _, rights in given):
        yield _both(_NOBODY)
        return
    yield "| Sổ, chương trình | Quyền | Hồ sơ | Lớp cao nhất | Trường ẩn |"
    yield "| --- | --- | --- | --- | --- |"
    for owner, rights in given:
        cells = (
            _owner(registry, owner),
            "; ".join(_right(registry, one) for one in sorted(rights.permissions)),
            _rows(registry, role, owner, rights),
            _class(rights.reads),
            ", ".join(f"`{name}`" for name in sorted(rights.hides)) or "–",
        )
        yield f"| {' | '.join(cells)} |"


def _rows(registry: Registry, role: Role, owner: str, rights: RoleRights) -> str:
    """Which records of an owner the role reads."""
    seen = [form for form in _forms(registry, owner) if form.sees in rights.permissions]
    if not seen:
        return "không · none"
    where = _WIDEST[role.level]
    found = []
    for form in seen:
        key = form.model.confidential_key if issubclass(form.model, Confidential) else None
        if key is None:
            found.append(where)
        elif key in rights.confidential:
            vi, en = f"mọi hồ sơ mật, {where.vi}", f"all confidential, {where.en}"
            found.append(Text(vi, en))
        elif key in rights.assigned:
            found.append(Text("hồ sơ mật được phân công", "confidential, those assigned"))
    return "; ".join(dict.fromkeys(_both(text) for text in found)) or "không · none"


def _fields(registry: Registry) -> Iterator[str]:
    titles = {_table(form.model): form.title for form in registry.catalogue.forms.values()}
    for cls in sorted(record_classes(registry), key=_table):
        name = _table(cls)
        title = f" · {titles[name].vi}" if name in titles else ""
        yield f"### `{name}`{title}"
        yield ""
        yield "| Lớp · Class | Trường · Field | Mục đích · Purpose |"
        yield "| --- | --- | --- |"
        columns = sorted(cls.__table__.columns, key=lambda c: c.info["data_class"].rank)
        for data_class, listed in groupby(columns, key=lambda c: c.info["data_class"]):
            for column in listed:
                purpose = str(column.info["purpose"]).replace("|", "/")
                yield f"| {_class(data_class)} | `{column.name}` | {purpose} |"
        yield ""


def record_classes(registry: Registry) -> tuple[type[Any], ...]:
    """The classes of core and the installed plugins whose rows are records of people."""
    schemas = {contribution.owner for contribution in registry.catalogue.contributions}
    return tuple(
        cls
        for cls in scoped_classes()
        if cls.__table__.schema in schemas
        and issubclass(cls, AreaScoped | Confidential)
        and not issubclass(cls, ThroughItsDoor)
    )


def _right(registry: Registry, permission: str) -> str:
    """A right by what it opens; one that nobody named by its code."""
    for form in registry.catalogue.forms.values():
        if permission == form.sees:
            return f"Xem «{form.title.vi}» (`{permission}`)"
        if permission == form.enters:
            return f"Ghi «{form.title.vi}» (`{permission}`)"
    named = RIGHTS.get(permission)
    return f"`{permission}`" if named is None else f"{named.vi} (`{permission}`)"


_WORDS: Final = {
    "open": Text("không cần đăng nhập", "without sign-in"),
    "signed in": Text("mọi người đã đăng nhập", "anybody signed in"),
    "of the form": Text("quyền của biểu mẫu", "the right of the form"),
    "of the programme": Text("quyền của chương trình", "the right of the programme's route"),
}


def _route_right(right: str) -> str:
    return _both(_WORDS[right]) if right in _WORDS else f"`{right}`"


def _owner(registry: Registry, owner: str) -> str:
    if owner == CORE:
        return "Sổ và hệ thống · Register and system"
    return next(_both(info.name) for info in registry.plugins if info.key == owner)


def _forms(registry: Registry, owner: str) -> Sequence[Form]:
    catalogue = registry.catalogue
    return [form for form in catalogue.forms.values() if catalogue.owner_of[form.code] == owner]


def _class(data_class: DataClass) -> str:
    return _both(CLASSES[data_class])


def _both(text: Text) -> str:
    return f"{text.vi} · {text.en}"


def _table(model: Any) -> str:
    return str(model.__table__.fullname)
