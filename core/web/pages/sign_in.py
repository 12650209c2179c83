"""Signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from litestar import Request, Response
from litestar.datastructures import State
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect

from core.identity import service as identity
from core.identity.errors import sign_in_refused
from core.identity.models import Stage
from core.web.actions.providers import provider_buttons
from core.web.actions.sign_in import attempt_of
from core.web.actions.sign_in import sign_in as open_by_password
from core.web.cookies import browser_cookie, sign_in_cookie
from core.web.rendering import open_page
from core.web.routing import open_reading, open_writing
from core.web.work import cookie_name, language_of, token_of

if TYPE_CHECKING:
    from core.kit.language import Language
    from core.platform import Platform

FormBody = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Asked = Request[Any, Any, State]


@open_reading("/sign-in")
def sign_in_page(request: Asked) -> Response[str]:
    """The sign-in page; ``tenant`` in the address chooses one beforehand."""
    return sign_in_form(
        request, language_of(request), chosen=request.query_params.get("tenant", "")
    )


@open_writing("/sign-in")
def sign_in(request: Asked, data: FormBody) -> Response[Any]:
    """Sign in; a wrong name or password leads back to the page, the typed name kept."""
    platform: Platform = request.app.state.platform
    attempt = attempt_of(
        request,
        tenant=data.get("tenant", ""),
        login=data.get("login", ""),
        password=data.get("password", ""),
    )
    opened = open_by_password(platform, attempt)
    if opened is None:
        sentence = sign_in_refused().message.read(language_of(request))
        return sign_in_form(
            request,
            language_of(request),
            status=401,
            error=sentence,
            login=data.get("login", ""),
            chosen=data.get("tenant", ""),
        )
    _end(platform, token_of(request)[0])
    settings = platform.settings
    return Redirect(
        "/" if opened.stage is Stage.FULL else f"/sign-in/{opened.stage}",
        status_code=303,
        cookies=[sign_in_cookie(settings, opened.token), browser_cookie(settings, opened.mark)],
    )


@open_writing("/sign-out")
def sign_out(request: Asked) -> Response[Any]:
    """End this sign-in; harmless when there is none.

    It asks for no token of the page: ending a sign-in must work from a page that has expired, and
    the check of the origin keeps other sites out.
    """
    platform: Platform = request.app.state.platform
    _end(platform, token_of(request)[0])
    answer: Redirect = Redirect("/sign-in", status_code=303)
    answer.delete_cookie(cookie_name(platform.settings.secure_cookies), path="/")
    return answer


def _end(platform: Platform, token: str | None) -> None:
    """End the sign-in that the browser came with; a planted token is never carried on."""
    tenant_id = identity.tenant_of(token) if token else None
    if token and tenant_id is not None:
        with platform.door.tenant_session(tenant_id) as session:
            identity.sign_out(session, token)


def sign_in_form(
    request: Asked,
    language: Language,
    *,
    status: int = 200,
    error: str | None = None,
    login: str = "",
    chosen: str = "",
) -> Response[str]:
    """The page with what was typed and, for the chosen tenant, a button for each provider."""
    platform: Platform = request.app.state.platform
    tenants = [
        (tenant.slug, tenant.name_vi if language == "vi" else tenant.name_en)
        for tenant in platform.tenants()
    ]
    return open_page(
        language,
        "sign_in.html",
        path="/sign-in",
        status=status,
        tenants=tenants,
        error=error,
        login=login,
        chosen=chosen,
        generated_data=platform.settings.generated_data,
        demonstration=platform.settings.waives_second_factor,
        ways=provider_buttons(platform, chosen, language),
    )


handlers = [sign_in_page, sign_in, sign_out]
