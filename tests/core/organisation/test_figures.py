"""The network's figures, worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from core.areas.models import PROVINCE
from core.areas.repository import ancestors, communes_of
from core.kit.periods import Period
from core.profiles.models import TenantProfile
from core.tenancy.reach import Reach
from tests.core.organisation.test_forms import GOOD

if TYPE_CHECKING:
    from tests.core.register.conftest import Register

# kind, status, opened, paused or closed from
POINTS = [
    ("school_sw_point", "active", "01/03/2017", ""),
    ("school_sw_point", "active", "10/01/2018", ""),
    ("school_sw_point", "closed", "01/03/2016", "01/02/2018"),
    ("school_sw_point", "planned", "", ""),
    ("hospital_sw_model", "active", "05/05/2018", ""),
    ("centre_sw_model", "paused", "05/05/2017", "05/05/2018"),
    ("trusted_address", "active", "05/05/2018", ""),
]


@pytest.fixture(scope="module")
def network(register: Register) -> Register:
    """Seven points, two collaborators of whom one left, two posts of communes, one of a district.

    At the end of 2017: two school points (the first and the third), no hospital model and one of
    a centre. At the end of 2018: two school points (the first two), one model (the hospital's).
    """
    for kind, status, opened, stopped in POINTS:
        register.submit(
            "service_point",
            **GOOD["service_point"]
            | {
                "commune_id": str(register.here),
                "point_type": kind,
                "status": status,
                "opened_on": opened,
                "inactive_from": stopped,
            },
        )
    person = GOOD["collaborator"] | {"commune_id": str(register.here)}
    register.submit("collaborator", **person)
    register.submit(
        "collaborator",
        **person | {"full_name": "Ngô Thị Sáu", "from_date": "02/01/2017"},
        to_date="01/04/2018",
        end_reason="Chuyển nơi ở",
    )
    post = GOOD["staff_post"] | {"commune_id": str(register.here)}
    register.submit("staff_post", **post)
    register.submit("staff_post", **post | {"post_type": "social_officer"})
    register.submit("staff_post", **post | {"level": "district"})
    for commune in (register.here, register.here, register.there):
        register.submit(
            "service_point",
            **GOOD["service_point"]
            | {"point_type": "community_system", "commune_id": str(commune)},
        )
    for commune, standard, ended in (
        (register.here, "2014", ""),
        (register.here, "2019", ""),
        (register.there, "2014", "01/05/2018"),
    ):
        register.submit(
            "commune_recognition",
            **GOOD["commune_recognition"]
            | {"commune_id": str(commune), "standard": standard, "ended_on": ended},
        )
    with register.open() as session:
        province = next(a.id for a in ancestors(session, register.here) if a.level == PROVINCE)
        profile = TenantProfile(
            code="p", valid_from=date(2017, 1, 1), area_id=province, legal_basis=[], source="test"
        )
        session.add(profile)
    register.count()
    return register


@pytest.mark.parametrize(
    ("code", "year", "expected"),
    [
        ("COR-08", "2017", 2),
        ("COR-08", "2018", 2),
        ("COR-09", "2017", 1),
        ("COR-09", "2018", 1),
        ("COR-05", "2017", 0),
        ("COR-05", "2018", 1),
        ("COR-07", "2018", 2),
        ("core.service_points", "2018", 7),
        ("core.friendly_communes", "2018-Q1", 3),
        ("core.friendly_communes", "2018", 2),
        ("core.collaborators", "2017", 1),
        ("core.collaborators", "2018-Q1", 2),
        ("core.collaborators", "2018", 1),
        ("core.commune_posts", "2018", 2),
        ("core.commune_posts", "2017", 0),
    ],
)
def test_what_is_there_at_the_end_of_a_period(
    network: Register, code: str, year: str, expected: int
) -> None:
    with network.open(Reach.whole_tenant()) as session:
        figure = network.figures(session).figure(code, Period.parse(year).window)
    assert figure.count == expected


def test_collaborators_are_divided_by_all_communes_of_the_province(network: Register) -> None:
    """COR-06: one collaborator is left at the end of 2018, two were there in its first quarter."""
    with network.open(Reach.whole_tenant()) as session:
        province = ancestors(session, network.here)[-1].id
        communes = len(communes_of(session, province, date(2018, 12, 31)))
        door = network.figures(session)
        values = [door.indicator("COR-06", Period.parse(p).window) for p in ("2018-Q1", "2018")]
    assert [v.value for v in values] == [Decimal(2) / communes, Decimal(1) / communes]
    assert communes > 1


def test_a_commune_recognised_by_two_standards_is_one_friendly_commune(network: Register) -> None:
    """COR-04: two communes in the first quarter of 2018; one lost it in May."""
    with network.open(Reach.whole_tenant()) as session:
        province = ancestors(session, network.here)[-1].id
        communes = len(communes_of(session, province, date(2018, 12, 31)))
        door = network.figures(session)
        values = [door.indicator("COR-04", Period.parse(p).window) for p in ("2018-Q1", "2018")]
    assert [(v.numerator, v.denominator) for v in values] == [(2, communes), (1, communes)]
