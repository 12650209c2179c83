"""Every route of the running application with a value in each place of its path."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from litestar.routes import ASGIRoute, HTTPRoute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.isolation.web_world import World

NOBODY = "00000000-0000-4000-8000-000000000000"
_PLACES = {"owner": "core", "name": "household", "period": "2018-H1", "code": "DRW-01"}


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path with a possible value in each place."""

    method: str
    pattern: str
    opt: dict[str, Any]

    @property
    def title(self) -> str:
        """As the isolation suite names it."""
        return f"{self.method} {self.pattern}"

    @property
    def path(self) -> str:
        """An address that leads to the route."""
        return self.path_with(None)

    @property
    def is_open(self) -> bool:
        """Whether it serves without sign-in."""
        return bool(self.opt.get("for_everyone"))

    def path_with(self, value: str | None) -> str:
        """The address with the same value in every place, or a possible one in each."""
        return re.sub(r"{(\w+)}", lambda place: value or _value(place[1]), self.pattern)


def _value(place: str) -> str:
    return NOBODY if place.endswith("_id") else _PLACES.get(place, "x")


def routes(world: World) -> list[Route]:
    """All of them; signing out comes last, for whoever walks is signed out then."""
    return sorted(_routes(world), key=lambda route: route.pattern == "/sign-out")


def _routes(world: World) -> Iterator[Route]:
    for route in world.app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                for method in sorted(handler.http_methods - {"OPTIONS", "HEAD"}):
                    yield Route(method, route.path_format, handler.opt)
        elif isinstance(route, ASGIRoute):
            yield Route("GET", route.path_format, route.route_handler.opt)


def changing(world: World) -> list[Route]:
    """Those that may change something."""
    return [route for route in routes(world) if route.method != "GET"]
