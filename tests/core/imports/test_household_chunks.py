"""Households whose rows lie in several chunks: once, whichever chunk comes first, or at once."""

from __future__ import annotations

from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from core.imports import service
from core.register import bulk_households
from core.register.models import Household
from tests.core.imports.books import GOOD, HOME, book
from tests.core.imports.test_households import (
    child,
    homes_book,
    households,
    lists,
    lives_in,
)
from tests.core.imports.test_inline import importing
from tests.core.register.conftest import statements

if TYPE_CHECKING:
    from uuid import UUID

    from core.imports.entering import Taken
    from tests.core.imports.conftest import Lists

__all__ = ["lists", "statements"]  # fixtures


def family(lists: Lists, count: int, **more: Any) -> list[dict[str, Any]]:
    """Rows of one household; the last alone tells of it."""
    names = [f"Trần Thị Số {n}" for n in range(count)]
    rows = [child(lists, name, number=1) for name in names]
    return [*rows[:-1], rows[-1] | HOME | more]


def apart(lists: Lists, content: bytes, size: int) -> UUID:
    import_id = lists.ask(content)
    with lists.open() as session:
        service.take_apart(session, import_id, lists.acting(), size=size)
    return import_id


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_household_over_several_chunks_is_stored_once(lists: Lists, order: tuple[int, ...]) -> None:
    import_id = apart(lists, homes_book(*family(lists, 6)), 2)
    for number in order:
        with lists.open() as session:
            service.take_in(session, import_id, number, lists.acting())
    (home,) = households(lists)
    assert set(lives_in(lists).values()) == {home["id"]}
    outcome = lists.outcome(import_id)
    assert (outcome.counts["stored"], outcome.counts["households"]) == (6, 1)


def test_two_chunks_at_once_store_their_household_once(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second reaches the household while the first has stored it and not committed."""
    import_id = apart(lists, homes_book(*family(lists, 2)), 1)
    taken = service.take_rows

    def second() -> None:
        with lists.open() as session:
            service.take_in(session, import_id, 1, lists.acting(), led=True)

    other = Thread(target=second)

    def first(session: Any, asked: Any, rows: bytes, acting: Any) -> Taken:
        monkeypatch.setattr(service, "take_rows", taken)
        stored = taken(session, asked, rows, acting)
        other.start()
        other.join(0.5)
        assert other.is_alive()  # it waits for what became of the household
        return stored

    monkeypatch.setattr(service, "take_rows", first)
    with lists.open() as session:
        service.take_in(session, import_id, 0, lists.acting(), led=True)
    other.join(10)
    (home,) = households(lists)
    assert list(lives_in(lists).values()) == [home["id"]] * 2
    assert lists.outcome(import_id).counts["households"] == 1


def test_households_are_stored_in_the_order_of_their_ids(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that two chunks that store the same ones never wait for each other."""
    stored: list[list[UUID]] = []
    rows_of = bulk_households.rows_of

    def noted(columns: Any, **more: Any) -> Any:
        stored.extend([columns["id"][1]] if "id" in columns else [])
        return rows_of(columns, **more)

    monkeypatch.setattr(bulk_households, "rows_of", noted)
    homes = [HOME | {"number": n, "address": f"Số {n}"} for n in range(20)]
    rows = [child(lists, f"Trẻ {home['number']}", **home) for home in homes]
    import_id = apart(lists, homes_book(*rows), 20)
    with lists.open() as session:
        service.take_in(session, import_id, 0, lists.acting())
    assert [len(ids) for ids in stored] == [20]
    assert stored[0] == sorted(stored[0])


def test_chunk_that_was_cut_off_leaves_no_household(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = apart(lists, homes_book(*family(lists, 2)), 2)
    taken = service.take_rows

    def killed(session: Any, asked: Any, rows: bytes, acting: Any) -> Taken:
        taken(session, asked, rows, acting)
        raise RuntimeError

    monkeypatch.setattr(service, "take_rows", killed)
    with pytest.raises(RuntimeError), lists.open() as session:
        service.take_in(session, import_id, 0, lists.acting())
    assert households(lists) == []
    monkeypatch.undo()
    with lists.open() as session:
        service.take_in(session, import_id, 0, lists.acting())
    assert len(households(lists)) == 1


def test_command_takes_households_in_with_many_chunks_at_once(lists: Lists) -> None:
    """Sixty children of seven households, whose rows are strewn over twenty chunks."""
    rows = [
        child(lists, f"Trẻ Số {n}", **(HOME | {"number": n % 7, "address": f"Tổ {n % 7}"}))
        for n in range(60)
    ]
    work = importing(lists)
    seen, findings = work.outcome(work.run(homes_book(*rows), updates=False, dry_run=False))
    assert (seen.counts["stored"], seen.counts["households"], findings) == (60, 7, [])
    assert lists.count(Household) == 7
    assert len(set(lives_in(lists).values())) == 7


def test_list_without_households_costs_no_statement_more(
    lists: Lists, statements: list[str]
) -> None:
    """And one that brings some costs the same however many they are."""

    def said(content: bytes) -> list[str]:
        import_id = apart(lists, content, 100)
        statements.clear()
        with lists.open() as session:
            service.take_in(session, import_id, 0, lists.acting())
        return list(statements)

    here = {"commune_id": str(lists.here)}
    plain = said(book([GOOD | here | {"full_name": f"Trẻ {n}"} for n in range(5)]))
    assert not any("core.household" in one for one in plain)
    few, many = (
        said(
            homes_book(
                *(
                    child(lists, f"Em {at} {n}", **(HOME | {"number": n, "address": f"{at} {n}"}))
                    for n in range(1, count)
                )
            )
        )
        for at, count in (("A", 3), ("B", 9))
    )
    assert len(few) == len(many) <= len(plain) + 8


def test_no_measure_counts_households_past_whose_marks_a_list_would_go(lists: Lists) -> None:
    assert all(one.model is not Household for one in lists.of.catalogue.measures.values())


def test_rows_keep_nothing_of_a_household_in_plain_text(lists: Lists) -> None:
    narrow = replace(lists, rights=lists.rights - {"core.household.enter"})
    import_id = narrow.ask(homes_book(*family(lists, 2, head="Khúc Thừa Dụ")))
    with lists.open() as session:
        service.take_apart(session, import_id, narrow.acting(), size=5)
        kept = service.repository.chunk_of(session, import_id, 0)
        assert kept is not None
        assert "Khúc" not in repr(kept)
    assert "Khúc" not in repr([*lists.outcome(import_id).findings])
