"""Submissions are stored once, within the reach of who sends them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, func, select

from core.forms.errors import AnswersRefusedError
from core.forms.models import FormEntry
from core.forms.service import context_for, get_record, list_records, submit
from core.kit.errors import ConflictError, MalformedError, NotFoundError, RefusedError
from core.register.forms import CHILD_FORM, HOUSEHOLD_FORM, household_columns
from core.register.models import Child, ChildNameToken, Household
from core.register.service import search_children
from core.tenancy.guards import TenantWallError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.forms.service import Stored
    from core.identity.principal import Principal
    from core.plugin_api.forms import Form
    from core.tenancy.door import TenantDoor

    Worker = Callable[..., Principal]

TODAY = date(2018, 6, 1)
NOW = datetime(2018, 6, 1, 3, 0, tzinfo=UTC)


def household_answers(commune: int) -> dict[str, object]:
    return {
        "commune_id": str(commune),
        "address": "Ấp Một",
        "head_name": "Trần Văn Hộ",
        "residence_status": "permanent",
        "poverty_status": "poor",
        "poverty_year": "2018",
        "policy_family": "no",
    }


def child_answers(commune: int, household: object) -> dict[str, object]:
    return {
        "name_unknown": "no",
        "full_name": "Đỗ Ngọc Châu",
        "sex": "female",
        "date_of_birth": "05/02/2010",
        "dob_precision": "day",
        "ethnicity": "kinh",
        "birth_registration": "registered",
        "commune_id": str(commune),
        "relation_to_head": "child",
        "household_id": str(household),
        "residence_status": "permanent",
        "schooling": "primary",
        "source": "survey",
    }


def send(
    door: TenantDoor,
    form: Form,
    raw: dict[str, object],
    person: Principal,
    key: str | None = None,
    *,
    now: datetime = NOW,
) -> Stored:
    with door.tenant_session(person.tenant_id, reach=person.reach) as session:
        context = context_for(session, person, TODAY)
        key = key or uuid4().hex
        return submit(session, form, raw, key=key, principal=person, context=context, now=now)


@pytest.fixture
def household(door: TenantDoor, worker: Worker, communes: tuple[int, int]) -> UUID:
    return send(door, HOUSEHOLD_FORM, household_answers(communes[0]), worker()).record_id


def count(door: TenantDoor, model: type[Child | Household | FormEntry], tenant: int = 1) -> int:
    with door.tenant_session(tenant) as session:
        rows = select(func.count(model.id)).where(model.tenant_id == tenant)
        return session.scalar(rows) or 0


def test_a_child_is_stored_with_what_the_form_does_not_ask(
    door: TenantDoor, worker: Worker, communes: tuple[int, int], household: UUID
) -> None:
    person = worker()
    stored = send(door, CHILD_FORM, child_answers(communes[0], household), person)
    with door.tenant_session(1) as session:
        child = get_record(session, CHILD_FORM, stored.record_id)
        entry = session.scalars(
            select(FormEntry).where(
                FormEntry.tenant_id == 1, FormEntry.record_id == stored.record_id
            )
        ).one()
    assert (child.full_name, child.date_of_birth, child.household_id) == (
        "Đỗ Ngọc Châu",
        date(2010, 2, 5),
        household,
    )
    assert child.child_code.startswith("TE-")
    assert (child.status, child.registered_on, child.name_unknown) == ("active", TODAY, False)
    assert (child.created_by, child.created_at) == (person.account_id, NOW)
    assert child.generated is False
    assert (entry.form_code, entry.form_version) == ("core.child", 1)
    assert entry.entered_by == person.account_id


def test_a_stored_child_is_found_by_name(
    door: TenantDoor, worker: Worker, communes: tuple[int, int], household: UUID
) -> None:
    raw = {**child_answers(communes[0], household), "full_name": "Vừ Thị Mỷ Dung"}
    stored = send(door, CHILD_FORM, raw, worker())
    with door.tenant_session(1) as session:
        assert [match.id for match in search_children(session, "my vu")] == [stored.record_id]


def test_a_child_without_a_known_name_and_household_is_stored(
    door: TenantDoor, worker: Worker, communes: tuple[int, int]
) -> None:
    raw = child_answers(communes[0], "")
    raw.update(name_unknown="yes", full_name="Bé Ai", relation_to_head="no_household")
    stored = send(door, CHILD_FORM, raw, worker())
    with door.tenant_session(1) as session:
        child = get_record(session, CHILD_FORM, stored.record_id)
    assert (child.full_name, child.household_id, child.name_sort) == (None, None, "")


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        ("date_of_birth", "01/06/2000"),
        ("date_of_birth", "02/06/2018"),
        ("household_id", "HO-AAAAAAAA"),
        ("full_name", ""),
        ("schooling", "university"),
    ],
)
def test_a_child_with_a_wrong_answer_is_refused_and_nothing_is_stored(
    door: TenantDoor,
    worker: Worker,
    communes: tuple[int, int],
    household: UUID,
    *,
    field: str,
    sent: str,
) -> None:
    before = count(door, Child), count(door, FormEntry)
    raw = {**child_answers(communes[0], household), field: sent}
    with pytest.raises(AnswersRefusedError) as refused:
        send(door, CHILD_FORM, raw, worker())
    assert [error.field for error in refused.value.errors] == [field]
    assert refused.value.status == 422
    assert (count(door, Child), count(door, FormEntry)) == before


def test_a_person_one_day_short_of_eighteen_is_a_child(
    door: TenantDoor, worker: Worker, communes: tuple[int, int], household: UUID
) -> None:
    raw = {**child_answers(communes[0], household), "date_of_birth": "02/06/2000"}
    assert not send(door, CHILD_FORM, raw, worker()).repeated


def test_the_same_key_and_answers_give_the_same_record(
    door: TenantDoor, worker: Worker, communes: tuple[int, int]
) -> None:
    raw, key = household_answers(communes[0]), uuid4().hex
    first = send(door, HOUSEHOLD_FORM, raw, worker(), key)
    before = count(door, Household)
    again = send(door, HOUSEHOLD_FORM, {**raw, "head_ethnicity": ""}, worker(), key)
    assert (again.record_id, again.repeated, first.repeated) == (first.record_id, True, False)
    assert count(door, Household) == before


def test_a_second_sending_is_answered_even_if_it_would_be_refused_by_now(
    door: TenantDoor, worker: Worker, communes: tuple[int, int]
) -> None:
    raw, key, person = household_answers(communes[0]), uuid4().hex, worker()
    first = send(door, HOUSEHOLD_FORM, raw, person, key)
    with door.tenant_session(1, reach=person.reach) as session:
        context = replace(context_for(session, person, TODAY), communes={})
        again = submit(
            session, HOUSEHOLD_FORM, raw, key=key, principal=person, context=context, now=NOW
        )
    assert (again.record_id, again.repeated) == (first.record_id, True)


def test_the_same_key_with_other_answers_is_a_conflict(
    door: TenantDoor, worker: Worker, communes: tuple[int, int]
) -> None:
    raw, key = household_answers(communes[0]), uuid4().hex
    send(door, HOUSEHOLD_FORM, raw, worker(), key)
    with pytest.raises(ConflictError):
        send(door, HOUSEHOLD_FORM, {**raw, "address": "Ấp Hai"}, worker(), key)


def test_a_key_belongs_to_one_person_one_form_and_one_tenant(
    door: TenantDoor, worker: Worker, communes: tuple[int, int]
) -> None:
    raw, key = household_answers(communes[0]), uuid4().hex
    stored = {
        send(door, HOUSEHOLD_FORM, raw, worker(account=1), key).record_id,
        send(door, HOUSEHOLD_FORM, raw, worker(account=2), key).record_id,
        send(door, HOUSEHOLD_FORM, raw, worker(tenant=2, account=1), key).record_id,
    }
    assert len(stored) == 3


def test_the_system_itself_is_one_person_too(
    door: TenantDoor, worker: Worker, communes: tuple[int, int]
) -> None:
    raw, key = household_answers(communes[0]), uuid4().hex
    system = replace(worker(), account_id=None)
    first = send(door, HOUSEHOLD_FORM, raw, system, key)
    assert send(door, HOUSEHOLD_FORM, raw, system, key).record_id == first.record_id


def test_two_clicks_at_the_same_moment_make_one_record(
    door: TenantDoor, worker: Worker, communes: tuple[int, int]
) -> None:
    raw, key, before = household_answers(communes[0]), uuid4().hex, count(door, Household)
    both_have_looked = Barrier(2, timeout=20)

    def compute(answers: Mapping[str, Any]) -> dict[str, Any]:
        """Called between the first look for the key and the claim."""
        both_have_looked.wait()
        return household_columns(answers)

    form = replace(HOUSEHOLD_FORM, compute=compute)
    with ThreadPoolExecutor(2) as pool:
        clicks = [pool.submit(send, door, form, raw, worker(), key) for _ in range(2)]
        stored = [click.result(timeout=30) for click in clicks]
    assert stored[0].record_id == stored[1].record_id
    assert sorted(one.repeated for one in stored) == [False, True]
    assert count(door, Household) == before + 1


@pytest.mark.parametrize("key", ["", "short", "x" * 101, "khóa-có-dấu", "with\nbreak"])
def test_a_key_that_is_none_is_refused(
    door: TenantDoor, worker: Worker, communes: tuple[int, int], key: str
) -> None:
    person = worker()
    with (
        door.tenant_session(1, reach=person.reach) as session,
        pytest.raises(MalformedError),
    ):
        submit(
            session,
            HOUSEHOLD_FORM,
            household_answers(communes[0]),
            key=key,
            principal=person,
            context=context_for(session, person, TODAY),
            now=NOW,
        )


def test_who_may_not_enter_is_refused(
    door: TenantDoor, worker: Worker, communes: tuple[int, int]
) -> None:
    with pytest.raises(RefusedError):
        send(door, HOUSEHOLD_FORM, household_answers(communes[0]), worker(role="commune_leader"))


def test_nobody_acts_in_another_tenants_session(
    door: TenantDoor, worker: Worker, communes: tuple[int, int]
) -> None:
    person = worker(tenant=2)
    with door.tenant_session(1) as session, pytest.raises(TenantWallError):
        submit(
            session,
            HOUSEHOLD_FORM,
            household_answers(communes[0]),
            key=uuid4().hex,
            principal=person,
            context=context_for(session, person, TODAY),
            now=NOW,
        )


def test_a_commune_outside_the_reach_cannot_be_chosen(
    door: TenantDoor, worker: Worker, communes: tuple[int, int]
) -> None:
    with pytest.raises(AnswersRefusedError) as refused:
        send(door, HOUSEHOLD_FORM, household_answers(communes[1]), worker())
    assert [error.field for error in refused.value.errors] == ["commune_id"]


def test_households_elsewhere_and_nowhere_are_refused_alike(
    door: TenantDoor, worker: Worker, communes: tuple[int, int]
) -> None:
    there = worker(reach=frozenset({communes[1]}))
    neighbour = send(door, HOUSEHOLD_FORM, household_answers(communes[1]), there).record_id
    other_tenant = worker(tenant=2)
    foreign = send(door, HOUSEHOLD_FORM, household_answers(communes[0]), other_tenant).record_id
    said = set()
    for household in (neighbour, foreign, uuid4()):
        with pytest.raises(AnswersRefusedError) as refused:
            send(door, CHILD_FORM, child_answers(communes[0], household), worker())
        said.add(refused.value.errors)
    assert len(said) == 1


def test_another_tenants_record_is_not_found_like_none(
    door: TenantDoor, worker: Worker, communes: tuple[int, int], household: UUID
) -> None:
    with door.tenant_session(2) as session:
        for record_id in (household, uuid4()):
            with pytest.raises(NotFoundError):
                get_record(session, HOUSEHOLD_FORM, record_id)
            with pytest.raises(NotFoundError):
                list_records(session, HOUSEHOLD_FORM, after=record_id)


def test_records_are_listed_newest_first_page_by_page(
    door: TenantDoor, worker: Worker, communes: tuple[int, int]
) -> None:
    person = worker(tenant=3)
    raw = household_answers(communes[0])
    # Two share a moment: the id decides between them, and none is lost at the edge of a page.
    moments = [NOW, NOW + timedelta(1), NOW + timedelta(1), NOW + timedelta(2)]
    for moment in moments:
        send(door, HOUSEHOLD_FORM, raw, person, now=moment)
    with door.tenant_session(3, reach=person.reach) as session:
        first = list_records(session, HOUSEHOLD_FORM, limit=2)
        second = list_records(session, HOUSEHOLD_FORM, after=first[-1].id, limit=2)
        assert list_records(session, HOUSEHOLD_FORM, after=second[-1].id) == ()
    assert [line.entered_at for line in (*first, *second)] == moments[::-1]
    assert len({line.id for line in (*first, *second)}) == 4
    assert tuple(first[0].values) == HOUSEHOLD_FORM.columns


def test_a_list_selects_no_column_that_it_does_not_show(
    door: TenantDoor, worker: Worker, household: UUID
) -> None:
    said: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(door.engine, "before_cursor_execute", listen)
    try:
        with door.tenant_session(1) as session:
            assert list_records(session, HOUSEHOLD_FORM)
    finally:
        event.remove(door.engine, "before_cursor_execute", listen)
    assert not any("head_name" in statement or "address" in statement for statement in said)


def test_a_reader_of_another_commune_sees_no_record(
    door: TenantDoor, worker: Worker, communes: tuple[int, int], household: UUID
) -> None:
    person = worker(reach=frozenset({communes[1]}))
    with door.tenant_session(1, reach=person.reach) as session:
        with pytest.raises(NotFoundError):
            get_record(session, HOUSEHOLD_FORM, household)
        assert household not in {line.id for line in list_records(session, HOUSEHOLD_FORM)}


def test_entries_and_tokens_of_another_tenant_are_not_seen(
    door: TenantDoor, worker: Worker, communes: tuple[int, int], household: UUID
) -> None:
    send(door, CHILD_FORM, child_answers(communes[0], household), worker())
    with door.tenant_session(2) as session:
        for owned in (Child.tenant_id, ChildNameToken.tenant_id, FormEntry.tenant_id):
            assert set(session.scalars(select(owned))) <= {2}
            assert not session.scalars(select(owned).where(owned == 1)).all()
