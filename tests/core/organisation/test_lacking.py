"""What a commune lacks, by hand: the one here has everything, the one there nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.forms.errors import AnswersRefusedError
from core.organisation import lacking
from core.profiles.models import ProfileSetting, TenantProfile
from tests.core.organisation.test_forms import GOOD

if TYPE_CHECKING:
    from tests.core.register.conftest import Register

DAY, BEFORE = date(2018, 6, 1), date(2017, 12, 31)


@pytest.fixture(scope="module")
def two(register: Register) -> tuple[int, int]:
    """Here are a worker, a board and two collaborators of whom one left; two are planned."""
    here = {"commune_id": str(register.here)}
    register.submit("staff_post", **GOOD["staff_post"] | here)
    register.submit("committee", **GOOD["committee"] | here)
    person = GOOD["collaborator"] | here
    register.submit("collaborator", **person)
    gone = {"full_name": "Ngô Thị Sáu", "to_date": "01/03/2018", "end_reason": "Chuyển đi"}
    register.submit("collaborator", **person | gone)
    with register.open() as session:
        profile = TenantProfile(code="p", valid_from=date(2017, 1, 1), legal_basis=[], source="t")
        session.add(profile)
        session.flush()
        setting = ProfileSetting(
            profile_id=profile.id,
            code="network.collaborators_per_commune",
            value_type="integer",
            value="2",
        )
        session.add(setting)
    return register.here, register.there


def test_a_commune_without_a_worker_or_a_committee_is_named(
    register: Register, two: tuple[int, int]
) -> None:
    with register.open() as session:
        assert lacking.without_worker(session, two, DAY) == (register.there,)
        assert lacking.without_committee(session, two, DAY) == (register.there,)
        assert lacking.without_worker(session, two, BEFORE) == two


def test_too_few_collaborators_are_counted_beside_the_number_of_the_province(
    register: Register, two: tuple[int, int]
) -> None:
    with register.open() as session:
        assert lacking.with_few_collaborators(session, two, DAY) == {
            register.here: 1,
            register.there: 0,
        }
        in_february = lacking.with_few_collaborators(session, two, date(2018, 2, 1))
        assert in_february == {register.there: 0}


def test_a_province_without_a_number_is_told_of_nothing(
    register: Register, two: tuple[int, int]
) -> None:
    with register.open() as session:
        assert lacking.collaborators_planned(session, date(2016, 1, 1)) is None
        assert lacking.with_few_collaborators(session, two, date(2016, 1, 1)) == {}


def test_one_person_collaborates_once_in_a_hamlet(register: Register, two: tuple[int, int]) -> None:
    again = GOOD["collaborator"] | {"commune_id": str(two[0]), "full_name": "lê văn  tư"}
    with pytest.raises(AnswersRefusedError) as refused:
        register.submit("collaborator", **again)
    assert [error.field for error in refused.value.errors] == ["full_name"]
    register.submit("collaborator", **again | {"hamlet": "Ấp Hai"})
