"""The accounts of the tenant, for its administrator: inviting, roles, links, disabling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from litestar import Request, Response
from litestar.datastructures import State
from litestar.response import Redirect

from core.areas.repository import area_names
from core.identity import administration
from core.identity.administration import MANAGE
from core.identity.errors import FieldFaultError
from core.identity.links import LIFE
from core.identity.models import Purpose
from core.identity.repository import account_view, accounts
from core.identity.roles import BY_CODE
from core.kit.clock import local_date
from core.kit.language import Text
from core.kit.numbers import format_date
from core.web.actions.accounts import areas_to_choose, grantable, role_sent
from core.web.actions.leaving import open_work
from core.web.fields import FieldView, summary
from core.web.pages.paging import PAGE_SIZE, next_url
from core.web.rendering import page
from core.web.routing import reading, writing
from core.web.work import Work, sent_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.identity.repository import AccountView, Grant

Asked = Request[Any, Any, State]
PATH = "/accounts"


@reading("/accounts", permission=MANAGE)
def accounts_page(work: Work, after: UUID | None = None) -> Response[str]:
    """All accounts of the tenant by login, with their roles and state."""
    found = accounts(work.session, after=after, limit=PAGE_SIZE)
    names = _area_names(work, found)
    rows = [
        [
            {"href": f"{PATH}/{each.account_id}", "text": each.login},
            each.display_name,
            "; ".join(_grant(work, grant, names) for grant in each.grants),
            _state(work, each),
        ]
        for each in found
    ]
    more = next_url(PATH, found[-1].account_id) if len(found) == PAGE_SIZE else None
    return page(work, "accounts.html", path=PATH, rows=rows, next_url=more)


@reading("/accounts/new", permission=MANAGE)
def new_account_page(work: Work) -> Response[str]:
    """Where a person is invited."""
    return _new_page(work, {})


@writing("/accounts/new", permission=MANAGE)
def invite(work: Work, request: Asked) -> Response[Any]:
    """Make the account, and show the link of the invitation this once."""
    form = sent_form(request)
    try:
        account_id, token = administration.invite(
            work.session,
            login=str(form.get("login", "")),
            display_name=str(form.get("display_name", "")),
            given=role_sent(form),
            allowed=grantable(work.platform, work.session, work.tenant),
            by=work.principal,
            now=work.now,
        )
    except FieldFaultError as fault:
        return _new_page(work, form, fault)
    return _link_page(work, request, account_id, Purpose.INVITATION, token)


@reading("/accounts/{account_id:uuid}", permission=MANAGE)
def one_account(work: Work, account_id: UUID) -> Response[str]:
    """One account: its roles, and what can be done with it."""
    return _one_page(work, account_id, {})


@writing("/accounts/{account_id:uuid}/roles", permission=MANAGE)
def grant(work: Work, account_id: UUID, request: Asked) -> Response[Any]:
    """Give one more role; the sign-ins of the account end."""
    form = sent_form(request)
    try:
        administration.grant_role(
            work.session,
            account_id,
            role_sent(form),
            allowed=grantable(work.platform, work.session, work.tenant),
            by=work.principal,
            now=work.now,
        )
    except FieldFaultError as fault:
        return _one_page(work, account_id, form, fault)
    return _back_to(account_id)


@writing("/accounts/{account_id:uuid}/roles/{grant_id:uuid}/revoke", permission=MANAGE)
def revoke(work: Work, account_id: UUID, grant_id: UUID) -> Response[Any]:
    """Take a role away; the sign-ins of the account end."""
    administration.revoke_role(work.session, account_id, grant_id, by=work.principal)
    return _back_to(account_id)


@writing("/accounts/{account_id:uuid}/link", permission=MANAGE)
def link(work: Work, account_id: UUID, request: Asked) -> Response[Any]:
    """A link to set a new password, shown this once; perhaps the lost app is removed too."""
    purpose, token = administration.link_for(
        work.session,
        account_id,
        without_factor=sent_form(request).get("factor") == "remove",
        by=work.principal,
        now=work.now,
    )
    return _link_page(work, request, account_id, purpose, token)


@writing("/accounts/{account_id:uuid}/disable", permission=MANAGE)
def disable(work: Work, account_id: UUID, request: Asked) -> Response[Any]:
    """Disable it: whoever is signed in with it is out."""
    form = sent_form(request)
    try:
        administration.disable_account(
            work.session,
            account_id,
            str(form.get("reason", "")),
            by=work.principal,
            now=work.now,
        )
    except FieldFaultError as fault:
        return _one_page(work, account_id, form, fault)
    return _back_to(account_id)


@writing("/accounts/{account_id:uuid}/enable", permission=MANAGE)
def enable(work: Work, account_id: UUID) -> Response[Any]:
    """Let it sign in again, by a new link."""
    administration.enable_account(work.session, account_id, by=work.principal)
    return _back_to(account_id)


def _back_to(account_id: UUID) -> Response[Any]:
    return Redirect(f"{PATH}/{account_id}", status_code=303)


def _new_page(work: Work, form: Any, fault: FieldFaultError | None = None) -> Response[str]:
    fields = [
        FieldView(
            name="login",
            label=work.tell(Text(vi="Tên đăng nhập", en="User name")),
            help=work.tell(
                Text(
                    vi="Chữ không dấu, số, dấu chấm, gạch nối, gạch dưới; ví dụ: nv.xa_01",
                    en="Plain letters, digits, dot, dash, underscore; for example: nv.xa_01",
                )
            ),
            value=str(form.get("login", "")),
            error=_error(work, fault, "login"),
        ),
        FieldView(
            name="display_name",
            label=work.tell(Text(vi="Họ và tên", en="Full name")),
            value=str(form.get("display_name", "")),
            error=_error(work, fault, "display_name"),
            width=None,
        ),
        *_role_fields(work, form, fault),
    ]
    return page(
        work,
        "account_new.html",
        path=PATH,
        status=422 if fault else 200,
        fields=fields,
        errors=summary(fields),
    )


def _one_page(
    work: Work,
    account_id: UUID,
    form: Any,
    fault: FieldFaultError | None = None,
) -> Response[str]:
    view = account_view(work.session, account_id)
    names = _area_names(work, [view])
    reason = FieldView(
        name="reason",
        kind="textarea",
        label=work.tell(Text(vi="Lý do", en="Reason")),
        value=str(form.get("reason", "")),
        error=_error(work, fault, "reason"),
    )
    fields = _role_fields(work, form, fault)
    return page(
        work,
        "account.html",
        path=PATH,
        status=422 if fault else 200,
        view=view,
        own=account_id == work.principal.account_id,
        state=_state(work, view),
        grants=[(each.grant_id, _grant(work, each, names)) for each in view.grants],
        fields=fields,
        reason=reason,
        errors=summary([*fields, reason]),
        open_work=None if view.is_active else _open_work(work, account_id),
    )


def _open_work(work: Work, account_id: UUID) -> list[dict[str, str | None]]:
    return [
        {"title": work.tell(each.what), "href": each.href} for each in open_work(work, account_id)
    ]


def _link_page(
    work: Work, request: Asked, account_id: UUID, purpose: Purpose, token: str
) -> Response[str]:
    """The address to hand over; it stands on this one page and is kept nowhere."""
    scheme = "https" if work.platform.settings.secure_cookies else request.url.scheme
    return page(
        work,
        "account_link.html",
        path=PATH,
        view=account_view(work.session, account_id),
        address=f"{scheme}://{request.url.netloc}/links/{purpose}/{token}",
        hours=int(LIFE[purpose].total_seconds() // 3600),
    )


def _role_fields(work: Work, form: Any, fault: FieldFaultError | None) -> list[FieldView]:
    allowed = grantable(work.platform, work.session, work.tenant)
    fields = [
        FieldView(
            name="role",
            kind="choice",
            label=work.tell(Text(vi="Vai trò", en="Role")),
            value=str(form.get("role", "")),
            error=_error(work, fault, "role"),
            options=tuple((role.code, work.tell(role.name)) for role in allowed.roles()),
        )
    ]
    areas = areas_to_choose(work, allowed)
    if areas:
        fields.append(
            FieldView(
                name="area",
                kind="choice",
                label=work.tell(Text(vi="Địa bàn", en="Area")),
                help=work.tell(
                    Text(
                        vi="Chọn xã hoặc huyện cho vai trò cấp xã, cấp huyện; để trống cho vai "
                        "trò cấp tỉnh.",
                        en="Choose a commune or district for roles of that level; leave it empty "
                        "for roles of the province.",
                    )
                ),
                value=str(form.get("area", "")),
                error=_error(work, fault, "area"),
                required=False,
                options=tuple(areas),
            )
        )
    if not allowed.ministry:
        fields.append(_programmes_field(work, form, fault))
    return fields


def _programmes_field(work: Work, form: Any, fault: FieldFaultError | None) -> FieldView:
    chosen = form.getall("programmes", []) if hasattr(form, "getall") else []
    return FieldView(
        name="programmes",
        kind="choices",
        label=work.tell(Text(vi="Chỉ trong chương trình", en="In these programmes alone")),
        help=work.tell(
            Text(vi="Không chọn nghĩa là mọi chương trình.", en="None chosen means all of them.")
        ),
        value=[str(each) for each in chosen],
        error=_error(work, fault, "programmes"),
        required=False,
        options=tuple((info.key, work.tell(info.name)) for info in work.platform.registry.plugins),
    )


def _error(work: Work, fault: FieldFaultError | None, field: str) -> str | None:
    return work.tell(fault.message) if fault is not None and fault.field == field else None


def _area_names(work: Work, views: Sequence[AccountView]) -> dict[int, str]:
    ids = {each.area_id for view in views for each in view.grants if each.area_id is not None}
    return area_names(work.session, ids)


def _grant(work: Work, given: Grant, names: dict[int, str]) -> str:
    """A role as people read it, with what bounds it."""
    role = BY_CODE.get(given.role)
    said = given.role if role is None else work.tell(role.name)
    if given.area_id is not None:
        said += f" – {names.get(given.area_id, '')}"
    if given.programmes is not None:
        known = {info.key: work.tell(info.name) for info in work.platform.registry.plugins}
        said += f" ({', '.join(known.get(key, key) for key in given.programmes)})"
    return said


def _state(work: Work, view: AccountView) -> str:
    if view.disabled_at is not None:
        on = format_date(local_date(view.disabled_at), work.language)
        return work.tell(Text(vi=f"Đã khóa từ {on}", en=f"Disabled since {on}"))
    if not view.has_password:
        return work.tell(Text(vi="Chờ đặt mật khẩu", en="Waits for a password"))
    if not view.has_factor:
        return work.tell(Text(vi="Chưa có ứng dụng xác thực", en="No authenticator app yet"))
    return work.tell(Text(vi="Đang dùng", en="In use"))


handlers = [
    accounts_page,
    new_account_page,
    invite,
    one_account,
    grant,
    revoke,
    link,
    disable,
    enable,
]
