"""What a commune reports once a year, where the program holds no single records."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from core.plugin_api import Check, Fault, Field, Form, Part, Text, answer
from plugins.child_labour.forms.asked import CHILDREN, COMMUNE, count
from plugins.child_labour.models import CommuneYear
from plugins.child_labour.permissions import ENTER_TOTAL, READ_TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api import Records

_BUSINESSES = Text(vi="cơ sở, hộ", en="businesses")


def compute(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The days of the year it tells of."""
    year = answers["year"]
    return {"first_day": date(year, 1, 1), "until_day": date(year + 1, 1, 1)}


def verify(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """One for each commune and year, and none for a year that has not begun."""
    commune, year = answer("commune_id"), answer("year")
    same = commune.equals(answers["commune_id"]) & year.equals(answers["year"])
    if records.count(COMMUNE_YEAR.code, same):
        yield Fault(
            "year",
            Text(
                vi="Xã, phường, thị trấn này đã có phiếu của năm.",
                en="This commune has its form for the year already.",
            ),
        )
    if answers["year"] > records.today.year:
        yield Fault("year", Text(vi="Năm này chưa đến.", en="This year has not begun."))


def _informed(name: str, total: str, vi: str, en: str, *, suffix: Text) -> Field:
    return Field(
        name=name,
        label=Text(vi=vi, en=en),
        kind="integer",
        required=True,
        least=0,
        most=100_000,
        suffix=suffix,
        checks=(
            Check(
                answer(name).at_most(answer(total)),
                Text(vi="Số này nhiều hơn tổng số.", en="This is more than there are."),
            ),
        ),
    )


COMMUNE_YEAR = Form(
    code="child_labour.commune_year",
    number="F-LAB-6",
    title=Text(
        vi="Phiếu năm của xã: trẻ em 5–17 tuổi và truyền thông về lao động trẻ em",
        en="The commune's year: children aged 5 to 17, and who was informed",
    ),
    purpose=Text(
        vi="Ghi số trẻ em từ 5 đến 17 tuổi, số doanh nghiệp, hợp tác xã, hộ kinh doanh và số được "
        "cung cấp thông tin trong năm. Mỗi xã một phiếu một năm.",
        en="Records children aged 5 to 17, businesses, and how many were informed in the year. One "
        "for each commune and year.",
    ),
    model=CommuneYear,
    parts=(
        Part(
            Text(vi="Xã và năm", en="Commune and year"),
            (
                COMMUNE,
                Field(
                    name="year",
                    label=Text(vi="Năm", en="Year"),
                    kind="integer",
                    required=True,
                    least=2010,
                    most=2100,
                ),
            ),
        ),
        Part(
            Text(vi="Trẻ em và cơ sở", en="Children and businesses"),
            (
                count(
                    "children",
                    "Số trẻ em từ 5 đến 17 tuổi",
                    "Children aged 5 to 17",
                    most=100_000,
                    suffix=CHILDREN,
                ),
                _informed(
                    "informed_children",
                    "children",
                    "Trong đó: được cung cấp thông tin",
                    "Of these informed",
                    suffix=CHILDREN,
                ),
                count(
                    "businesses",
                    "Số doanh nghiệp, hợp tác xã, hộ kinh doanh",
                    "Businesses, cooperatives and household businesses",
                    most=100_000,
                    suffix=_BUSINESSES,
                ),
                _informed(
                    "informed_businesses",
                    "businesses",
                    "Trong đó: được cung cấp thông tin",
                    "Of these informed",
                    suffix=_BUSINESSES,
                ),
            ),
        ),
    ),
    columns=("year", "commune_id", "children", "informed_children"),
    enters=ENTER_TOTAL,
    sees=READ_TOTAL,
    compute=compute,
    verify=verify,
    source="Domain page of the programmes, §4.4 LAB-02 and LAB-12",
)
