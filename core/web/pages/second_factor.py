"""The second step of signing in: giving a code, or setting up the app that makes them."""

from __future__ import annotations

from typing import Any

import segno
from litestar import Request, Response
from litestar.datastructures import State
from litestar.response import Redirect
from markupsafe import Markup

from core.identity.errors import CODE_REFUSED
from core.identity.repository import login_of
from core.identity.second_factor import begin_enrolment, has_factor
from core.kit.language import Text
from core.web.actions.second_factor import account_of, complete_enrolment, complete_sign_in
from core.web.cookies import sign_in_cookie
from core.web.fields import FieldView, summary
from core.web.rendering import page
from core.web.routing import reading, writing
from core.web.work import Work, sent_form

Asked = Request[Any, Any, State]
CODE_LABEL = Text(vi="Mã xác thực", en="Code")


@reading("/sign-in/code", permission=None, half_signed_in=True)
def code_page(work: Work) -> Response[Any]:
    """Where the code is entered; whoever has no app yet is led to setting it up."""
    if not has_factor(work.session, account_of(work)):
        return Redirect("/sign-in/enrol")
    return _code_page(work)


@writing("/sign-in/code", permission=None, half_signed_in=True)
def give_code(work: Work, request: Asked) -> Response[Any]:
    """Complete the sign-in by a code; the browser gets a new token."""
    token = complete_sign_in(work, str(sent_form(request).get("code", "")))
    if token is None:
        return _code_page(work, error=work.tell(CODE_REFUSED))
    cookie = sign_in_cookie(work.platform.settings, token)
    return Redirect("/", status_code=303, cookies=[cookie])


@reading("/sign-in/enrol", permission=None, half_signed_in=True, writes=True)
def enrolment_page(work: Work) -> Response[Any]:
    """The secret as a picture and as letters, once for each app."""
    if has_factor(work.session, account_of(work)):
        return Redirect("/account/second-factor")
    return _enrolment_page(work)


@writing("/sign-in/enrol", permission=None, half_signed_in=True)
def enrol(work: Work, request: Asked) -> Response[Any]:
    """Take the app by its first code, and show the recovery codes this once."""
    if has_factor(work.session, account_of(work)):
        return Redirect("/account/second-factor", status_code=303)
    done = complete_enrolment(work, str(sent_form(request).get("code", "")))
    if done is None:
        return _enrolment_page(work, error=work.tell(CODE_REFUSED))
    return recovery_codes_page(work, *done)


def recovery_codes_page(work: Work, token: str, codes: tuple[str, ...]) -> Response[Any]:
    """The recovery codes, shown once, with the new token in the answer."""
    answer = page(work, "recovery_codes.html", path="/account/second-factor", codes=codes)
    answer.set_cookie(sign_in_cookie(work.platform.settings, token))
    return answer


def code_field(work: Work, error: str | None = None, *, recovery: bool = True) -> FieldView:
    """The box for a code of the app or, where it may, a recovery code."""
    either = Text(
        vi="Sáu chữ số trong ứng dụng xác thực, hoặc một mã khôi phục chưa dùng.",
        en="The six digits in the authenticator app, or an unused recovery code.",
    )
    app = Text(vi="Sáu chữ số mà ứng dụng đang hiện.", en="The six digits that the app shows now.")
    return FieldView(
        name="code",
        label=work.tell(CODE_LABEL),
        help=work.tell(either if recovery else app),
        error=error,
        autocomplete="one-time-code",
    )


def _code_page(work: Work, error: str | None = None) -> Response[str]:
    field = code_field(work, error)
    return page(
        work,
        "sign_in_code.html",
        path="/sign-in/code",
        status=401 if error else 200,
        field=field,
        errors=summary([field]),
    )


def _enrolment_page(work: Work, error: str | None = None) -> Response[str]:
    account = account_of(work)
    enrolment = begin_enrolment(
        work.session, account, login_of(work.session, account), now=work.now
    )
    field = code_field(work, error, recovery=False)
    secret = enrolment.secret
    return page(
        work,
        "sign_in_enrol.html",
        path="/sign-in/enrol",
        status=401 if error else 200,
        field=field,
        errors=summary([field]),
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        picture=_picture(enrolment.address, work.tell(_PICTURE)),
    )


_PICTURE = Text(
    vi="Mã QR để quét bằng ứng dụng xác thực", en="QR code to scan with the authenticator app"
)


def _picture(address: str, title: str) -> Markup:
    """The address as an SVG of two colours, made by the library from nothing but its letters."""
    svg = segno.make(address, error="m").svg_inline(scale=4, border=4, light="#fff", title=title)
    return Markup(svg)  # noqa: S704  the library escapes the title


handlers = [code_page, give_code, enrolment_page, enrol]
