"""A form with every kind of field, and people who enter forms."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import select

from core.areas.models import COMMUNE, Area
from core.areas.repository import exists_on
from core.forms.context import FormContext
from core.identity.principal import Principal
from core.kit.language import Text
from core.plugin_api.forms import Check, Field, Form, Option, Part
from core.plugin_api.rules import TODAY, answer
from core.register.contribution import ROLES
from core.register.models import Child
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.testing.database import TestDatabase

TODAY_IS = date(2018, 6, 1)
CHILD = UUID("11111111-1111-4111-8111-111111111111")
HOUSEHOLD = UUID("22222222-2222-4222-8222-222222222222")


def words(text: str) -> Text:
    return Text(vi=text, en=text)


FIELDS = (
    Field(name="title", label=words("Tiêu đề"), kind="text", required=True, max_length=20),
    Field(name="story", label=words("Nội dung"), kind="textarea"),
    Field(name="count", label=words("Số lượng"), kind="integer", least=0, most=100),
    Field(
        name="girls",
        label=words("Số nữ"),
        kind="integer",
        most=answer("count"),
        checks=(Check(answer("girls").at_most(answer("count")), words("Nữ nhiều hơn tổng số.")),),
    ),
    Field(name="on", label=words("Ngày"), kind="date", required=True, not_future=True),
    Field(name="until", label=words("Đến ngày"), kind="date", least=answer("on"), most=TODAY),
    Field(name="at", label=words("Thời điểm"), kind="datetime", not_future=True),
    Field(
        name="cause",
        label=words("Nguyên nhân"),
        kind="choice",
        required=True,
        options=(Option("drowning", words("Đuối nước")), Option("fall", words("Ngã"))),
    ),
    Field(
        name="water",
        label=words("Loại nước"),
        kind="choice",
        required=True,
        relevant=answer("cause").equals("drowning"),
        options=(Option("river", words("Sông")), Option("pond", words("Ao"))),
    ),
    Field(
        name="depth",
        label=words("Độ sâu"),
        kind="integer",
        required=answer("water").equals("river"),
        relevant=answer("water").answered(),
    ),
    Field(
        name="needs",
        label=words("Nhu cầu"),
        kind="choices",
        options=(Option("food", words("Ăn")), Option("school", words("Học"))),
    ),
    Field(name="safe", label=words("An toàn"), kind="yes_no"),
    Field(name="commune_id", label=words("Xã"), kind="commune", required=True),
    Field(name="child_id", label=words("Trẻ em"), kind="child"),
    Field(name="household_id", label=words("Hộ"), kind="household"),
    Field(name="score", label=words("Điểm"), kind="integer", computed=True),
)


@pytest.fixture
def form() -> Form:
    """Every kind of field; over a model that the checks never touch."""
    return Form(
        code="test.every_kind",
        number="F-1",
        title=words("Phiếu thử"),
        purpose=words("Thử mọi loại câu hỏi."),
        model=Child,
        parts=(Part(words("Phần một"), FIELDS[:7]), Part(words("Phần hai"), FIELDS[7:])),
        columns=("count",),
        enters="test.every_kind.enter",
        sees="test.every_kind.read",
        compute=lambda answers: {"score": (answers["count"] or 0) + 1},
    )


@pytest.fixture
def context() -> FormContext:
    """One day, two communes, one child and one household."""
    return FormContext(
        today=TODAY_IS,
        communes={101: "Xã Một", 102: "Xã Hai"},
        find_child=lambda text: CHILD if text in {"TE-AAAAAAAA", str(CHILD)} else None,
        find_household=lambda text: HOUSEHOLD if text == "HO-AAAAAAAA" else None,
    )


@pytest.fixture
def right() -> dict[str, object]:
    """Answers as a page sends them, with nothing wrong."""
    return {
        "title": "Một việc",
        "on": "31/05/2018",
        "cause": "fall",
        "commune_id": "101",
    }


@pytest.fixture(scope="module")
def communes(database: TestDatabase) -> tuple[int, int]:
    """Two real communes of the day."""
    with database.owner.connect() as connection:
        statement = (
            select(Area.id).where(Area.level == COMMUNE, exists_on(TODAY_IS)).order_by(Area.id)
        )
        first, second = connection.scalars(statement.limit(2))
    return first, second


@pytest.fixture
def worker(communes: tuple[int, int]) -> Callable[..., Principal]:
    """Makes a person with a role of core, bound to the first commune unless said otherwise."""

    def make(
        tenant: int = 1,
        role: str = "commune_worker",
        reach: frozenset[int] | None = frozenset({communes[0]}),
        account: int = 1,
    ) -> Principal:
        given = [rights.permissions for rights in ROLES if rights.role == role]
        return Principal(
            account_id=UUID(int=account),
            tenant_id=tenant,
            tenant_slug="tinh_mot",
            display_name="Cán bộ",
            roles=(role,),
            permissions=frozenset().union(*given),
            reach=Reach(communes=reach),
        )

    return make
