"""One request's work: who asks, in which tenant, with which rights, in one transaction.

Opened before the handler and closed after it, all in the handler's own thread: committed when the
handler returned, rolled back when it raised, in both cases before the answer leaves. Browser and
token meet the same checks.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anyio import Semaphore
from anyio.to_thread import run_sync
from litestar import Request
from litestar.datastructures import FormMultiDict
from litestar.exceptions import HTTPException

from core.access import view_as
from core.access.decision import principal_of
from core.access.surroundings import look_around, who_asks
from core.identity import service as identity
from core.identity.machines.tokens import is_machine_token, resolve_machine
from core.identity.models import Stage
from core.kit.errors import NotFoundError, RefusedError
from core.kit.language import Language, Text
from core.tenancy.leaving import StartOverError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from uuid import UUID

    from core.access.surroundings import Surroundings
    from core.identity.principal import Principal
    from core.identity.service import SignedIn
    from core.platform import Platform
    from core.registry.service import EnabledProgrammes
    from core.tenancy.models import TenantView
    from core.tenancy.session import TenantSession

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF_FIELD = "_csrf_token"
CSRF_HEADER = "x-csrf-token"
LANGUAGE_COOKIE = "annhi_language"


class NotSignedInError(HTTPException):
    """Nobody is signed in: a page leads to the sign-in page, the API answers 401."""

    status_code = 401


class SecondFactorNeededError(HTTPException):
    """Signed in by half: a page leads to the code or to setting up the app, the API answers 401."""

    status_code = 401

    def __init__(self, stage: Stage) -> None:
        """Say what is awaited."""
        super().__init__()
        self.stage = stage


class Work:
    """What a handler works with; it never sees a pool, a key or another tenant."""

    def __init__(
        self,
        platform: Platform,
        session: TenantSession,
        *,
        principal: Principal,
        programmes: EnabledProgrammes,
        tenant: TenantView,
        working_day: date,
        now: datetime,
        language: Language,
        token: str,
        sign_in_id: UUID,
        stage: Stage,
        viewing_as: str | None = None,
    ) -> None:
        """Opened by ``provide_work`` alone."""
        self.platform = platform
        self.session = session
        self.principal = principal
        self.programmes = programmes
        self.tenant = tenant
        self.working_day = working_day  # whose units the tenant works with
        self.now = now
        self.language = language
        self._token = token
        self.sign_in_id = sign_in_id
        self.viewing_as = viewing_as
        self.stage = stage

    @property
    def csrf_token(self) -> str:
        """What a form of a page brings back, bound to this sign-in."""
        return csrf_token_for(self.platform.settings.secret, self._token)

    @property
    def today(self) -> date:
        """The date in Viet Nam."""
        return self.platform.clock.today()

    def tell(self, text: Text) -> str:
        """A text in the reader's language."""
        return text.read(self.language)


@dataclass(frozen=True, slots=True)
class WaitingWork:
    """A request at the gate: what it brought is read, nobody has asked yet whose token it is."""

    request: Request[Any, Any, Any]
    token: str

    async def done_by(self, handler: Callable[..., Any]) -> Any:
        """What a handler answers with the work of this request, from opening to commit."""
        async with self.request.app.state.gate:
            return await run_sync(self._do, handler)

    def _do(self, handler: Callable[..., Any]) -> Any:
        """Once, or once more if a form was sent before and its sender was not told by then."""
        try:
            return self._committed(handler, starts_over=True)
        except StartOverError:
            return self._committed(handler, starts_over=False)

    def _committed(self, handler: Callable[..., Any], *, starts_over: bool) -> Any:
        work = _open(self.request, self.token, starts_over=starts_over)
        with work.session:
            answer = handler(work=work)
            work.session.commit()
        return answer


async def provide_work(request: Request[Any, Any, Any]) -> WaitingWork:
    """The work that a request waits for; the dependency of every handler that reads or writes."""
    token, by_cookie = token_of(request)
    if token is None:
        raise NotSignedInError
    if request.method not in SAFE_METHODS and "form" in request.headers.get("content-type", ""):
        # read here, where reading may wait; handlers run in threads
        request.state.form = await request.form()
    if by_cookie and request.method not in SAFE_METHODS:
        _require_csrf(request, token)
    waiting = WaitingWork(request, token)
    if request.route_handler.opt.get("judges_body"):
        # who may not send anything is told that, and not what is wrong with what was sent
        await waiting.done_by(lambda **_work: None)
    return waiting


def make_gate(platform: Platform) -> Semaphore:
    """As many works at once as there are connections, less two for signing in and health.

    Without the gate, threads that wait for a connection could fill the pool of threads, and
    signing in and health with them.
    """
    return Semaphore(max(1, platform.door.connections - 2), fast_acquire=True)


def token_of(request: Request[Any, Any, Any]) -> tuple[str | None, bool]:
    """The sign-in token and whether it came as a cookie."""
    header = request.headers.get("authorization", "")
    if header.lower().startswith("bearer "):
        return header[7:].strip(), False
    platform: Platform = request.app.state.platform
    return request.cookies.get(cookie_name(platform.settings.secure_cookies)), True


def cookie_name(secure: bool) -> str:  # noqa: FBT001  read as a setting
    """``__Host-`` binds the cookie to host and path; browsers allow it over TLS only."""
    return "__Host-annhi" if secure else "annhi"


def csrf_token_for(secret: str, token: str) -> str:
    """Bound to one sign-in; another sign-in's token does not fit."""
    return hmac.new(secret.encode(), f"csrf {token}".encode(), hashlib.sha256).hexdigest()


def language_of(request: Request[Any, Any, Any]) -> Language:
    """The reader's language: asked for in the address, kept in a cookie, Vietnamese otherwise."""
    asked = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    return "en" if asked == "en" else "vi"


def sent_form(request: Request[Any, Any, Any]) -> Any:
    """The form that was sent, all values of a name kept; empty when there is none."""
    return request.state.get("form", FormMultiDict())


def _require_csrf(request: Request[Any, Any, Any], token: str) -> None:
    platform: Platform = request.app.state.platform
    given = request.headers.get(CSRF_HEADER)
    if given is None:
        value = sent_form(request).get(CSRF_FIELD)
        given = value if isinstance(value, str) else None
    if not hmac.compare_digest(given or "", csrf_token_for(platform.settings.secret, token)):
        raise RefusedError(
            Text(
                vi="Trang đã hết hạn. Hãy tải lại trang rồi gửi lại.",
                en="The page has expired. Load it again and send once more.",
            )
        )


def _open(request: Request[Any, Any, Any], token: str, *, starts_over: bool) -> Work:
    platform: Platform = request.app.state.platform
    options = request.route_handler.opt
    now = platform.clock.now()
    tenant_id = identity.tenant_of(token)
    if tenant_id is None:
        raise NotSignedInError
    read_only = request.method in SAFE_METHODS and not options.get("writes", False)
    session = platform.door.open(tenant_id, read_only=read_only, starts_over=starts_over)
    try:
        session.begin()
        who = _who_asks(session, token, now, platform)
        if who is None:
            raise NotSignedInError  # noqa: TRY301  the session is closed below
        signed_in, around = who
        if signed_in.stage is not Stage.FULL and not options.get("half_signed_in"):
            raise SecondFactorNeededError(signed_in.stage)  # noqa: TRY301  the same
        programmes = platform.registry.enabled(around.keys)
        own = principal_of(session, signed_in, programmes, around)
        principal = _through_whose_eyes(session, own, signed_in, programmes, now=now)
        if principal is not own and not read_only and not options.get("own_eyes"):
            raise RefusedError(view_as.READ_ONLY)  # noqa: TRY301  the session is closed below
        session.bound_by(principal.reach)
        _check(options, principal, programmes, request.path_params)
    except BaseException:
        session.close()
        raise
    if signed_in.needs_touch:
        with platform.door.tenant_session(tenant_id) as other:
            identity.touch(other, signed_in.sign_in_id, now=now)
    return Work(
        platform,
        session,
        principal=principal,
        programmes=programmes,
        tenant=around.tenant,
        working_day=around.working_day,
        now=now,
        language=language_of(request),
        token=token,
        sign_in_id=signed_in.sign_in_id,
        viewing_as=None if principal is own else principal.display_name,
        stage=signed_in.stage,
    )


def _who_asks(
    session: TenantSession, token: str, now: datetime, platform: Platform
) -> tuple[SignedIn, Surroundings] | None:
    """A person by a sign-in, or a program by its token, with what bounds them."""
    if not is_machine_token(token):
        waived = platform.settings.waives_second_factor
        return who_asks(session, token, now, demonstration=waived)
    machine = resolve_machine(session, token, now=now)
    if machine is None:
        return None
    return machine, look_around(session, machine.account_id, now)


def _through_whose_eyes(
    session: TenantSession,
    own: Principal,
    signed_in: SignedIn,
    programmes: EnabledProgrammes,
    *,
    now: datetime,
) -> Principal:
    """The person's own principal, or an administrator's look as another account."""
    if not own.may(view_as.MANAGE):
        return own
    shown = view_as.shown(session, signed_in.sign_in_id, now=now)
    if shown is None:
        return own
    around = look_around(session, shown.account_id, now)
    return view_as.through_eyes(own, principal_of(session, shown, programmes, around))


def _check(
    options: dict[str, Any],
    principal: Principal,
    programmes: EnabledProgrammes,
    path_params: dict[str, Any],
) -> None:
    """A switched-off programme does not exist; a missing right is refused."""
    if options.get("programme_in_path") and not programmes.has(
        str(path_params.get("programme", "")).replace("-", "_")
    ):
        raise NotFoundError
    permission = options.get("permission")
    if permission is not None:
        principal.require(permission)
