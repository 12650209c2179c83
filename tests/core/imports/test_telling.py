"""Programmes that hear of stored records hear of those of a list, by jobs, as of any other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.forms.models import FormEntry
from core.imports import service
from tests.core.imports.books import GOOD, book

if TYPE_CHECKING:
    from uuid import UUID

    from tests.core.imports.conftest import Lists


def test_each_new_child_is_told_once_with_its_entry(lists: Lists) -> None:
    told: list[UUID] = []
    acting = replace(lists.acting(), tell=lambda _form, one: told.append(one))
    rows = [GOOD | {"full_name": f"Trẻ {n}", "commune_id": str(lists.here)} for n in "ABC"]
    import_id = lists.ask(book([*rows, rows[0]]))
    with lists.open() as session:
        service.take_apart(session, import_id, acting)
    with lists.open() as session:
        assert service.take_in(session, import_id, 0, acting)
    assert sorted(told) == sorted(one["id"] for one in lists.children())
    assert len(told) == 3
    assert lists.count(FormEntry, FormEntry.record_id.in_(told)) == 3


def test_without_a_listener_no_entry_is_written(lists: Lists) -> None:
    lists.rows({"commune_id": str(lists.here)})
    ids = [one["id"] for one in lists.children()]
    assert lists.count(FormEntry, FormEntry.record_id.in_(ids)) == 0
