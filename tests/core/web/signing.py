"""Signing in as people do: a password, then a code of an app."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pyotp

from core.demo.accounts import logins_of
from core.identity.recovery import make_recovery_codes
from core.identity.second_factor import begin_enrolment, confirm_enrolment
from core.testing.database import TEST_SECRET
from tests.isolation.web_world import Visitor

if TYPE_CHECKING:
    from httpx import Response

    from tests.isolation.web_world import World

REFUSAL = "Tên đăng nhập hoặc mật khẩu không đúng"
CODE_REFUSAL = "Mã không đúng, đã được dùng"


def password_of(world: World, login: str, tenant: str = "an_giang") -> str:
    """The password of one of the demonstration's accounts."""
    logins = logins_of(world.platform.tenant(tenant), TEST_SECRET)
    return next(item.password for item in logins if item.login == login)


def role_of(world: World, login: str, tenant: str = "an_giang") -> str:
    """The role of one of the demonstration's accounts."""
    logins = logins_of(world.platform.tenant(tenant), TEST_SECRET)
    return next(item.role for item in logins if item.login == login)


def sign_in(
    world: World,
    login: str,
    password: str | None = None,
    tenant: str = "an_giang",
    **options: Any,
) -> Response:
    """Send the sign-in form."""
    typed = password_of(world, login, tenant) if password is None else password
    return world.post(
        None, "/sign-in", {"tenant": tenant, "login": login, "password": typed}, **options
    )


def cookie(answer: Response, name: str = "annhi") -> str:
    """The token that an answer sets."""
    found = re.search(rf"(?:^|, ){name}=([^;]+)", answer.headers["set-cookie"])
    assert found is not None
    return found.group(1).strip('"')


def half(world: World, login: str, tenant: str = "an_giang") -> Visitor:
    """Somebody whose password was right and who has given no code yet."""
    answer = sign_in(world, login, tenant=tenant)
    assert answer.headers["location"].startswith("/sign-in/"), answer.text
    return Visitor(tenant, role_of(world, login, tenant), cookie(answer))


class App:
    """An account's authenticator app: gives a code that was not given before."""

    def __init__(self, secret: str, codes: tuple[str, ...] = ()) -> None:
        """Keep the secret and the recovery codes."""
        self.totp = pyotp.TOTP(secret)
        self.recovery_codes = codes

    def code(self) -> str:
        """The code of the next half minute, which is taken already; once in a test."""
        return self.totp.at(datetime.now(UTC) + timedelta(seconds=30))


def enrolled(world: World, login: str, tenant: str = "an_giang") -> App:
    """Give an account an app, whose present code is used up by that."""
    account = world.account(tenant, role_of(world, login, tenant))
    now = datetime.now(UTC)
    with world.platform.door.tenant_session(world.tenants[tenant]) as session:
        secret = begin_enrolment(session, account, login, now=now).secret
        assert confirm_enrolment(session, account, pyotp.TOTP(secret).at(now), now=now)
        return App(secret, make_recovery_codes(session, account))


def signed_in_fully(world: World, visitor: Visitor) -> bool:
    """Whether the start page opens."""
    return world.get(visitor, "/").status_code == 200
