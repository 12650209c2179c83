"""Our own application on a real port, and a browser that remembers cookies."""

from __future__ import annotations

import re
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import uvicorn

from core.app import create_app
from core.identity.openid.providers import Declaration, declare
from core.identity.service import GivenRole, create_account
from core.kit.language import Text
from core.kit.outgoing import Outgoing
from core.platform import Platform, load_registry, start
from core.settings import Settings
from core.testing.database import TEST_PREFIX, TEST_SECRET
from tests.end_to_end.serving import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

    from core.testing.database import TestDatabase

CLIENT_SECRET = "a secret of the tests that is long enough"
PASSWORD = "một mật khẩu của bài kiểm thử"


@dataclass(frozen=True)
class Site:
    """The running application."""

    address: str
    platform: Platform

    def account(self, tenant_id: int, login: str, role: str = "ministry_analyst") -> UUID:
        """Somebody who works here, by default in a role that needs no second factor."""
        with self.platform.door.tenant_session(tenant_id) as session:
            return create_account(
                session,
                login=login,
                display_name=f"Người dùng {login}",
                password=PASSWORD,
                roles=(GivenRole(role, None),),
                now=self.platform.clock.now(),
            )

    def declare(self, tenant_id: int, key: str, issuer: str, **more: Any) -> None:
        """A provider that the tenant trusts."""
        declaration = Declaration(
            key=key,
            name=Text(vi=f"Cổng {key}", en=f"Gate {key}"),
            issuer=issuer,
            client_id=more.pop("client_id", "an-nhi"),
            **more,
        )
        with self.platform.door.tenant_session(tenant_id) as session:
            declare(session, declaration, Outgoing(loopback=True), now=self.platform.clock.now())

    def callback(self, way: str) -> str:
        """Where a provider sends people back to."""
        return f"{self.address}/sign-in/with/{way}/answer"


class Browser:
    """Follows links by hand, one step at a time; closes with the test."""

    def __init__(self, site: Site) -> None:
        """Without any cookie."""
        self.site = site
        self.http = httpx.Client(timeout=20)

    def get(self, url: str) -> httpx.Response:
        """Open an address of ours or of anybody."""
        return self.http.get(urljoin(self.site.address, url))

    def post(self, path: str, **data: str) -> httpx.Response:
        """Send a form of ours with the token that pages carry."""
        page = self.get("/account/providers").text
        found = re.search(r'name="_csrf_token" value="([^"]+)"', page)
        form = data | ({"_csrf_token": found.group(1)} if found else {})
        return self.http.post(urljoin(self.site.address, path), data=form)

    def begin(self, way: str) -> dict[str, str]:
        """Go as far as the provider's door: what it is asked, by name."""
        left = self.get(f"/sign-in/with/{way}")
        assert left.status_code == 302, left.text
        return asked(left.headers["location"])

    def come_back(self, way: str, **answer: str) -> httpx.Response:
        """Bring an answer to us."""
        return self.http.get(self.site.callback(way), params=answer)

    def signs_in_with_password(self, login: str, tenant: str = "tinh_mot") -> None:
        """The usual way."""
        form = {"tenant": tenant, "login": login, "password": PASSWORD}
        answer = self.http.post(f"{self.site.address}/sign-in", data=form)
        assert answer.status_code == 303, answer.text

    def walk(self, start: str, name: str) -> str:
        """Sign in at the certified provider as ``name``; the address it sends us back to."""
        answer = self.get(start)
        for _ in range(12):
            if answer.is_redirect:
                address = urljoin(str(answer.url), answer.headers["location"])
                if address.startswith(self.site.address) and "/answer?" in address:
                    return address
                answer = self.get(address)
                continue
            answer = self._submit(answer, name)
        raise AssertionError("the provider does not send us back")

    def _submit(self, page: httpx.Response, name: str) -> httpx.Response:
        action = re.search(r'action="([^"]+)"', page.text)
        prompt = re.search(r'name="prompt" value="([^"]+)"', page.text)
        assert action is not None, page.text
        assert prompt is not None, page.text
        form = {"prompt": prompt.group(1), "login": name, "password": "any"}
        return self.http.post(urljoin(str(page.url), unescape(action.group(1))), data=form)

    @property
    def is_signed_in(self) -> bool:
        """Whether the start page opens."""
        return self.get("/").status_code == 200


def asked(location: str) -> dict[str, str]:
    """The parameters of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


@contextmanager
def opened_site(database: TestDatabase, home: Path) -> Iterator[Site]:
    """Our application over a test database, served on loopback in a thread."""
    port = free_port()
    keys = ("CONG", "GIA", "GIA_HAI", "KHAC")
    settings = Settings(
        home=home,
        secret=TEST_SECRET,
        database_name=database.addresses.database,
        login_prefix=TEST_PREFIX,
        port=port,
        public_url=f"http://127.0.0.1:{port}",
        provider_secrets={f"TINH_{n}_{key}": CLIENT_SECRET for n in ("MOT", "HAI") for key in keys},
    )
    platform = start(settings, registry=load_registry(settings), addresses=database.addresses)
    server = uvicorn.Server(
        uvicorn.Config(create_app(platform), port=port, log_level="error", lifespan="on")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.02)
        yield Site(settings.address, platform)
    finally:
        server.should_exit = True
        thread.join(20)
        platform.close()
