"""Communication and training: good and bad answers, and the figures worked by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from core.events.forms import FORMS
from core.events.models import CommunicationEvent
from core.forms.checking import check_answers
from core.forms.context import FormContext
from core.kit.periods import Period
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from tests.core.register.conftest import Register

BY_CODE = {form.code.removeprefix("core."): form for form in FORMS}
CONTEXT = FormContext(
    today=date(2018, 6, 1),
    communes={1: "Đây"},
    find_child=lambda _text: None,
    find_household=lambda _text: None,
)
GOOD: dict[str, dict[str, Any]] = {
    "communication_event": {
        "title": "Tuyên truyền Luật Trẻ em",
        "topics": ["children_law", "hotline_111"],
        "event_form": "group_talk",
        "audiences": ["parent"],
        "held_on": "10/02/2018",
        "commune_id": "1",
        "place": "Nhà văn hóa",
        "n_events": "20",
        "n_sites": "20",
        "participants_total": "1.000",
        "participants_female": "600",
    },
    "communication_material": {
        "material_type": "billboard",
        "topics": ["drowning"],
        "quantity": "2",
        "commune_id": "1",
        "place": "Trụ sở UBND xã",
        "installed_on": "10/02/2018",
        "status": "in_use",
    },
    "training_class": {
        "topic": "management",
        "audience": "commune_cadre",
        "started_on": "10/02/2018",
        "commune_id": "1",
        "place": "Huyện",
        "n_classes": "2",
        "days": "3",
        "participants_total": "80",
        "participants_female": "45",
        "pre_test_percent": "40",
        "post_test_percent": "90",
    },
}
# form, what is answered instead, the field that says so, and a part of what it says
BAD = [
    ("communication_event", {"topics": []}, "topics", "Hãy chọn"),
    ("communication_event", {"event_form": "dance"}, "event_form", "Hãy chọn"),
    ("communication_event", {"n_events": "0"}, "n_events", "từ 1 trở lên"),
    ("communication_event", {"n_sites": "21"}, "n_sites", "nhiều hơn số cuộc"),
    ("communication_event", {"event_form": "school_talk"}, "school", "Hãy ghi"),
    ("communication_event", {"participants_female": "1.001"}, "participants_female", "đến 1.000"),
    ("communication_event", {"participants_children": "2000"}, "participants_children", "1.000"),
    ("communication_event", {"held_on": "10/02/2019"}, "held_on", "tương lai"),
    ("communication_event", {"results": "x" * 501}, "results", "500"),
    ("communication_event", {"commune_id": "2"}, "commune_id", "Hãy chọn"),
    ("communication_material", {"quantity": "0"}, "quantity", "từ 1 trở lên"),
    ("communication_material", {"place": ""}, "place", "Hãy ghi"),
    ("training_class", {"days": "61"}, "days", "từ 1 đến 60"),
    ("training_class", {"post_test_percent": "101"}, "post_test_percent", "từ 0 đến 100"),
    ("training_class", {"participants_total": ""}, "participants_total", "Hãy ghi"),
    ("training_class", {"audience": "cat"}, "audience", "Hãy chọn"),
]


@pytest.mark.parametrize("code", GOOD)
def test_a_good_answer_is_taken(code: str) -> None:
    assert check_answers(BY_CODE[code], GOOD[code], CONTEXT).errors == ()


@pytest.mark.parametrize(("code", "change", "field", "says"), BAD)
def test_a_bad_answer_is_refused_at_its_field(
    code: str, change: dict[str, Any], field: str, says: str
) -> None:
    errors = check_answers(BY_CODE[code], GOOD[code] | change, CONTEXT).errors
    assert [error.field for error in errors] == [field]
    assert says in errors[0].message.vi


def test_a_broadcast_reaches_more_places_than_it_is_sent() -> None:
    answers = GOOD["communication_event"] | {"event_form": "broadcast", "n_sites": "156"}
    assert check_answers(BY_CODE["communication_event"], answers, CONTEXT).errors == ()


def test_a_forum_is_reported_within_fifteen_days(register: Register) -> None:
    answers = GOOD["communication_event"] | {"commune_id": str(register.here)}
    forum = register.submit("communication_event", **answers | {"event_form": "forum"})
    other = register.submit("communication_event", **answers)
    with register.open() as session:
        due = [
            session.get_one(CommunicationEvent, (register.tenant, one)).results_due_on
            for one in (forum, other)
        ]
    assert due == [date(2018, 2, 25), None]


@pytest.fixture(scope="module")
def told(register: Register) -> Register:
    """In the second quarter of 2017 and in 2018: two batches, two classes, by hand.

    2017: 20 events with 1,000 people. 2018 so far: 1 event with 30; 80 commune officers, 45 of
    them women, and 20 collaborators of whom nobody said how many were women.
    """
    here = {"commune_id": str(register.there)}
    event = GOOD["communication_event"] | here
    register.submit("communication_event", **event | {"held_on": "10/05/2017"})
    few = {"n_events": "1", "n_sites": "1", "participants_total": "30", "participants_female": "9"}
    register.submit("communication_event", **event | few | {"held_on": "11/05/2018"})
    training = GOOD["training_class"] | here | {"started_on": "11/05/2018"}
    register.submit("training_class", **training)
    register.submit(
        "training_class",
        **training
        | {"audience": "collaborator", "participants_total": "20", "participants_female": ""},
    )
    register.submit("communication_material", **GOOD["communication_material"] | here)
    register.count()
    return register


@pytest.mark.parametrize(
    ("code", "period", "expected"),
    [
        ("COR-12", "2017-Q2", 1000),
        ("COR-12", "2018-Q2", 30),
        ("core.communication_events", "2017", 20),
        ("core.communication_events", "2018-Q2", 1),
        ("COR-13", "2018-Q2", 100),
        ("COR-13", "2017", 0),
        ("core.training_classes", "2018", 4),
        ("core.women_trained", "2018", 45),
        ("core.communication_materials", "2018-Q1", 2),
    ],
)
def test_events_and_people_are_added_up(
    told: Register, code: str, period: str, expected: int
) -> None:
    with told.open(Reach.whole_tenant()) as session:
        found = told.figures(session).figure(code, Period.parse(period).window)
    assert found.count == expected


def test_the_trained_are_told_apart_by_who_they_are(told: Register) -> None:
    with told.open(Reach.whole_tenant()) as session:
        parts = told.figures(session).by(
            "core.persons_trained", "detail", Period.parse("2018-Q2").window
        )
    assert {key: one.count for key, one in parts.items() if one.count} == {
        "commune_cadre": 80,
        "collaborator": 20,
    }
