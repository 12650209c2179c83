"""Households that come in with their children: once, as their form stores them, or told why not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from core.audit.models import AuditEntry
from core.forms.models import FormEntry
from core.imports import going_on, service
from core.register.hamlets.models import Hamlet
from core.register.models import Household
from core.tenancy.reach import Reach
from tests.core.imports.books import GOOD, HOME, HOME_HEADINGS, book
from tests.core.imports.conftest import RIGHTS, Lists, texts
from tests.core.imports.test_inline import importing

if TYPE_CHECKING:
    from tests.core.imports.conftest import Outcome

MORE = {"ethnicity_of_head": "Kinh", "policy": "Có"}
ENTERING = RIGHTS | {"core.household.enter", "core.household.read"}


@pytest.fixture
def lists(lists: Lists) -> Lists:
    """Somebody who may enter households too."""
    return replace(lists, rights=ENTERING)


def child(lists: Lists, name: str, **more: Any) -> dict[str, Any]:
    """A right row of a child who lives in a household."""
    here = {"commune_id": str(lists.here), "full_name": name, "relation_to_head": "Con"}
    return GOOD | here | more


def homes_book(*rows: dict[str, Any], **more: Any) -> bytes:
    return book(rows, headings=HOME_HEADINGS, **more)


def send(lists: Lists, *rows: dict[str, Any], **more: Any) -> Outcome:
    return lists.send(homes_book(*rows), **more)


def households(lists: Lists) -> list[dict[str, Any]]:
    columns = [c for c in Household.__table__.columns if c.name != "created_at"]
    with lists.open(Reach.whole_tenant()) as session:
        statement = (
            select(*(getattr(Household, c.name) for c in columns))
            .where(Household.tenant_id == session.tenant_id)
            .order_by(Household.head_fold, Household.address)
        )
        return [dict(row._mapping) for row in session.execute(statement)]


def lives_in(lists: Lists) -> dict[str, Any]:
    return {one["full_name"]: one["household_id"] for one in lists.children()}


def test_household_of_a_list_is_stored_as_the_form_stores_it(lists: Lists) -> None:
    lists.of.submit(
        "household",
        lists.reach,
        commune_id=str(lists.there),
        head_name="Trần Văn Chủ",
        address="Tổ 3, ấp Bình Phú",
        poverty_status="near_poor",
        poverty_year="2018",
        residence_status="permanent",
        head_ethnicity="kinh",
        policy_family="yes",
    )
    outcome = send(lists, child(lists, "Trần Văn An", **HOME, **MORE))
    assert (outcome.counts["stored"], outcome.counts["households"]) == (1, 1), texts(outcome)
    by_form, by_list = sorted(households(lists), key=lambda one: one["created_by"] is not None)
    own = {"id", "household_code", "created_by", "commune_id"}
    assert {name: by_list[name] for name in by_list.keys() - own} == {
        name: by_form[name] for name in by_form.keys() - own
    }
    assert (by_list["created_by"], by_list["commune_id"]) == (lists.account, lists.here)
    assert by_list["household_code"].startswith("HO-")
    assert lives_in(lists) == {"Trần Văn An": by_list["id"]}
    written = AuditEntry.action == "write", AuditEntry.subject_kind == "core.household"
    own_entry = AuditEntry.account_id == lists.account, AuditEntry.subject_id == by_list["id"]
    assert lists.count(AuditEntry, *written, *own_entry) == 1


def test_rows_with_one_number_share_a_household_whatever_row_tells_of_it(lists: Lists) -> None:
    rows = [
        child(lists, "Trần Thị Một", number=7),
        child(lists, "Trần Thị Hai", **(HOME | {"number": "08", "head": "Lê Văn Bình"})),
        child(lists, "Trần Thị Ba", **(HOME | {"number": "7"})),
        child(lists, "Trần Thị Bốn", number=8),
        child(lists, "Trần Thị Năm", number=7, head="TRAN VAN CHU"),
    ]
    outcome = send(lists, *rows)
    assert (outcome.counts["stored"], outcome.counts["households"]) == (5, 2), texts(outcome)
    by_head = {one["head_name"]: one["id"] for one in households(lists)}
    assert lives_in(lists) == {
        "Trần Thị Một": by_head["Trần Văn Chủ"],
        "Trần Thị Hai": by_head["Lê Văn Bình"],
        "Trần Thị Ba": by_head["Trần Văn Chủ"],
        "Trần Thị Bốn": by_head["Lê Văn Bình"],
        "Trần Thị Năm": by_head["Trần Văn Chủ"],
    }


def test_one_number_in_two_communes_is_of_two_households(lists: Lists) -> None:
    send(
        lists,
        child(lists, "Trần Thị Một", **HOME),
        child(lists, "Trần Thị Hai", **HOME) | {"commune_id": str(lists.there)},
    )
    assert {one["commune_id"] for one in households(lists)} == {lists.here, lists.there}


def test_household_that_the_form_refuses_keeps_its_children_out(lists: Lists) -> None:
    wrong = HOME | {"year": 1800, "address": None}
    outcome = send(
        lists,
        child(lists, "Trần Thị Một", **wrong),
        child(lists, "Trần Thị Hai", number=1),
        child(lists, "Trần Thị Ba", **(HOME | {"number": 2, "poverty": "?", "year": None})),
        child(lists, "Trần Thị Bốn"),
    )
    reasons = outcome.reasons()
    assert outcome.counts["refused"] == 4
    assert "Địa chỉ: Hãy" in reasons[2]
    assert "Năm phân loại: Giá trị phải từ 2.000 đến 2.100." in reasons[2]
    assert "Hộ gia đình:" not in reasons[2]
    assert "Năm phân loại: Giá trị phải từ 2.000 đến 2.100. (Ghi ở dòng 2.)" in reasons[3]
    assert reasons[4].startswith("Phân loại hộ theo chuẩn nghèo: Lựa chọn này không có")
    assert reasons[5].startswith("Hộ gia đình: Hãy ghi mã hộ nếu hộ đã có trong sổ.")
    assert (households(lists), lists.children()) == ([], [])


def test_rows_that_contradict_each_other_are_both_named(lists: Lists) -> None:
    outcome = send(
        lists,
        child(lists, "Trần Thị Một", **HOME),
        child(lists, "Trần Thị Hai", **HOME, ethnicity_of_head="Kinh"),
        child(lists, "Trần Thị Ba", **(HOME | {"head": "Trần Văn Khác"})),
    )
    sentence = "Họ và tên chủ hộ: Dòng 2 và dòng 4 cùng một hộ"
    assert [reason.startswith(sentence) for reason in texts(outcome)] == [True] * 3
    assert (households(lists), lists.children()) == ([], [])


def test_wrong_child_stays_out_and_its_siblings_go_in_with_the_household(lists: Lists) -> None:
    outcome = send(
        lists,
        child(lists, "Trần Thị Một", **HOME, sex="?"),
        child(lists, "Trần Thị Hai", number=1),
        child(lists, "Lê Thị Ba", **(HOME | {"number": 2, "head": "Lê Văn Ba"})) | {"sex": "?"},
    )
    assert (outcome.counts["stored"], outcome.counts["households"]) == (1, 1), texts(outcome)
    # a household comes with its first right child, never alone
    assert [one["head_name"] for one in households(lists)] == ["Trần Văn Chủ"]


def test_household_that_is_likely_there_is_not_stored_again(lists: Lists) -> None:
    send(lists, child(lists, "Trần Thị Một", **HOME))
    (there,) = households(lists)
    again = HOME | {"head": "TRẦN VĂN CHỦ", "address": "tổ 3 ấp Bình Phú"}
    outcome = send(
        lists,
        child(lists, "Trần Thị Hai", **again),
        child(lists, "Trần Thị Ba", number=1),
        child(lists, "Trần Thị Bốn", **(HOME | {"number": 2, "address": "Tổ 4, ấp Bình Phú"})),
    )
    assert outcome.counts["refused"] == 2
    assert all(there["household_code"] in outcome.reasons()[row] for row in (2, 3))
    assert len(households(lists)) == 2
    coded = child(lists, "Trần Thị Hai", **again, household_id=there["household_code"])
    assert send(lists, coded, child(lists, "Trần Thị Ba", number=1)).counts["stored"] == 2
    assert lives_in(lists)["Trần Thị Hai"] == lives_in(lists)["Trần Thị Ba"] == there["id"]
    assert len(households(lists)) == 2


def test_household_twice_in_the_file_under_two_numbers_is_stored_once(lists: Lists) -> None:
    outcome = send(
        lists,
        child(lists, "Trần Thị Một", **HOME),
        child(lists, "Trần Thị Hai", **(HOME | {"number": 2})),
    )
    assert outcome.counts["households"] == 1
    assert outcome.reasons()[3].startswith("Số thứ tự hộ: Cùng xã, chủ hộ và địa chỉ với hộ ở dòng")


def test_same_file_again_stores_no_household(lists: Lists) -> None:
    rows = [child(lists, f"Trần Thị {n}", **(HOME if n == "A" else {"number": 1})) for n in "ABCDE"]
    assert send(lists, *rows).counts["households"] == 1
    second = send(lists, *rows)
    assert (second.counts["doubled"], second.counts["households"]) == (5, 0)
    assert len(households(lists)) == 1


def test_double_that_is_another_child_joins_the_household_of_its_list(lists: Lists) -> None:
    outcome = send(
        lists, child(lists, "Trần Thị Một", **HOME), child(lists, "Trần Thị Một", number=1)
    )
    assert outcome.counts["doubled"] == 1
    with lists.open() as session:
        assert going_on.take_others(session, outcome.import_id, lists.principal()) == 1
    lists.finish(outcome.import_id)
    assert lists.outcome(outcome.import_id).counts["households"] == 1
    (home,) = households(lists)
    assert [one["household_id"] for one in lists.children()] == [home["id"]] * 2


def test_dry_run_tells_how_many_households_would_come(lists: Lists) -> None:
    names = [f"Trần Thị {n}" for n in "ABCDEFGH"]
    rows = [child(lists, names[0], **HOME), *(child(lists, one, number=1) for one in names[1:])]
    rows.append(child(lists, "Lê Thị I", **(HOME | {"number": 2, "head": "Lê Văn Hai"})))
    trial = send(lists, *rows, dry_run=True)
    assert (trial.counts["stored"], trial.counts["households"]) == (9, 2), texts(trial)
    assert (households(lists), lists.children()) == ([], [])
    real = send(lists, *rows)
    assert (real.counts, real.reasons()) == (trial.counts, trial.reasons())
    assert len(households(lists)) == 2


def test_whoever_may_not_enter_households_is_told_and_stores_none(lists: Lists) -> None:
    lists.household("HO-AAAA2222", lists.here)
    outcome = send(
        replace(lists, rights=RIGHTS),
        child(lists, "Trần Thị Một", **HOME),
        child(lists, "Trần Thị Hai", household_id="HO-AAAA2222"),
        GOOD | {"commune_id": str(lists.here)},
    )
    assert outcome.reasons() == {
        2: "Số thứ tự hộ: Bạn không có quyền lập hộ gia đình nên hộ này chưa được lập. Hãy ghi mã "
        "hộ đã có trong sổ, hoặc nhờ người có quyền gửi tệp."
    }
    assert len(households(lists)) == 1


def test_household_is_entered_only_where_its_sender_enters_households(lists: Lists) -> None:
    narrow = replace(lists.reach, entry_areas=(("core.household", frozenset({lists.there})),))
    outcome = lists.send(
        homes_book(
            child(lists, "Trần Thị Một", **HOME),
            child(lists, "Trần Thị Hai", **HOME) | {"commune_id": str(lists.there)},
        ),
        narrow,
    )
    assert list(outcome.reasons()) == [2]
    assert outcome.reasons()[2].startswith("Xã, phường, thị trấn:")
    assert [one["commune_id"] for one in households(lists)] == [lists.there]


def test_programmes_hear_of_new_households(lists: Lists) -> None:
    told: list[tuple[str, Any]] = []
    acting = replace(lists.acting(), tell=lambda form, one: told.append((form, one)))
    import_id = lists.ask(homes_book(child(lists, "Trần Thị Một", **HOME)))
    with lists.open() as session:
        service.take_apart(session, import_id, acting)
    with lists.open() as session:
        service.take_in(session, import_id, 0, acting)
    (home,) = households(lists)
    assert [one for one in told if one[0] == "core.household"] == [("core.household", home["id"])]
    assert lists.count(FormEntry, FormEntry.record_id == home["id"]) == 1


@pytest.mark.parametrize("missing", ["number", "head", "address", "poverty", "residence"])
def test_columns_of_households_come_together(lists: Lists, missing: str) -> None:
    row = child(lists, "Trần Thị Một", **HOME)
    del row[missing]
    outcome = send(lists, row)
    assert outcome.refusal is not None
    assert outcome.refusal.vi.startswith("Tệp có cột của hộ gia đình nhưng chưa đủ")


def test_update_takes_no_households(lists: Lists) -> None:
    row = {"child_code": "TE-7KM3Q9XA", **HOME}
    outcome = lists.send(homes_book(row), updates=True)
    assert outcome.refusal is not None
    assert outcome.refusal.vi.startswith("Cột B («Số thứ tự hộ») là của hộ gia đình.")


@pytest.mark.parametrize("number", ["so thu tu ho", "STT HỘ", "Household number"])
def test_headings_of_households_are_read_however_they_are_written(
    lists: Lists, number: str
) -> None:
    headings = HOME_HEADINGS | {
        "number": number,
        "head": "CHU HO",
        "address": "dia chi ho",
        "poverty": "phan loai ho theo chuan ngheo",
    }
    row = child(lists, "Trần Thị Một", **HOME)
    assert lists.send(book([row], headings=headings)).counts["households"] == 1


def test_child_without_a_household_needs_none_beside_it(lists: Lists) -> None:
    rows = [child(lists, "Trần Thị Một", **HOME), GOOD | {"commune_id": str(lists.here)}]
    outcome = send(lists, *rows)
    assert (outcome.counts["stored"], outcome.counts["households"]) == (2, 1), texts(outcome)


def test_row_sent_back_has_the_code_of_the_household_that_its_siblings_brought(
    lists: Lists,
) -> None:
    outcome = send(
        lists,
        child(lists, "Trần Thị Một", **HOME, sex="?"),
        child(lists, "Trần Thị Hai", number=1),
        child(lists, "Lê Thị Ba", **(HOME | {"number": 2, "head": "Lê Văn Ba"}), sex="?"),
    )
    (home,) = households(lists)
    with lists.open() as session:
        seen = service.overview(session, outcome.import_id, lists.principal())
        back = {one.row: code for one, code in service.rows_back(session, seen.asked)}
    assert back == {2: home["household_code"], 4: ""}


def test_code_in_one_row_of_a_household_is_of_all_its_rows(lists: Lists) -> None:
    home = lists.household("HO-AAAA2222", lists.here)
    outcome = send(
        lists,
        child(lists, "Trần Thị Một", **(HOME | {"year": 1800})),
        child(lists, "Trần Thị Hai", number=1, household_id="ho-aaaa 2222", head="Ai Khác"),
    )
    assert (outcome.counts["stored"], outcome.counts["households"]) == (2, 0), texts(outcome)
    assert set(lives_in(lists).values()) == {home}


def test_code_that_is_none_is_told_where_it_stands(lists: Lists) -> None:
    outcome = send(
        lists,
        child(lists, "Trần Thị Một", **HOME),
        child(lists, "Trần Thị Hai", number=1, household_id="HO-ZZZZ2222"),
    )
    reasons = outcome.reasons()
    assert reasons[2] == f"{reasons[3]} (Ghi ở dòng 3.)"
    assert reasons[3].startswith("Hộ gia đình: Không tìm thấy hộ")
    assert (households(lists), lists.children()) == ([], [])


def test_two_codes_in_one_household_are_a_contradiction(lists: Lists) -> None:
    lists.household("HO-AAAA2222", lists.here)
    lists.household("HO-BBBB2222", lists.here)
    outcome = send(
        lists,
        child(lists, "Trần Thị Một", number=1, household_id="HO-AAAA2222", **rest(HOME)),
        child(lists, "Trần Thị Hai", number=1, household_id="HO-BBBB2222"),
    )
    sentence = "Hộ gia đình: Dòng 2 và dòng 3 cùng một hộ"
    assert [reason.startswith(sentence) for reason in texts(outcome)] == [True] * 2


def rest(home: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in home.items() if name != "number"}


def test_child_of_no_household_does_not_wait_for_one(lists: Lists) -> None:
    alone = {"relation_to_head": "Không thuộc hộ gia đình nào"}
    outcome = send(lists, child(lists, "Trần Thị Một", **(HOME | {"year": 1800})) | alone)
    assert (outcome.counts["stored"], outcome.counts["households"]) == (1, 0), texts(outcome)


def test_hamlet_of_a_household_is_found_by_its_name(lists: Lists) -> None:
    enter = {"valid_from": "01/01/2010"}
    for commune in (lists.here, lists.there):
        lists.of.submit("hamlet", name="Ấp Bình Phú", commune_id=str(commune), **enter)
    outcome = send(
        lists,
        child(lists, "Trần Thị Một", **HOME, hamlet="ap binh phu"),
        child(
            lists, "Trần Thị Hai", **(HOME | {"number": 2, "address": "x"}), hamlet="Ấp Không Có"
        ),
    )
    (home,) = households(lists)
    with lists.open() as session:
        hamlet = session.get_one(Hamlet, (lists.of.tenant, home["hamlet_id"]))
        assert (hamlet.name, hamlet.commune_id) == ("Ấp Bình Phú", lists.here)
    assert outcome.reasons()[3].startswith("Khóm, ấp, thôn, bản:")


def test_saying_that_doubles_are_other_children_makes_no_household_twice(lists: Lists) -> None:
    row = child(lists, "Trần Thị Một", **HOME)
    send(lists, row)
    work = importing(lists)
    content = homes_book(row)
    seen, findings = work.outcome(work.run(content, updates=False, dry_run=False, others=True))
    assert (seen.counts["stored"], len(findings), len(households(lists))) == (0, 1, 1)
    assert households(lists)[0]["household_code"] in findings[0].reason("vi")
