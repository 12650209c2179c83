"""Children of the register corrected by a list: what differs, with its history, and no more."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from core.audit.models import AuditEntry
from core.exports.service import EXPORT, Heading, export_records
from core.forms.models import RecordChange
from core.indicators.count import recount, verify
from core.register.forms import CHILD_FORM
from core.register.service import search_children
from core.tenancy.reach import Reach
from tests.core.imports.books import GOOD, book
from tests.core.imports.conftest import RIGHTS, Lists, texts
from tests.core.register.conftest import NOW

if TYPE_CHECKING:
    from tests.core.imports.conftest import Outcome


@pytest.fixture
def children(lists: Lists) -> dict[str, dict[str, Any]]:
    """Two children, by name."""
    lists.rows(
        {"commune_id": str(lists.here)},
        {"commune_id": str(lists.here), "full_name": "Lê Thị Bình", "sex": "Nữ"},
    )
    return {one["full_name"]: one for one in lists.children()}


def update(lists: Lists, *rows: dict[str, Any], **more: Any) -> Outcome:
    return lists.send(book(rows), more.pop("reach", None), updates=True, **more)


def history(lists: Lists) -> list[dict[str, Any]]:
    with lists.open() as session:
        statement = select(RecordChange).where(RecordChange.tenant_id == session.tenant_id)
        return [json.loads(one.changes) for one in session.scalars(statement)]


def test_only_what_differs_is_corrected_with_history_and_audit(
    lists: Lists, children: dict[str, dict[str, Any]]
) -> None:
    an, binh = children["Nguyễn Văn An"], children["Lê Thị Bình"]
    outcome = update(
        lists,
        {"child_code": an["child_code"].lower(), "full_name": "Nguyễn Văn Anh", "sex": "nam"},
        {"child_code": binh["child_code"], "full_name": "Lê Thị Bình", "sex": None},
    )
    assert outcome.counts | {"changed": 1, "same": 1, "refused": 0} == outcome.counts
    after = {one["id"]: one for one in lists.children()}
    assert after[binh["id"]] == binh
    expected = an | {"full_name": "Nguyễn Văn Anh", "name_sort": after[an["id"]]["name_sort"]}
    assert after[an["id"]] == expected
    assert after[an["id"]]["name_sort"] != an["name_sort"]
    assert [change["full_name"] for change in history(lists)] == [
        ["Nguyễn Văn An", "Nguyễn Văn Anh"]
    ]
    written = AuditEntry.action == "write", AuditEntry.subject_id == an["id"]
    assert lists.count(AuditEntry, *written) == 2
    with lists.open() as session:
        assert len(search_children(session, "anh")) == 1


def test_figures_follow_a_corrected_birth_date(
    lists: Lists, children: dict[str, dict[str, Any]]
) -> None:
    measures = tuple(lists.of.catalogue.measures.values())
    for birth in (None, "05/02/2016"):
        if birth is not None:
            code = children["Nguyễn Văn An"]["child_code"]
            assert update(lists, {"child_code": code, "date_of_birth": birth}).counts["changed"]
        with lists.open(Reach.counting()) as session:
            while recount(session, measures):
                pass
            assert verify(session, measures) == []


def test_correction_is_checked_as_the_form_checks_it(
    lists: Lists, children: dict[str, dict[str, Any]]
) -> None:
    code = children["Nguyễn Văn An"]["child_code"]
    outcome = update(
        lists,
        {"child_code": code, "date_of_birth": date(1990, 1, 1)},
        {"child_code": "TE-NOSUCH22", "date_of_birth": date(2011, 1, 1)},
        {"child_code": None, "date_of_birth": date(2011, 1, 1)},
        {"child_code": code, "date_of_birth": date(2011, 1, 1)},
    )
    reasons = outcome.reasons()
    assert reasons[2].startswith("Ngày sinh: Người này đã đủ 18 tuổi")
    assert reasons[3].startswith("Mã trẻ em: Không tìm thấy trẻ em này")
    assert reasons[4].startswith("Mã trẻ em: Hãy ghi mã trẻ em")
    assert reasons[5].startswith("Mã trẻ em: Mã trẻ em này đã có ở dòng 2")
    assert {one["full_name"]: one for one in lists.children()} == children


def test_child_elsewhere_answers_as_one_that_never_was(
    lists: Lists, children: dict[str, dict[str, Any]]
) -> None:
    elsewhere = Reach(communes=frozenset({lists.there}), holder=lists.account)
    code = children["Nguyễn Văn An"]["child_code"]
    outcome = update(
        lists,
        {"child_code": code, "sex": "Nữ"},
        {"child_code": "TE-NOSUCH22", "sex": "Nữ"},
        reach=elsewhere,
    )
    assert outcome.reasons()[2] == outcome.reasons()[3]
    assert {one["full_name"]: one for one in lists.children()} == children


def test_commune_and_status_are_not_corrected_by_a_list(
    lists: Lists, children: dict[str, dict[str, Any]]
) -> None:
    code = children["Nguyễn Văn An"]["child_code"]
    outcome = update(
        lists,
        {"child_code": code, "commune_id": str(lists.there)},
        {"child_code": children["Lê Thị Bình"]["child_code"], "status": "Đã mất"},
    )
    reasons = outcome.reasons()
    assert reasons[2].startswith("Xã, phường, thị trấn: Mục này không sửa bằng tệp")
    assert {one["full_name"]: one for one in lists.children()} == children


def test_dry_run_of_corrections_tells_the_same_and_changes_nothing(
    lists: Lists, children: dict[str, dict[str, Any]]
) -> None:
    rows = [
        {"child_code": children["Nguyễn Văn An"]["child_code"], "sex": "Nữ"},
        {"child_code": children["Lê Thị Bình"]["child_code"], "sex": "?"},
    ]
    trial = update(lists, *rows, dry_run=True)
    assert {one["full_name"]: one for one in lists.children()} == children
    assert history(lists) == []
    real = update(lists, *rows)
    assert (trial.counts, trial.reasons()) == (real.counts, real.reasons())
    assert real.counts["changed"] == 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_own_export_comes_back_without_a_difference(lists: Lists, language: Any) -> None:
    home = lists.household("HO-AAAA2222", lists.here)
    lists.rows(
        {"commune_id": str(lists.here), "relation_to_head": "Con", "household_id": "HO-AAAA2222"},
        {"commune_id": str(lists.here), "full_name": "Lê Thị Bình", "date_of_birth": "2012"},
        {"commune_id": str(lists.there), "full_name": "Võ Văn Cường", "schooling": "Mẫu giáo"},
        {
            "commune_id": str(lists.there),
            "full_name": None,
            "name_unknown": "Có",
            "date_of_birth": "3/2013",
        },
    )
    before = lists.children()
    assert len(before) == 4
    assert home in {one["household_id"] for one in before}
    with lists.open() as session:
        made = export_records(
            session,
            CHILD_FORM,
            "xlsx",
            lists.principal(rights=RIGHTS | {EXPORT}),
            Heading(province="Tỉnh Ba", moment=NOW, language=language, generated=False),
        )
        with made.file as file:
            content = file.read()
    outcome = lists.send(content, updates=True)
    assert outcome.counts | {"rows": 4, "same": 4, "changed": 0, "refused": 0} == outcome.counts, (
        texts(outcome)
    )
    assert lists.children() == before
    assert history(lists) == []


def test_file_of_new_children_is_not_taken_for_corrections(lists: Lists) -> None:
    outcome = lists.send(book([GOOD | {"commune_id": str(lists.here)}]), updates=True)
    assert outcome.state == "refused"
    assert outcome.refusal is not None
    assert outcome.refusal.vi.startswith("Thiếu cột bắt buộc: «Mã trẻ em»")
