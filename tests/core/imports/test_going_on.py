"""A list that goes on: after its job was given up, and with rows that are other children."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from core.audit.models import AuditEntry
from core.imports import going_on, service
from core.kit.errors import NotFoundError
from core.tenancy.reach import Reach
from tests.core.imports.books import GOOD, book
from tests.core.imports.test_inline import importing

if TYPE_CHECKING:
    from uuid import UUID

    from tests.core.imports.conftest import Lists

APPROVED = AuditEntry.action == "approve", AuditEntry.subject_kind == service.KIND


def place(lists: Lists) -> dict[str, str]:
    return {"commune_id": str(lists.here)}


def halted(lists: Lists, import_id: UUID) -> tuple[bool, str, bool]:
    """Whether a list stands still and says so, its state, and whether it is at its end."""
    with lists.open() as session:
        seen = service.overview(session, import_id, lists.principal())
        says = seen.refusal is not None and "Nhập tiếp" in seen.refusal.vi
        assert says == seen.asked.is_halted
        return says, seen.asked.state, seen.is_finished


def take_others(lists: Lists, import_id: UUID, *rows: int) -> int:
    """Say that some of the doubled rows are other children, all if none is named; take them in."""
    with lists.open() as session:
        chosen = set(rows) or None
        moved = going_on.take_others(session, import_id, lists.principal(), rows=chosen)
    lists.finish(import_id)
    return moved


def test_list_whose_job_was_given_up_says_so_and_goes_on_where_it_stood(lists: Lists) -> None:
    names = [{"full_name": f"Trẻ Số {number}"} for number in range(5)]
    import_id = lists.ask(book([GOOD | place(lists) | one for one in names]))
    with lists.open() as session:
        service.take_apart(session, import_id, lists.acting(), size=3)
        service.take_in(session, import_id, 0, lists.acting())
    with lists.open() as session:
        going_on.halt(session, import_id)
    assert halted(lists, import_id) == (True, "working", False)
    with lists.open() as session:
        assert going_on.resume(session, import_id, lists.principal())
    with lists.open() as session:
        assert not going_on.resume(session, import_id, lists.principal())
    assert halted(lists, import_id) == (False, "working", False)
    lists.finish(import_id)
    assert lists.outcome(import_id).counts["stored"] == 5
    assert len(lists.children()) == 5


def test_list_that_was_given_up_before_it_was_apart_keeps_its_file(lists: Lists) -> None:
    import_id = lists.ask(book([GOOD | place(lists)]))
    with lists.open() as session:
        going_on.halt(session, import_id)
    assert halted(lists, import_id) == (True, "waiting", False)
    lists.finish(import_id)  # the operator has put its job back
    outcome = lists.outcome(import_id)
    assert (outcome.state, outcome.counts["stored"], outcome.refusal) == ("done", 1, None)


def test_same_file_can_be_sent_again_while_the_first_stands_still(lists: Lists) -> None:
    content = book([GOOD | place(lists)])
    first = lists.ask(content)
    with lists.open() as session:
        going_on.halt(session, first)
    assert lists.send(content).counts["stored"] == 1


def test_list_at_its_end_is_not_halted(lists: Lists) -> None:
    outcome = lists.rows(place(lists))
    with lists.open() as session:
        going_on.halt(session, outcome.import_id)
    assert halted(lists, outcome.import_id) == (False, "done", True)


def test_chosen_doubles_are_taken_in_once_and_written_down(lists: Lists) -> None:
    other = {"full_name": "Lê Thị Bình"}
    lists.rows(place(lists), place(lists) | other)
    outcome = lists.rows(place(lists), place(lists) | other, place(lists) | {"sex": "?"})
    assert (outcome.counts["doubled"], outcome.counts["refused"]) == (2, 1)
    assert take_others(lists, outcome.import_id, 3) == 1
    assert take_others(lists, outcome.import_id, 3) == 0
    after = lists.outcome(outcome.import_id)
    assert (after.state, after.counts["rows"], after.counts["stored"]) == ("done", 3, 1)
    assert (after.counts["doubled"], after.counts["refused"]) == (1, 1)
    names = [one["full_name"] for one in lists.children()]
    assert names == ["Lê Thị Bình", "Lê Thị Bình", "Nguyễn Văn An"]
    assert lists.count(AuditEntry, *APPROVED, AuditEntry.account_id == lists.account) == 1
    assert lists.count(AuditEntry, AuditEntry.subject_kind == "core.child") == 3


def test_all_doubles_are_taken_in_also_those_of_the_file_itself(lists: Lists) -> None:
    outcome = lists.rows(*[place(lists)] * 5)
    assert (outcome.counts["stored"], outcome.counts["doubled"]) == (1, 4)
    assert take_others(lists, outcome.import_id) == 4
    assert lists.outcome(outcome.import_id).counts["doubled"] == 0
    assert len(lists.children()) == 5


def test_other_child_is_still_checked_as_the_form_checks_it(lists: Lists) -> None:
    lists.rows(place(lists))
    outcome = lists.rows(place(lists))
    with lists.open() as session:
        going_on.take_others(session, outcome.import_id, lists.principal())
    narrow = Reach(communes=frozenset({lists.there}), holder=lists.account)
    lists.finish(outcome.import_id, narrow)
    after = lists.outcome(outcome.import_id)
    assert (after.counts["stored"], after.counts["refused"]) == (0, 1)
    assert len(lists.children()) == 1


def test_trial_takes_no_doubles_in(lists: Lists) -> None:
    lists.rows(place(lists))
    trial = lists.rows(place(lists), dry_run=True)
    assert take_others(lists, trial.import_id) == 0
    assert len(lists.children()) == 1


def test_nobody_else_goes_on_with_a_list(lists: Lists) -> None:
    lists.rows(place(lists))
    outcome = lists.rows(place(lists))
    stranger = replace(lists, account=uuid4())
    for attempt in (going_on.take_others, going_on.resume):
        with stranger.open() as session, pytest.raises(NotFoundError):
            attempt(session, outcome.import_id, stranger.principal())


def test_command_takes_doubles_in_when_it_is_told_to(lists: Lists) -> None:
    lists.rows(place(lists))
    work = importing(lists)
    content = book([GOOD | place(lists)] * 2)
    told = work.run(content, updates=False, dry_run=False)
    assert work.outcome(told)[0].counts["doubled"] == 2
    assert lists.count(AuditEntry, *APPROVED) == 0
    taken = work.run(content, updates=False, dry_run=False, others=True)
    assert work.outcome(taken)[0].counts["stored"] == 2
    assert lists.count(AuditEntry, *APPROVED) == 1
    assert len(lists.children()) == 3
