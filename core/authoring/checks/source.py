"""What may stand in a plugin's source: read without running it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from core.authoring.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.authoring.subject import Found, Source

CONTRACT = "core.plugin_api"
_NETWORK = frozenset(
    {"socket", "ssl", "http", "urllib", "requests", "httpx", "aiohttp", "smtplib", "ftplib"}
    | {"asyncio", "xmlrpc", "websockets"}
)
_DRIVERS = frozenset({"psycopg", "psycopg2", "psycopg_pool", "asyncpg", "sqlite3"})
_ENGINES = frozenset(
    {"create_engine", "engine_from_config", "create_async_engine", "sessionmaker"}
    | {"async_sessionmaker", "scoped_session", "Session"}
)
_SHELL = frozenset({"subprocess", "multiprocessing", "ctypes", "pty"})
_TYPED = "a plugin has no session of its own: declare, and let core read and write."


def imports(found: Found) -> Iterator[Finding]:
    """Of core, nothing but the contract; of other plugins, nothing."""
    for source, line, name in _imported(found):
        top = name.split(".")[0]
        if top == "core" and not f"{name}.".startswith(f"{CONTRACT}."):
            yield _at(
                "source.imports",
                source,
                line,
                f"imports {name}.",
                f"Import from {CONTRACT} alone; tell us what it lacks.",
            )
        if top == "plugins" and not f"{name}.".startswith(f"{found.package}."):
            yield _at(
                "source.imports",
                source,
                line,
                f"imports {name}, another plugin.",
                "Use the other plugin's measures by code and name it in requires.",
            )


def network(found: Found) -> Iterator[Finding]:
    """No way out: no network, no other program."""
    for source, line, name in _imported(found):
        top = name.split(".")[0]
        if top in _NETWORK | _SHELL and name != "urllib.parse":
            yield _at(
                "source.network",
                source,
                line,
                f"imports {name}.",
                "A plugin talks to nobody: take it out.",
            )


def engines(found: Found) -> Iterator[Finding]:
    """No engine, session or database driver of its own."""
    for source, line, name in _imported(found):
        parts = name.split(".")
        if parts[0] in _DRIVERS or (parts[0] == "sqlalchemy" and parts[-1] in _ENGINES):
            yield _at("source.engine", source, line, f"imports {name}.", f"Take it out: {_TYPED}")
    for source, node in _nodes(found):
        if isinstance(node, ast.Attribute) and node.attr in _ENGINES - {"Session"}:
            yield _at(
                "source.engine", source, node.lineno, f"uses {node.attr}.", f"Take it out: {_TYPED}"
            )


def raw_sql(found: Found) -> Iterator[Finding]:
    """SQL by hand names its tenant."""
    for source, node in _nodes(found):
        if source.name.startswith("migrations/") or not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else _name(node.func)
        if name == "text" and not _names_tenant(node):
            yield _at(
                "source.raw-sql",
                source,
                node.lineno,
                "has SQL by hand that does not bind :tenant_id.",
                "Write it with the mapped classes, or bind :tenant_id in it.",
            )


def environment(found: Found) -> Iterator[Finding]:
    """Nothing is read from the process's environment."""
    for source, node in _nodes(found):
        taken = isinstance(node, ast.Attribute) and (
            node.attr in {"environ", "getenv", "environb"} and _name(node.value) == "os"
        )
        if taken or (
            isinstance(node, ast.ImportFrom)
            and node.module == "os"
            and any(alias.name in {"environ", "getenv"} for alias in node.names)
        ):
            yield _at(
                "source.environment",
                source,
                getattr(node, "lineno", 0),
                "reads the environment.",
                "Passwords are there: take it out; what differs is declared per tenant.",
            )


CHECKS = (imports, network, engines, raw_sql, environment)


def _at(check: str, source: Source, line: int, wrong: str, cure: str) -> Finding:
    return Finding(check, f"{source.name}:{line}", wrong, cure)


def _nodes(found: Found) -> Iterator[tuple[Source, ast.AST]]:
    for source in found.sources:
        for node in ast.walk(source.tree):
            yield source, node


def _imported(found: Found) -> Iterator[tuple[Source, int, str]]:
    """Every name that is imported, in full: ``from a.b import c`` is ``a.b.c``."""
    for source, node in _nodes(found):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield source, node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            for alias in node.names:
                yield source, node.lineno, f"{node.module}.{alias.name}"


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _names_tenant(call: ast.Call) -> bool:
    strings = [n.value for n in ast.walk(call) if isinstance(n, ast.Constant)]
    return any(isinstance(one, str) and ":tenant_id" in one for one in strings)
