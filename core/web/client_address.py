"""Whose address a request comes from: the peer's, or what a trusted proxy says of it."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from litestar import Request

    from core.settings import Settings

_NETWORK_OF_ONE_LINE = 64


def client_address(request: Request[Any, Any, Any], settings: Settings) -> str:
    """The nearest address that is not a trusted proxy's own; of IPv6 the network of one line.

    Each proxy adds the address it was called from at the end of ``X-Forwarded-For``; what stands
    further to the left was written by somebody we need not believe.
    """
    said = ",".join(request.headers.getall("x-forwarded-for", []))
    hops = [hop for hop in said.split(",") if hop.strip()]
    found = _address(request.client.host if request.client else "")
    while found is not None and hops and any(found in net for net in settings.trusted_proxies):
        found = _address(hops.pop())
    if isinstance(found, IPv6Address):
        return str(ip_network((found, _NETWORK_OF_ONE_LINE), strict=False))
    return str(found or "unknown")


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text.strip())
    except ValueError:
        return None
