"""Calls to other hosts leave by one door; the list of who may open a socket is short."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    class Source(Protocol):
        """What the fixture gives."""

        def found_by(
            self, check: Callable[[ast.Module], list[int]], *, below: str = ""
        ) -> dict[str, list[int]]:
            """The lines that a check finds, by file."""
            ...


NETWORK = ("httpcore", "httpx", "http.client", "urllib.request", "requests", "aiohttp", "socket")
_BELOW = tuple(f"{name}." for name in NETWORK)
MAY = {
    "core/kit/outgoing.py": "the one client",
    "core/db/cluster.py": "finds a free port for our own PostgreSQL",
    "core/bench/http_part.py": "asks the servers that a bench started on this machine",
    "core/cli/running.py": "opens the port that people come to",
}


def network_imports(tree: ast.Module) -> list[int]:
    """Lines that import what can call another host."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and any(name in NETWORK or name.startswith(_BELOW) for name in _names(node))
    ]


def _names(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]


def test_only_the_one_client_calls_other_hosts(source: Source) -> None:
    assert set(source.found_by(network_imports)) == set(MAY)


@pytest.mark.parametrize(
    "line",
    [
        "import httpx",
        "from urllib import request",
        "import urllib.request",
        "from http.client import HTTPConnection",
        "from socket import create_connection",
    ],
)
def test_such_an_import_is_found(line: str) -> None:
    assert network_imports(ast.parse(line)) == [1]


def test_reading_an_address_is_no_call() -> None:
    assert network_imports(ast.parse("from urllib.parse import urlsplit")) == []
