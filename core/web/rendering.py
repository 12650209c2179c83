"""Pages from templates: the frame's variables, the formatters, the address of static files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response
from litestar.enums import MediaType

from core.identity.models import Stage
from core.identity.roles import BY_CODE
from core.kit.ids import new_id
from core.kit.numbers import format_date, format_number

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from core.kit.language import Language, Text
    from core.web.work import Work

WEB = Path(__file__).parent
STATIC = WEB / "static"


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the main navigation."""

    href: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Flash:
    """A notice at the top of the page."""

    text: str
    kind: str = "info"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads, as the frame shows it."""

    display_name: str
    role_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TenantName:
    """The tenant, as the frame shows it."""

    name: str


def page(
    work: Work,
    template: str,
    *,
    path: str,
    status: int = 200,
    flash: Flash | None = None,
    **values: Any,
) -> Response[str]:
    """A page for somebody signed in; rendered here, in the worker thread, never stored."""
    frame = _frame(work.language, path) | {
        "tenant": TenantName(work.tenant.name_vi if work.language == "vi" else work.tenant.name_en),
        "viewer": _viewer(work),
        "may": work.principal.may,
        "nav": navigation(work, path) if work.stage is Stage.FULL else (),
        "csrf_token": work.csrf_token,
        "flash": flash,
        "generated_data": work.platform.settings.generated_data,
        "viewing_as": work.viewing_as,
        "demonstration": work.platform.settings.waives_second_factor,
        "new_key": lambda: str(new_id()),
    }
    html = templates().get_template(template).render(frame | values)
    return _html(html, status)


def open_page(
    language: Language, template: str, *, path: str, status: int = 200, **values: Any
) -> Response[str]:
    """A page for anybody: signing in, and errors before it."""
    frame = _frame(language, path) | {
        "tenant": None,
        "viewer": None,
        "nav": (),
        "csrf_token": "",
        "flash": None,
        "generated_data": False,
        "viewing_as": None,
        "demonstration": False,
    }
    return _html(templates().get_template(template).render(frame | values), status)


def navigation(work: Work, path: str) -> tuple[NavItem, ...]:
    """The entries that this person may use; what may not be used is not shown."""
    may = work.principal.may
    t = _translator(work.language)
    entries = (
        (True, "/", t("Trang chủ", "Home")),
        (may("core.child.read"), "/children", t("Sổ trẻ em", "Children")),
        (may("core.household.read"), "/records/core/household", t("Hộ gia đình", "Households")),
        (may("core.case.read"), "/tasks", t("Việc cần làm", "Tasks")),
        (may("core.case.read"), "/cases", t("Hồ sơ trường hợp", "Cases")),
        (
            may("core.case.file") and not may("core.case.read"),
            "/cases/new",
            t("Tiếp nhận thông tin", "Receive information"),
        ),
        (may("core.referral.receive"), "/referrals", t("Chuyển gửi đến tôi", "Referrals to me")),
        (_is_told(work), "/alerts", t("Cảnh báo", "Alerts")),
        (may("core.network.read"), "/attention", t("Cần chú ý", "Needs attention")),
        (may("core.money.read"), "/money", t("Kinh phí", "Money")),
        (may("core.incident.read"), "/incidents", t("Vụ việc đột xuất", "Urgent incidents")),
        (may("core.case.assign"), "/handover", t("Bàn giao hồ sơ", "Handing over")),
        (bool(_forms(work)), "/forms", t("Biểu mẫu", "Forms")),
        (may("core.figures.read"), "/figures", t("Số liệu", "Figures")),
        (may("core.figures.read"), "/reporting", t("Lịch báo cáo", "Calendar")),
        (may("core.report.build"), "/reports", t("Báo cáo", "Reports")),
        (may("core.programme.switch"), "/programmes", t("Chương trình", "Programmes")),
        (may("core.account.manage"), "/accounts", t("Tài khoản", "Accounts")),
        (may("core.national.read"), "/national", t("Toàn quốc", "National")),
        (may("core.enrolment.manage"), "/agreements", t("Đối tác", "Partners")),
        (may("core.account.manage"), "/access/why", t("Phân quyền", "Access")),
        (may("core.emergency.review"), "/access/emergencies", t("Mở khẩn cấp", "Out of duty")),
        (may("core.audit.read"), "/audit", t("Nhật ký truy cập", "Access log")),
    )
    return tuple(
        NavItem(href, label, path == href or (href != "/" and path.startswith(f"{href}/")))
        for allowed, href, label in entries
        if allowed
    )


def _forms(work: Work) -> list[str]:
    forms = work.programmes.catalogue.forms.values()
    return [form.code for form in forms if work.principal.may(form.enters)]


def _is_told(work: Work) -> bool:
    """Whether there is any alert that this person is meant to act on."""
    alerts = work.programmes.catalogue.alerts.values()
    return any(work.principal.may(right) for alert in alerts for right in alert.acts)


@lru_cache(maxsize=1)
def templates() -> Environment:
    """The environment: escaping on, undefined names are faults."""
    environment = Environment(
        loader=FileSystemLoader(WEB / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["static"] = static_url
    return environment


@lru_cache(maxsize=64)
def static_url(name: str) -> str:
    """The address of a static file, with a mark of its content so that it may be kept for long."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


def _frame(language: Language, path: str) -> dict[str, Any]:
    def number(value: Any, decimals: int | None = None) -> str:
        return format_number(value, decimals, language)

    def day(value: date) -> str:
        return format_date(value, language)

    def tell(text: Text) -> str:
        return text.read(language)

    return {
        "t": _translator(language),
        "tell": tell,
        "lang": language,
        "path": path,
        "number": number,
        "date": day,
    }


def _translator(language: Language) -> Callable[[str, str], str]:
    return lambda vi, en: vi if language == "vi" else en


def _viewer(work: Work) -> Viewer:
    names = (BY_CODE[code].name for code in work.principal.roles if code in BY_CODE)
    return Viewer(work.principal.display_name, tuple(work.tell(name) for name in names))


def _html(html: str, status: int) -> Response[str]:
    return Response(
        html,
        status_code=status,
        media_type=MediaType.HTML,
        headers={"Cache-Control": "no-store"},
    )
