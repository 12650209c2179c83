"""What a commune or a sector reports once a year, where the program holds no single records."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from core.plugin_api import Check, Fault, Field, Form, Part, Text, answer
from plugins.drowning_prevention.forms.asked import COMMUNE, count, words
from plugins.drowning_prevention.models import CommuneYear
from plugins.drowning_prevention.permissions import ENTER_TOTAL, READ_TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api import Records

_SCHOOLS = Text(vi="trường", en="schools")


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


COMMUNE_YEAR = Form(
    code="drowning_prevention.commune_year",
    number="F-DRW-8",
    title=Text(
        vi="Phiếu năm của xã: hộ có trẻ em, trường học an toàn, cộng đồng an toàn",
        en="The commune's year: households, safe schools, safe community",
    ),
    purpose=Text(
        vi="Ghi số hộ có trẻ em, số trường học và kết quả công nhận trường học an toàn, cộng đồng "
        "an toàn của xã trong năm. Mỗi xã một phiếu một năm.",
        en="Records households with children, schools, and what was recognised as safe in the "
        "year. One for each commune and year.",
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
                count(
                    "households",
                    "Số hộ có trẻ em",
                    "Households with children",
                    least=0,
                    most=100_000,
                    suffix=Text(vi="hộ", en="households"),
                ),
            ),
        ),
        Part(
            Text(vi="Trường học an toàn, cộng đồng an toàn", en="Safe schools, safe community"),
            (
                count(
                    "schools",
                    "Số trường học, cơ sở giáo dục mầm non",
                    "Schools and kindergartens",
                    least=0,
                    most=200,
                    suffix=_SCHOOLS,
                ),
                Field(
                    name="safe_schools",
                    label=Text(
                        vi="Trong đó: đạt trường học an toàn", en="Recognised as safe schools"
                    ),
                    kind="integer",
                    required=True,
                    least=0,
                    most=200,
                    suffix=_SCHOOLS,
                    checks=(
                        Check(
                            answer("safe_schools").at_most(answer("schools")),
                            Text(
                                vi="Số trường đạt nhiều hơn tổng số trường.",
                                en="More safe schools than schools.",
                            ),
                        ),
                    ),
                ),
                Field(
                    name="safe_community",
                    label=Text(
                        vi="Xã được công nhận cộng đồng an toàn",
                        en="Recognised as a safe community",
                    ),
                    kind="yes_no",
                    required=True,
                ),
                words(
                    "decision_no",
                    "Số quyết định công nhận",
                    "Number of the decision",
                    required=False,
                    most=40,
                ),
            ),
        ),
    ),
    columns=("year", "commune_id", "households", "safe_community"),
    enters=ENTER_TOTAL,
    sees=READ_TOTAL,
    compute=compute,
    verify=verify,
    source="Domain page of the programmes, §3.4 DRW-09, DRW-13 and §3.6 (totals of the sectors)",
)
