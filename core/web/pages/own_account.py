"""One's own account: open sign-ins, password, authenticator app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from litestar import Request, Response
from litestar.datastructures import State
from litestar.response import Redirect

from core.identity.errors import CODE_REFUSED, FieldFaultError
from core.identity.own_password import change_own_password, current_refused
from core.identity.recovery import codes_left
from core.identity.repository import login_of
from core.identity.second_factor import has_factor
from core.identity.service import end_sign_in, end_sign_ins, open_sign_ins
from core.identity.throttle import PASSWORD, succeeded
from core.kit.clock import VIETNAM_TIME
from core.kit.language import Text
from core.kit.numbers import format_date
from core.web.actions.second_factor import (
    account_of,
    attempt,
    begin_replacement,
    renew_recovery_codes,
)
from core.web.cookies import sign_in_cookie
from core.web.fields import FieldView, summary
from core.web.pages.new_password import new_password_fields, require_repeated
from core.web.pages.second_factor import code_field, recovery_codes_page
from core.web.rendering import page
from core.web.routing import reading, writing
from core.web.work import Work, sent_form

if TYPE_CHECKING:
    from datetime import datetime

Asked = Request[Any, Any, State]
PATH = "/account"


@reading("/account", permission=None)
def account_page(work: Work) -> Response[str]:
    """What the account is, and where each part of it is changed."""
    account = account_of(work)
    return page(
        work,
        "own_account.html",
        path=PATH,
        login=login_of(work.session, account),
        has_factor=has_factor(work.session, account),
        codes_left=codes_left(work.session, account),
    )


@reading("/account/sign-ins", permission=None)
def sign_ins_page(work: Work) -> Response[str]:
    """Every open sign-in of the account."""
    rows = [
        {
            "id": each.sign_in_id,
            "device": each.device or work.tell(_UNKNOWN_DEVICE),
            "began": _moment(work, each.created_at),
            "seen": _moment(work, each.seen_at),
            "this": each.sign_in_id == work.sign_in_id,
        }
        for each in open_sign_ins(work.session, account_of(work), now=work.now)
    ]
    return page(work, "own_sign_ins.html", path=PATH, rows=rows)


@writing("/account/sign-ins/{sign_in_id:uuid}/end", permission=None)
def end_one(work: Work, sign_in_id: UUID) -> Response[Any]:
    """End one of them; one of somebody else is not found."""
    end_sign_in(work.session, account_of(work), sign_in_id)
    return Redirect("/account/sign-ins", status_code=303)


@writing("/account/sign-ins/end-others", permission=None)
def end_others(work: Work) -> Response[Any]:
    """End all but this one."""
    end_sign_ins(work.session, account_of(work), except_for=work.sign_in_id)
    return Redirect("/account/sign-ins", status_code=303)


@reading("/account/password", permission=None)
def password_page(work: Work) -> Response[str]:
    """Where the password is changed."""
    return _password_page(work)


@writing("/account/password", permission=None)
def change_password(work: Work, request: Asked) -> Response[Any]:
    """Change it; every other sign-in ends, and this one gets a new token."""
    form = sent_form(request)
    try:
        require_repeated(form)
        counted = attempt(work, PASSWORD)
        if counted is None:
            raise current_refused()
        token = change_own_password(
            work.session,
            account_of(work),
            work.sign_in_id,
            current=str(form.get("current", "")),
            password=str(form.get("password", "")),
            now=work.now,
        )
    except FieldFaultError as fault:
        return _password_page(work, fault)
    succeeded(work.session, (counted,), now=work.now)
    cookie = sign_in_cookie(work.platform.settings, token)
    return Redirect(PATH, status_code=303, cookies=[cookie])


@reading("/account/second-factor", permission=None)
def factor_page(work: Work) -> Response[Any]:
    """What can be done about the app; whoever has none is led to setting it up."""
    if not has_factor(work.session, account_of(work)):
        return Redirect("/sign-in/enrol")
    return _factor_page(work)


@writing("/account/second-factor/recovery-codes", permission=None)
def new_recovery_codes(work: Work, request: Asked) -> Response[Any]:
    """New recovery codes after a right code, shown once."""
    done = renew_recovery_codes(work, str(sent_form(request).get("code", "")))
    return recovery_codes_page(work, *done) if done else _factor_page(work, refused=True)


@writing("/account/second-factor/replace", permission=None)
def replace_factor(work: Work, request: Asked) -> Response[Any]:
    """Give up the app after a right code, and set up another."""
    token = begin_replacement(work, str(sent_form(request).get("code", "")))
    if token is None:
        return _factor_page(work, refused=True)
    cookie = sign_in_cookie(work.platform.settings, token)
    return Redirect("/sign-in/enrol", status_code=303, cookies=[cookie])


def _password_page(work: Work, fault: FieldFaultError | None = None) -> Response[str]:
    current = FieldView(
        name="current",
        kind="password",
        label=work.tell(Text(vi="Mật khẩu hiện tại", en="Current password")),
        error=work.tell(fault.message) if fault and fault.field == "current" else None,
        autocomplete="current-password",
    )
    fields = [current, *new_password_fields(work.language, fault)]
    return page(
        work,
        "own_password.html",
        path=PATH,
        login=login_of(work.session, account_of(work)),
        status=422 if fault else 200,
        fields=fields,
        errors=summary(fields),
    )


def _factor_page(work: Work, *, refused: bool = False) -> Response[str]:
    field = code_field(work, work.tell(CODE_REFUSED) if refused else None)
    return page(
        work,
        "own_factor.html",
        path=PATH,
        status=401 if refused else 200,
        field=field,
        errors=summary([field]),
        codes_left=codes_left(work.session, account_of(work)),
    )


def _moment(work: Work, moment: datetime) -> str:
    here = moment.astimezone(VIETNAM_TIME)
    return f"{format_date(here.date(), work.language)} {here:%H:%M}"


_UNKNOWN_DEVICE = Text(vi="Thiết bị không rõ", en="Unknown device")

handlers = [
    account_page,
    sign_ins_page,
    end_one,
    end_others,
    password_page,
    change_password,
    factor_page,
    new_recovery_codes,
    replace_factor,
]
