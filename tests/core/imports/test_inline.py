"""A list by the command line: several chunks at once, each in or out, and stopped on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from core.audit.models import AuditEntry
from core.contribution import core_contribution
from core.identity.service import GivenRole, create_account
from core.imports import service
from core.imports.inline import InlineImport
from core.imports.jobs import import_kinds
from core.indicators.jobs import recount_kind
from core.jobs.queue import JobQueue
from core.kit.clock import FixedClock
from core.registry.service import Registry
from tests.core.imports.books import GOOD, book
from tests.core.imports.conftest import NOW, Lists

if TYPE_CHECKING:
    from uuid import UUID

    from core.imports.entering import Taken

REGISTRY = Registry({}, core_contribution())


def importing(lists: Lists) -> InlineImport:
    clock = FixedClock(NOW)
    recount = recount_kind(REGISTRY.catalogue.measures)
    queue = JobQueue((recount, *import_kinds(REGISTRY, (recount,), clock)))
    with lists.open() as session:
        account = create_account(
            session,
            login=f"can_bo_{uuid4().hex}",
            display_name="Cán bộ xã",
            password=None,
            roles=(GivenRole("commune_worker", lists.here),),
            now=NOW,
        )
    return InlineImport(
        lists.door, REGISTRY, queue, clock, lists.of.tenant, size=3, account_id=account
    )


def content(lists: Lists, count: int) -> bytes:
    here = {"commune_id": str(lists.here)}
    return book([GOOD | here | {"full_name": f"Trẻ Số {number}"} for number in range(count)])


def test_chunks_taken_in_at_once_are_all_there_and_none_twice(lists: Lists) -> None:
    heard: list[tuple[int, int]] = []
    work = importing(lists)
    import_id = work.run(
        content(lists, 40),
        updates=False,
        dry_run=False,
        tell=lambda done, total: heard.append((done, total)),
    )
    seen, findings = work.outcome(import_id)
    assert (seen.asked.state, seen.counts["stored"], findings) == ("done", 40, [])
    assert seen.asked.chunks_done == seen.asked.chunk_count == 14
    names = [one["full_name"] for one in lists.children()]
    assert sorted(names) == sorted(f"Trẻ Số {number}" for number in range(40))
    written = AuditEntry.action == "write", AuditEntry.subject_kind == "core.child"
    assert lists.count(AuditEntry, *written) == 40
    assert heard == [(0, 14), (8, 14), (14, 14)]


def test_stretch_that_failed_is_gone_on_with_where_it_stood(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, taken = importing(lists), service.take_rows

    def failing(session: Any, asked: Any, rows: bytes, acting: Any) -> Taken:
        stored = taken(session, asked, rows, acting)
        if broken:
            raise broken.pop()
        return stored

    broken: list[Exception] = [RuntimeError("one"), RuntimeError("two")]
    monkeypatch.setattr(service, "take_rows", failing)
    sent = content(lists, 20)
    with pytest.raises(RuntimeError):
        work.run(sent, updates=False, dry_run=False)
    assert len(lists.children()) == 20 - 2 * 3
    import_id = work.run(sent, updates=False, dry_run=False)
    assert work.outcome(import_id)[0].counts["stored"] == 20
    assert len(lists.children()) == 20


def test_chunk_that_is_stored_while_the_list_is_stopped_is_taken_back(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id: UUID = lists.ask(content(lists, 4))
    with lists.open() as session:
        service.take_apart(session, import_id, lists.acting(), size=2)
    taken = service.take_rows

    def stopped(session: Any, asked: Any, rows: bytes, acting: Any) -> Taken:
        stored = taken(session, asked, rows, acting)
        with lists.open() as other:
            service.stop(other, import_id, lists.principal(), NOW)
        return stored

    with lists.open() as session:
        service.take_in(session, import_id, 0, lists.acting())
    monkeypatch.setattr(service, "take_rows", stopped)
    with lists.open() as session:
        assert service.take_in(session, import_id, 1, lists.acting())
    assert len(lists.children()) == 2
    outcome = lists.outcome(import_id)
    assert (outcome.state, outcome.counts["stored"]) == ("refused", 2)


def test_chunk_that_another_took_in_meanwhile_is_taken_back(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = lists.ask(content(lists, 2))
    with lists.open() as session:
        service.take_apart(session, import_id, lists.acting(), size=1)
    taken = service.take_rows

    def beaten(session: Any, asked: Any, rows: bytes, acting: Any) -> Taken:
        monkeypatch.setattr(service, "take_rows", taken)
        with lists.open() as other:
            service.take_in(other, import_id, 0, lists.acting(), led=True)
        return taken(session, asked, rows, acting)

    monkeypatch.setattr(service, "take_rows", beaten)
    with lists.open() as session:
        assert not service.take_in(session, import_id, 0, lists.acting(), led=True)
    counts = lists.outcome(import_id).counts
    assert (counts["stored"], counts["doubled"]) == (1, 0)
    assert len(lists.children()) == 1
