"""New children from a workbook: stored as the form stores them, wrong rows told, none twice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func

from core.audit.models import AuditEntry
from core.indicators.count import recount, verify
from core.kit.errors import ConflictError, RefusedError
from core.register.service import search_children
from core.tenancy.reach import Reach
from tests.core.imports.books import GOOD, HEADINGS, book
from tests.core.imports.conftest import Lists, texts

if TYPE_CHECKING:
    from uuid import UUID


def place(lists: Lists) -> dict[str, str]:
    return {"commune_id": str(lists.here)}


def test_good_row_is_stored_as_the_form_stores_it(lists: Lists) -> None:
    answers = dict(  # noqa: C408
        full_name="Nguyễn Văn An",
        sex="male",
        date_of_birth="05/02/2010",
        dob_precision="day",
        ethnicity="kinh",
        birth_registration="registered",
        relation_to_head="no_household",
        residence_status="permanent",
        schooling="primary",
        source="import",
        health_insurance_card="GD4890000000001",
        health_insurance_until="31/12/2015",
    )
    lists.of.submit("child", lists.reach, commune_id=str(lists.there), **answers)
    written = {name: answers[name] for name in ("health_insurance_card", "health_insurance_until")}
    outcome = lists.rows(place(lists) | written)
    assert outcome.counts["stored"] == 1, texts(outcome)
    by_form, by_list = sorted(lists.children(), key=lambda one: one["created_by"] is not None)
    own = {"id", "child_code", "created_by", "commune_id"}
    assert {name: by_list[name] for name in by_list.keys() - own} == {
        name: by_form[name] for name in by_form.keys() - own
    }
    assert (by_list["created_by"], by_list["commune_id"]) == (lists.account, lists.here)
    assert lists.words(by_list["id"]) == lists.words(by_form["id"]) == {"nguyen", "van", "an"}


def test_several_choices_stand_in_one_cell(lists: Lists) -> None:
    several = {
        "disability_types": "Trí tuệ; nghe, nói",
        "disability_severity": "Nặng",
    }
    outcome = lists.rows(
        place(lists) | several,
        place(lists) | {"full_name": "Lê Thị Bình"},
        place(lists) | several | {"full_name": "Lê Thị Cúc", "disability_types": "Vận động;"},
        place(lists) | several | {"full_name": "Lê Thị Dung", "disability_types": "không rõ"},
    )
    assert outcome.counts["stored"] == 3, texts(outcome)
    assert "Dạng khuyết tật" in texts(outcome)[0]
    assert [
        (one["full_name"], one["disability_types"], one["disability_severity"])
        for one in lists.children()
    ] == [
        ("Lê Thị Bình", None, None),
        ("Lê Thị Cúc", ["movement"], "severe"),
        ("Nguyễn Văn An", ["hearing_speech", "intellectual"], "severe"),
    ]


def test_household_is_found_by_its_code(lists: Lists) -> None:
    home = lists.household("HO-AAAA2222", lists.here)
    lists.rows(place(lists) | {"relation_to_head": "Con", "household_id": "ho-aaaa 2222"})
    assert [one["household_id"] for one in lists.children()] == [home]


def test_new_child_is_found_counted_and_written_down(lists: Lists) -> None:
    lists.rows(place(lists), place(lists) | {"full_name": "Lê Thị Bình"})
    with lists.open() as session:
        assert [one.full_name for one in search_children(session, "le binh")] == ["Lê Thị Bình"]
    measures = tuple(lists.of.catalogue.measures.values())
    with lists.open(Reach.counting()) as session:
        while recount(session, measures):
            pass
        assert verify(session, measures) == []
    written = AuditEntry.action == "write", AuditEntry.subject_kind == "core.child"
    assert lists.count(AuditEntry, *written, AuditEntry.account_id == lists.account) == 2


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("HỌ VÀ TÊN TRẺ", "Nguyễn Văn An"),
        ("ho va ten tre", "Nguye\u0302\u0303n Va\u0306n An"),
        ("Full name of the child", " Nguyễn  Văn\u200b An "),
        ("Họ tên", "Nguyễn Văn An"),
    ],
)
def test_headings_and_names_are_read_however_they_are_written(
    lists: Lists, heading: str, cell: str
) -> None:
    rows = [GOOD | place(lists) | {"full_name": cell, "sex": "NAM", "ethnicity": "kinh"}]
    order = sorted(rows[0], reverse=True)
    content = book(rows, headings=HEADINGS | {"full_name": heading}, names=order)
    assert lists.send(content).counts["stored"] == 1
    assert lists.children()[0]["full_name"] == "Nguyễn Văn An"


@pytest.mark.parametrize(
    ("cell", "born", "precision"),
    [
        (date(2010, 2, 5), date(2010, 2, 5), "day"),
        ("05/02/2010", date(2010, 2, 5), "day"),
        ("5-2-2010", date(2010, 2, 5), "day"),
        ("05.02.2010", date(2010, 2, 5), "day"),
        ("2010-02-05", date(2010, 2, 5), "day"),
        ("2/2010", date(2010, 2, 1), "month"),
        (2010, date(2010, 1, 1), "year"),
        ("2010", date(2010, 1, 1), "year"),
    ],
)
def test_days_are_read_however_they_are_written(
    lists: Lists, cell: object, born: date, precision: str
) -> None:
    outcome = lists.rows(place(lists) | {"date_of_birth": cell})
    assert outcome.counts["stored"] == 1, texts(outcome)
    (child,) = lists.children()
    assert (child["date_of_birth"], child["dob_precision"]) == (born, precision)


def test_year_alone_is_not_known_to_the_day(lists: Lists) -> None:
    outcome = lists.rows(
        place(lists) | {"date_of_birth": "2010", "dob_precision": "Biết chính xác ngày, tháng, năm"}
    )
    assert outcome.counts["refused"] == 1
    assert texts(outcome)[0].startswith("Mức chính xác của ngày sinh: ")


def test_wrong_rows_are_told_with_number_and_column_and_the_others_are_stored(
    lists: Lists,
) -> None:
    outcome = lists.rows(
        place(lists),
        place(lists) | {"full_name": "Lê Thị Bình", "date_of_birth": "31/02/2010"},
        place(lists) | {"full_name": "Trần Văn Cường", "sex": "con trai", "schooling": None},
        place(lists) | {"full_name": "Lý Thị Dung", "date_of_birth": date(1990, 1, 1)},
        place(lists) | {"full_name": "Phạm Văn Em", "relation_to_head": "con"},
        place(lists) | {"full_name": "Võ Thị Giang", "commune_id": "Xã Không Có"},
        place(lists) | {"full_name": "Bùi Văn Hải"},
    )
    assert outcome.counts | {"rows": 7, "stored": 2, "refused": 5} == outcome.counts
    reasons = outcome.reasons()
    assert list(reasons) == [3, 4, 5, 6, 7]
    assert reasons[3].startswith("Ngày sinh: Không có ngày này trong lịch")
    assert "Giới tính: Lựa chọn này không có" in reasons[4]
    assert "Tình trạng học tập: Hãy chọn" in reasons[4]
    assert reasons[5].startswith("Ngày sinh: Người này đã đủ 18 tuổi")
    assert reasons[6] == "Hộ gia đình: Hãy ghi «Hộ gia đình»."
    assert reasons[7].startswith("Xã, phường, thị trấn: Hãy chọn một xã")
    assert [one["full_name"] for one in lists.children()] == ["Bùi Văn Hải", "Nguyễn Văn An"]


def test_commune_and_household_out_of_reach_answer_as_what_never_was(lists: Lists) -> None:
    lists.household("HO-BBBB2222", lists.there)
    own = Reach(communes=frozenset({lists.here}), holder=lists.account)
    rows = [
        GOOD | {"commune_id": str(lists.there)},
        GOOD | {"commune_id": "999999"},
        GOOD | place(lists) | {"relation_to_head": "Con", "household_id": "HO-BBBB2222"},
        GOOD | place(lists) | {"relation_to_head": "Con", "household_id": "HO-CCCC2222"},
    ]
    outcome = lists.send(book(rows), own)
    reasons = outcome.reasons()
    assert reasons[2] == reasons[3]
    assert reasons[4] == reasons[5]
    assert lists.children() == []


def test_no_column_names_the_commune_of_whoever_has_one(lists: Lists) -> None:
    own = Reach(communes=frozenset({lists.here}), holder=lists.account)
    assert lists.send(book([GOOD]), own).counts["stored"] == 1
    assert lists.children()[0]["commune_id"] == lists.here


def test_same_child_in_the_file_is_stored_once_and_told(lists: Lists) -> None:
    other = {"full_name": "Lê Thị Bình"}
    again = {"full_name": "NGUYỄN  VĂN AN", "date_of_birth": "5/2/2010"}
    elsewhere = {"commune_id": str(lists.there)}
    outcome = lists.rows(
        *(place(lists) | more for more in ({}, other, again, {"full_name": "Lê Văn Bình"})),
        elsewhere,
    )
    assert (outcome.counts["stored"], outcome.counts["doubled"]) == (4, 1)
    assert outcome.reasons()[4].startswith("Họ và tên trẻ: Cùng họ tên, ngày sinh và xã với dòng 2")


def test_same_file_again_stores_nothing(lists: Lists) -> None:
    rows = [GOOD | place(lists) | {"full_name": f"Nguyễn Văn {n}"} for n in "ABCDEFGH"]
    first = lists.send(book(rows))
    second = lists.send(book(rows))
    assert (first.counts["stored"], second.counts["stored"]) == (8, 0)
    assert second.counts["doubled"] == 8
    codes = {one["child_code"] for one in lists.children()}
    assert all(any(code in reason for code in codes) for reason in texts(second))
    assert len(lists.children()) == 8


def test_same_file_is_not_taken_twice_at_once(lists: Lists) -> None:
    content = book([GOOD | place(lists)])
    lists.ask(content)
    with pytest.raises(ConflictError):
        lists.ask(content)


def test_dry_run_tells_the_same_and_stores_nothing(lists: Lists) -> None:
    rows = [
        GOOD | place(lists),
        GOOD | place(lists),
        GOOD | place(lists) | {"sex": "?"},
        GOOD | place(lists) | {"full_name": "Lê Thị Bình"},
    ]
    trial = lists.send(book(rows), dry_run=True)
    assert lists.children() == []
    assert lists.count(AuditEntry, AuditEntry.subject_kind == "core.child") == 0
    real = lists.send(book(rows))
    assert trial.counts == real.counts
    assert trial.reasons() == real.reasons()
    assert len(lists.children()) == 2


def test_chunk_taken_in_again_stores_nothing(lists: Lists) -> None:
    from core.imports import service

    import_id = lists.ask(book([GOOD | place(lists)]))
    lists.finish(import_id)
    with lists.open() as session:
        assert service.take_in(session, import_id, 0, lists.acting())
    with lists.open() as session:
        service.take_apart(session, import_id, lists.acting())
    assert len(lists.children()) == 1


def test_rows_are_gone_once_they_are_in(lists: Lists) -> None:
    outcome = lists.rows(place(lists), place(lists) | {"sex": "?"})
    assert kept_bytes(lists, outcome.import_id) == {"file": 0, "rows": 0, "findings": 1}


def kept_bytes(lists: Lists, import_id: UUID) -> dict[str, int]:
    from core.imports.models import ChildImportChunk, ChildImportFile

    chunk = ChildImportChunk
    return {
        "file": lists.count(ChildImportFile, ChildImportFile.import_id == import_id),
        "rows": lists.count(chunk, chunk.import_id == import_id, chunk.rows.is_not(None)),
        "findings": lists.count(chunk, chunk.import_id == import_id, chunk.findings.is_not(None)),
    }


def test_code_in_a_new_row_is_refused(lists: Lists) -> None:
    outcome = lists.rows(place(lists) | {"child_code": "TE-7KM3Q9XA"})
    assert outcome.reasons()[2].startswith("Mã trẻ em: Mã trẻ em do hệ thống cấp")


def test_whoever_may_not_import_sends_nothing(lists: Lists) -> None:
    from core.imports import service

    with lists.open() as session, pytest.raises(RefusedError):
        service.ask(
            session,
            book([GOOD]),
            updates=False,
            dry_run=False,
            principal=lists.principal(rights=frozenset({"core.child.enter", "core.child.read"})),
            now=func.now(),
        )
