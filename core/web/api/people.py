"""Signing in for programs, who one is, and switching programmes."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response
from litestar.datastructures import State

from core.audit.service import Action, record
from core.identity.errors import CODE_REFUSED, sign_in_refused
from core.identity.models import Stage
from core.registry.switching import review, switch
from core.web.actions.second_factor import complete_sign_in
from core.web.actions.sign_in import attempt_of
from core.web.actions.sign_in import sign_in as open_by_password
from core.web.errors import problem
from core.web.routing import open_writing, reading, writing
from core.web.work import Work

Asked = Request[Any, Any, State]


class Credentials(msgspec.Struct):
    """Who wants to sign in, where."""

    tenant: str
    login: str
    password: str


class Token(msgspec.Struct):
    """Sent as ``Authorization: Bearer <token>``.

    ``awaited`` says what is missing before it works: ``code``, to be sent to ``/sign-in/code``
    for another token, or ``enrol``, which a person does on the sign-in page.
    """

    token: str
    awaited: Stage | None = None


class Code(msgspec.Struct):
    """A code of the authenticator app, or a recovery code."""

    code: str


class Me(msgspec.Struct):
    """Who is signed in and what that allows."""

    tenant: str
    display_name: str
    roles: list[str]
    permissions: list[str]
    programmes: list[str]


class Programme(msgspec.Struct):
    """A programme in this province."""

    key: str
    name: str
    on: bool
    since: str | None
    locked: str | None


class Switch(msgspec.Struct):
    """What to switch to; ``confirmed`` accepts that records are sealed."""

    on: bool
    confirmed: bool = False
    reason: str | None = None


class SwitchAnswer(msgspec.Struct):
    """With objections nothing was changed: send again with ``confirmed``."""

    changed: bool
    objections: list[str]


@open_writing("/sign-in")
def sign_in(request: Asked, data: Credentials) -> Token:
    """Sign in with name and password; the same checks as on the page."""
    attempt = attempt_of(request, tenant=data.tenant, login=data.login, password=data.password)
    opened = open_by_password(request.app.state.platform, attempt)
    if opened is None:
        raise sign_in_refused()
    return Token(opened.token, None if opened.stage is Stage.FULL else opened.stage)


@writing("/sign-in/code", permission=None, half_signed_in=True, answers={200: Token})
def give_code(work: Work, data: Code) -> Response[Any]:
    """Complete the sign-in by a code: the answer holds a new token, the old one ends."""
    token = complete_sign_in(work, data.code)
    if token is None:
        return problem("identity.code_refused", 401, work.tell(CODE_REFUSED))
    return Response(Token(token))


@reading("/me", permission=None)
def me(work: Work) -> Me:
    """The signed-in account."""
    return Me(
        tenant=work.tenant.slug,
        display_name=work.principal.display_name,
        roles=list(work.principal.roles),
        permissions=sorted(work.principal.permissions),
        programmes=sorted(work.programmes.keys),
    )


@reading("/programmes", permission="core.programme.switch")
def programmes(work: Work) -> list[Programme]:
    """Every installed programme."""
    return [
        Programme(
            key=item.info.key,
            name=work.tell(item.info.name),
            on=item.on,
            since=item.since.isoformat() if item.since else None,
            locked=work.tell(item.locked) if item.locked else None,
        )
        for item in review(work.session, work.platform.registry, work.now)
    ]


@writing("/programmes/{key:str}", permission="core.programme.switch", answers={409: SwitchAnswer})
def switch_programme(work: Work, key: str, data: Switch) -> Response[SwitchAnswer]:
    """Switch one programme; answers 409 with what must be confirmed first."""
    outcome = switch(
        work.session,
        work.platform.registry,
        key.replace("-", "_"),
        on=data.on,
        confirmed=data.confirmed,
        principal=work.principal,
        now=work.now,
        reason=data.reason,
    )
    if outcome.changed:
        subject = f"programme.{outcome.info.key}"
        record(work.session, work.principal, Action.SWITCH, subject_kind=subject)
    answer = SwitchAnswer(outcome.changed, [work.tell(text) for text in outcome.objections])
    return Response(answer, status_code=409 if outcome.objections else 200)


handlers = [sign_in, give_code, me, programmes, switch_programme]
