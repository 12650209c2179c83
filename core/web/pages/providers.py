"""Signing in by an identity provider, and linking one's account to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog
from litestar import Request, Response
from litestar.datastructures import Cookie, State
from litestar.response import Redirect

from core.identity import service as identity
from core.identity.openid.errors import AnswerRefusedError, UnknownIdentityError
from core.identity.openid.links import (
    link,
    links_of,
    note_refused,
    sign_in_proved,
    signed_in_lately,
    unlink,
)
from core.identity.openid.providers import active_providers, providers
from core.identity.openid.visit import LASTS, Visit, begin_visit, resume_visit
from core.kit.clock import local_date
from core.kit.errors import ConflictError, NotFoundError, PlatformError, RefusedError
from core.kit.language import Text
from core.kit.numbers import format_date
from core.kit.outgoing import OutgoingError
from core.web.actions.providers import Way, client_secret, find_way, provider_buttons
from core.web.cookies import sign_in_cookie
from core.web.rendering import open_page, page
from core.web.routing import open_reading, reading, writing
from core.web.work import Work, language_of, token_of

if TYPE_CHECKING:
    from uuid import UUID

    from core.identity.openid.client import OpenIdClient
    from core.identity.openid.id_token import Proved
    from core.platform import Platform

Asked = Request[Any, Any, State]
REFUSALS = (AnswerRefusedError, UnknownIdentityError, OutgoingError, ConflictError)
PATH = "/account/providers"


@dataclass(frozen=True, slots=True)
class ProviderLine:
    """A provider and whether the reader's account is linked to it."""

    key: str
    name: str
    since: str | None


@open_reading("/sign-in/ways")
def ways_page(request: Asked) -> Response[str]:
    """Choose a tenant, then one of its providers; works without any script."""
    platform: Platform = request.app.state.platform
    language = language_of(request)
    chosen = request.query_params.get("tenant", "")
    tenants = [(t.slug, Text(t.name_vi, t.name_en).read(language)) for t in platform.tenants()]
    return open_page(
        language,
        "sign_in_ways.html",
        path="/sign-in/ways",
        tenants=tenants,
        chosen=chosen,
        ways=provider_buttons(platform, chosen, language),
    )


@open_reading("/sign-in/with/{tenant:str}/{provider:str}")
def leave(request: Asked, tenant: str, provider: str) -> Response[Any]:
    """Send the browser to the provider; nothing is stored for it here.

    A link and not a form: browsers hold a form's target to our own site, redirects included.
    """
    platform: Platform = request.app.state.platform
    way = find_way(platform, tenant, provider)
    visit = _begin(platform, way, None)
    try:
        address = _client(request).address(
            way.provider, visit, way.answer(platform.settings.address)
        )
    except (AnswerRefusedError, OutgoingError) as refused:
        return _refused(request, way, refused)
    return Redirect(address, cookies=[_visit_cookie(platform, visit)])


@open_reading("/sign-in/with/{tenant:str}/{provider:str}/answer")
def come_back(request: Asked, tenant: str, provider: str) -> Response[Any]:
    """Judge the provider's answer; sign in, or link the account of who is signed in."""
    platform: Platform = request.app.state.platform
    way = find_way(platform, tenant, provider)
    try:
        answer = _finish(request, way)
    except REFUSALS as refused:
        answer = _refused(request, way, refused)
    answer.set_cookie(_visit_cookie(platform, None))
    return answer


@reading(PATH, permission=None)
def account_providers(work: Work) -> Response[str]:
    """The tenant's providers, and which of them may sign in to one's account."""
    linked = links_of(work.session, _person(work))
    lines = [
        ProviderLine(
            key=provider.key.replace("_", "-"),
            name=work.tell(provider.name),
            since=format_date(local_date(linked[provider.id]), work.language)
            if provider.id in linked
            else None,
        )
        for provider in providers(work.session)
        if provider.is_active or provider.id in linked
    ]
    return page(work, "providers.html", path=PATH, lines=lines)


@writing(PATH + "/{provider:str}", permission=None)
def begin_link(work: Work, provider: str, request: Asked) -> Response[str]:
    """Say where one is about to go; from there, one's identity is linked on coming back."""
    token, _ = token_of(request)
    signed_in = identity.resolve(work.session, token or "", now=work.now)
    if signed_in is None or not signed_in_lately(work.session, signed_in.sign_in_id, now=work.now):
        raise RefusedError(
            Text(
                vi="Bạn đăng nhập đã lâu. Hãy đăng xuất, đăng nhập lại rồi liên kết trong vòng "
                "15 phút.",
                en="You signed in a while ago. Sign out, sign in again and link within 15 minutes.",
            )
        )
    key = provider.replace("-", "_")
    found = [p for p in active_providers(work.session) if p.key == key]
    if not found:
        raise NotFoundError
    way = Way(work.tenant, found[0])
    visit = _begin(work.platform, way, signed_in.account_id)
    answer_at = way.answer(work.platform.settings.address)
    try:
        address = _client(request).address(way.provider, visit, answer_at)
    except (AnswerRefusedError, OutgoingError) as refused:
        return _refused(request, way, refused)
    answer = page(
        work, "provider_leave.html", path=PATH, name=work.tell(way.provider.name), address=address
    )
    answer.set_cookie(_visit_cookie(work.platform, visit))
    return answer


@writing(PATH + "/{provider:str}/remove", permission=None)
def remove_link(work: Work, provider: str) -> Response[Any]:
    """End the link; the provider can no longer sign in to this account."""
    key = provider.replace("-", "_")
    person = _person(work)
    for known in providers(work.session):
        if known.key == key:
            unlink(work.session, known.id, account_id=person, by=person)
    return Redirect(PATH, status_code=303)


def _finish(request: Asked, way: Way) -> Response[Any]:
    platform: Platform = request.app.state.platform
    answer = _single_values(request)
    cookie = request.cookies.get(_visit_name(platform))
    visit = resume_visit(
        platform.settings.secret, cookie, answer.get("state", ""), now=platform.clock.now()
    )
    if (visit.tenant_id, visit.provider_id) != (way.tenant.id, way.provider.id):
        raise AnswerRefusedError("other_provider")
    try:
        proved = _client(request).prove(
            way.provider,
            visit,
            answer,
            redirect_uri=way.answer(platform.settings.address),
            client_secret=client_secret(platform, way),
        )
    except AnswerRefusedError:
        with platform.door.tenant_session(way.tenant.id) as session:
            note_refused(session, way.provider.id)
        raise
    return _enter(request, way, visit, proved)


def _enter(request: Asked, way: Way, visit: Visit, proved: Proved) -> Response[Any]:
    platform: Platform = request.app.state.platform
    now = platform.clock.now()
    if visit.account_id is None:
        with platform.door.tenant_session(way.tenant.id) as session:
            fresh = sign_in_proved(session, way.provider, visit, proved, now=now)
        return Redirect("/", status_code=303, cookies=[sign_in_cookie(platform.settings, fresh)])
    token, _ = token_of(request)
    with platform.door.tenant_session(way.tenant.id) as session:
        signed_in = identity.resolve(session, token or "", now=now)
        if signed_in is None or signed_in.account_id != visit.account_id:
            raise AnswerRefusedError("other_account")
        link(session, way.provider, visit, proved, account_id=visit.account_id, now=now)
    return Redirect(PATH, status_code=303)


def _single_values(request: Asked) -> dict[str, str]:
    """The answer's values; one that comes twice is refused, for each reader might take another."""
    pairs = list(request.query_params.multi_items())
    answer = {name: str(value) for name, value in pairs}
    if len(answer) != len(pairs):
        raise AnswerRefusedError("repeated")
    return answer


def _refused(request: Asked, way: Way, refused: PlatformError) -> Response[Any]:
    """The sentence as a page, with a way on; the reason goes to the log, never who it was."""
    structlog.get_logger().warning(
        "sign-in by provider refused",
        tenant=way.tenant.slug,
        provider=way.provider.key,
        reason=getattr(refused, "reason", refused.code),
    )
    language = language_of(request)
    return open_page(
        language,
        "provider_refused.html",
        path="/sign-in",
        status=refused.status,
        sentence=refused.message.read(language),
        tenant_slug=way.tenant.slug,
    )


def _begin(platform: Platform, way: Way, account_id: UUID | None) -> Visit:
    return begin_visit(
        platform.settings.secret,
        tenant_id=way.tenant.id,
        provider_id=way.provider.id,
        account_id=account_id,
        now=platform.clock.now(),
    )


def _person(work: Work) -> UUID:
    if work.principal.account_id is None:
        raise NotFoundError
    return work.principal.account_id


def _client(request: Asked) -> OpenIdClient:
    client: OpenIdClient = request.app.state.openid
    return client


def _visit_name(platform: Platform) -> str:
    return "__Host-annhi-visit" if platform.settings.secure_cookies else "annhi-visit"


def _visit_cookie(platform: Platform, visit: Visit | None) -> Cookie:
    """The cookie of a visit, or one that removes it: ``__Host-`` asks for the same flags then."""
    return Cookie(
        key=_visit_name(platform),
        value=visit.cookie if visit else "",
        max_age=int(LASTS.total_seconds()) if visit else 0,
        path="/",
        httponly=True,
        secure=platform.settings.secure_cookies,
        # lax: the browser comes back from another site, by a link
        samesite="lax",
    )


handlers = [ways_page, leave, come_back, account_providers, begin_link, remove_link]
