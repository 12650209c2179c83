"""Who may set the tenant, write SQL by hand, and commit: a short list, each with its reason.

An entry is a file, or a folder with a slash at its end. One that is no longer needed fails too,
so that the lists only ever grow on purpose.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Protocol

    class Source(Protocol):
        """What the fixture gives."""

        def found_by(self, check: Check, *, below: str = "") -> dict[str, list[int]]:
            """The lines that a check finds, by file."""
            ...

    Check = Callable[[ast.Module], list[int]]

_SETTINGS = re.compile(
    r"set_config\s*\(|\bset\s+(local\s+|session\s+)?(role|session)\b|bypassrls|app\.tenant"
    r"|row_security|row level security|security\s+definer|disable\s+trigger",
    re.IGNORECASE,
)

_CURSORS = {"RawCursor", "RawServerCursor", "ClientCursor", "ServerCursor"}
_DRIVERS = "pgconn"  # the connection as the C library has it

SET_THE_TENANT = {
    "core/bench/": "the bare floor we are measured against, in a database of its own",
    "core/db/engine.py": "the net that refuses such statements, and the check of the login",
    "core/db/logins.py": "makes the four logins; the backup alone reads past the policies",
    "core/tenancy/catalogue_lint.py": "looks in the database for logins and tables without wall",
    "core/tenancy/policies.py": "generates the policies; run by the migration login",
    "core/tenancy/session.py": "the one place where a transaction is given its tenant",
}

SQL_BY_HAND = {
    "core/aggregate/scope.py": "makes the ministry's transaction read-only before it reads",
    "core/bench/": "the bare floor we are measured against, in a database of its own",
    "core/areas/load.py": "locks the areas while they are loaded; run by the migration login",
    "core/db/engine.py": "asks the server for its version and the login for its rights",
    "core/migrations/runner.py": "locks and schemas, before there is a table",
    "core/rekeying/repository.py": "holds writers back while an old key is taken away",
    "core/tenancy/archiving.py": "schemas of plugins that are gone; run by the migration login",
    "core/tenancy/catalogue_lint.py": "reads PostgreSQL's own catalogue, which is not mapped",
    "core/tenancy/driver.py": "hands the driver what SQLAlchemy wrote out with its bounds",
    "core/tenancy/in_parts.py": "fetches from a cursor that was opened for such a statement",
    "core/tenancy/made_once.py": "has the driver run such a statement with BEGIN or in parts",
    "core/tenancy/session.py": "sets the tenant in the statement that begins a transaction",
    "core/web/operations.py": "asks whether the database answers; reads no table",
}

COMMIT = {
    "core/bench/": "the bare floor we are measured against, in a database of its own",
    "core/db/logins.py": "roles and databases are made outside a transaction",
    "core/migrations/runner.py": "each chain is one transaction of the migration login",
    "core/tenancy/putting.py": "forgets, with the rollback, what has not left yet",
    "core/web/work.py": "the edge of a request",
}


def settings_said(tree: ast.Module) -> list[int]:
    """Lines with a string that sets a tenant, a role or a login's rights; docstrings apart."""
    told = {id(node) for node in _docstrings(tree)}
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in told
        and _SETTINGS.search(node.value)
    ]


def sql_by_hand(tree: ast.Module) -> list[int]:
    """Lines that call ``text`` of SQLAlchemy or hand a string to the driver."""
    named = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        for alias in node.names
        if alias.name in {"text", "literal_column", "DDL"}
    }
    return [
        call.lineno
        for call in _calls(tree)
        if (isinstance(call.func, ast.Name) and call.func.id in named | _CURSORS)
        or (
            isinstance(call.func, ast.Attribute)
            and (
                call.func.attr in {"exec_driver_sql", "raw_connection"}
                or (isinstance(call.func.value, ast.Attribute) and call.func.value.attr == _DRIVERS)
                or (call.func.attr in {"text", "literal_column"} and _is_sqlalchemy(call.func))
            )
        )
    ]


def commits(tree: ast.Module) -> list[int]:
    """Lines that end a transaction by hand."""
    return [
        call.lineno
        for call in _calls(tree)
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"commit", "rollback"}
    ]


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _is_sqlalchemy(attribute: ast.Attribute) -> bool:
    return isinstance(attribute.value, ast.Name) and attribute.value.id in {"sa", "sqlalchemy"}


def _docstrings(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            yield body[0].value


RULES = {
    "set the tenant or a role": (settings_said, SET_THE_TENANT),
    "write SQL by hand": (sql_by_hand, SQL_BY_HAND),
    "commit": (commits, COMMIT),
}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_only_the_listed_files_may(rule: str, source: Source) -> None:
    check, allowed = RULES[rule]
    found = source.found_by(check)
    others = {p: lines for p, lines in found.items() if not p.startswith(tuple(allowed))}
    assert others == {}, f"only {sorted(allowed)} may {rule}"


@pytest.mark.parametrize("rule", sorted(RULES))
def test_no_file_is_listed_that_needs_it_no_more(rule: str, source: Source, root: Path) -> None:
    check, allowed = RULES[rule]
    found = source.found_by(check)
    needed = {one for one in allowed for path in found if path.startswith(one)}
    assert [one for one in allowed if one not in needed and (root / one).exists()] == []


@pytest.mark.parametrize(
    "line",
    [
        "connection.execute(text(\"SELECT set_config('app.tenant', '1', true)\"))",
        'connection.exec_driver_sql("SET ROLE annhi_migrator")',
        'connection.exec_driver_sql("set session authorization annhi_backup")',
        'say(f"ALTER ROLE {name} BYPASSRLS")',
        "say(f\"SET LOCAL app.tenant = '{tenant}'\")",
    ],
)
def test_a_string_that_sets_the_tenant_is_found(line: str) -> None:
    assert settings_said(ast.parse(line)) == [1]


def test_a_docstring_may_speak_of_settings() -> None:
    assert (
        settings_said(ast.parse('"""Never SET ROLE."""\ndef f() -> None:\n    """SET ROLE."""'))
        == []
    )


@pytest.mark.parametrize(
    "lines",
    [
        'from sqlalchemy import text\nrows = session.execute(text("SELECT 1"))',
        'from sqlalchemy import text as sql\nrows = session.execute(sql("SELECT 1"))',
        'import sqlalchemy as sa\nrows = session.execute(sa.text("SELECT 1"))',
        "from psycopg import RawCursor\nrows = RawCursor(driver)",
        "\nsession.connection().exec_driver_sql(statement)",
        "\ndriver.pgconn.send_query(statement)",
    ],
)
def test_sql_by_hand_is_found(lines: str) -> None:
    assert sql_by_hand(ast.parse(lines)) == [2]


def test_a_text_for_people_is_no_sql() -> None:
    assert sql_by_hand(ast.parse('from core.kit.language import Text\nText(vi="a", en="b")')) == []


def test_a_commit_is_found() -> None:
    assert commits(ast.parse("def save(session):\n    session.add(1)\n    session.commit()")) == [3]
