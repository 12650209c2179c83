"""``annhi bench list``: lists over HTTP beside the one SELECT, deep pages, and a list as a file."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

import msgspec

from core.bench.http_part import floor, ours, request
from core.bench.many_children import store_children
from core.bench.measure import Ratio, alternate, ratio_of, timed
from core.bench.request_part import BenchError
from core.bench.save_suite import CONNECTIONS
from core.bench.scratch import bare, conninfo, scratch_settings, settle
from core.bench.session_part import TENANT, make_tenant
from core.bench.signed_in import communes_of_today, signed_in
from core.db.logins import Login
from core.identity.service import GivenRole
from core.register.forms import CHILD_FORM

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.bench.core_suite import Size
    from core.bench.http_part import Server
    from core.bench.measure import Round
    from core.db.logins import DatabaseAddresses
    from core.settings import Settings

LIST_GOAL: Final = 0.5
PAGE_GOAL: Final = 1.2
EXPORT_GOAL: Final = 3.0
PAGE: Final = 50
_LIST: Final = "/api/v1/records/core/child"
_EXPORT: Final = "/records/core/child/export"
_COLUMNS: Final = ", ".join(("id", *CHILD_FORM.columns))
_SELECT: Final = (
    f"SELECT {_COLUMNS} FROM core.child WHERE tenant_id = {TENANT} AND commune_id = {{}} "  # noqa: S608  constants
    f"ORDER BY created_at DESC, id DESC LIMIT {PAGE}"
)
_COPY: Final = (
    f"COPY (SELECT {', '.join(CHILD_FORM.columns)} FROM core.child WHERE tenant_id = {TENANT} "  # noqa: S608  constants
    "ORDER BY created_at DESC, id DESC) TO STDOUT (FORMAT csv)"
)
_LAST_BEFORE: Final = (
    "SELECT id FROM core.child WHERE tenant_id = %s ORDER BY created_at DESC, id DESC "
    "OFFSET %s LIMIT 1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Effort:
    children: int
    page: int
    rounds: int
    calls: int
    exports: int


_EFFORTS: Final[dict[Size, _Effort]] = {
    "small": _Effort(children=20_000, page=100, rounds=2, calls=40, exports=1),
    "full": _Effort(children=100_000, page=2_000, rounds=15, calls=320, exports=11),
}


def run_list(
    settings: Settings, size: Size = "full", *, say: Callable[[str], None] = lambda _line: None
) -> tuple[Ratio, ...]:
    """Every measurement, in a database of its own that is dropped afterwards.

    The list is that of a commune's worker through the API; deep pages and the file are those of
    a province's officer, who reaches every child.

    Raises:
        ConfigurationError: the server is unreachable, or another bench runs on it.
    """
    effort = _EFFORTS[size]
    with scratch_settings(settings) as (scratch, addresses):
        make_tenant(addresses)
        communes = communes_of_today(scratch)
        worker = signed_in(addresses, TENANT, GivenRole("commune_worker", communes[0]))
        officer = signed_in(addresses, TENANT, login="officer")
        say(f"Storing {effort.children:,} generated children …")
        store_children(addresses, TENANT, communes, effort.children)
        settle(addresses)
        statements = {"list": _SELECT.format(communes[0])}
        address = conninfo(addresses, Login.RUNTIME)
        with floor(address, statements) as least, ours(scratch) as whole:
            ratios = []
            for connections in CONNECTIONS:
                say(f"Lists of {PAGE} with {connections} connections …")
                taken = alternate(
                    least.timer(lambda _: request("GET", "/read/list", ""), connections),
                    whole.timer(lambda _: request("GET", _LIST, worker), connections),
                    rounds=effort.rounds,
                    calls=effort.calls,
                )
                name = f"list_{connections}"
                ratios.append(ratio_of(name, list(taken), goal=LIST_GOAL, at_least=True))
            say(f"Page {effort.page:,} beside page 1 …")
            ratios.append(_deep(addresses, whole, officer, effort))
            say(f"A file of {effort.children:,} records beside COPY …")
            ratios.append(_export(addresses, whole, officer, effort))
    return tuple(ratios)


def _deep(addresses: DatabaseAddresses, server: Server, token: str, effort: _Effort) -> Ratio:
    with bare(addresses, Login.RUNTIME) as runtime:
        runtime.execute(f"SET LOCAL app.tenant = '{TENANT}'")
        row = runtime.execute(_LAST_BEFORE, (TENANT, PAGE * (effort.page - 1) - 1)).fetchone()
    if row is None:
        raise BenchError(f"There is no page {effort.page}.")
    path = f"{_LIST}?after={row[0]}"
    for asked in (_LIST, path):
        page: dict[str, Any] = msgspec.json.decode(server.answer(request("GET", asked, token)))
        if len(page["items"]) != PAGE:
            raise BenchError(f"{asked} had {len(page['items'])} lines.")
    taken = alternate(
        server.timer(lambda _: request("GET", _LIST, token), 1),
        server.timer(lambda _: request("GET", path, token), 1),
        rounds=effort.rounds,
        calls=effort.calls // 4,
    )
    return ratio_of(f"page_{effort.page}", list(taken), goal=PAGE_GOAL)


def _export(addresses: DatabaseAddresses, server: Server, token: str, effort: _Effort) -> Ratio:
    asked = request("GET", f"{_EXPORT}?format=csv", token)

    def export() -> None:
        lines = server.answer(asked).count(b"\r\n")
        if lines < effort.children:
            raise BenchError(f"The file has {lines} lines.")

    with bare(addresses, Login.RUNTIME) as runtime:

        def copy() -> float:
            began = perf_counter()
            runtime.execute(f"SET LOCAL app.tenant = '{TENANT}'")
            with runtime.cursor() as cursor, cursor.copy(_COPY) as rows:
                for _ in rows:
                    pass
            runtime.commit()
            return perf_counter() - began

        taken: list[Round] = list(
            alternate(timed(copy), timed(export), rounds=effort.exports, calls=1)
        )
    return ratio_of("csv_export", taken, goal=EXPORT_GOAL)
