"""Questions that several forms of the project ask alike, and what they look up alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.plugin_api import Fault, Field, Text, answer
from ngo_enhance.models import BeneficiaryChild, BeneficiaryExit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api import Option, Records

COMMUNE = Field(
    name="commune_id",
    label=Text(vi="Xã, phường, thị trấn", en="Commune"),
    kind="commune",
    required=True,
)
CHILD = Field(
    name="child_id",
    label=Text(vi="Trẻ em hưởng lợi", en="Beneficiary child"),
    kind="child",
    required=True,
    help=Text(
        vi="Tìm theo mã trẻ em; dự án chỉ thấy trẻ em đã tham gia.",
        en="Look up by code; the project sees enrolled children alone.",
    ),
)
VND = Text(vi="đồng", en="VND")
PEOPLE = Text(vi="người", en="people")


def day(name: str, vi: str, en: str, *, required: bool = True) -> Field:
    """A day that has come."""
    label = Text(vi=vi, en=en)
    return Field(name=name, label=label, kind="date", required=required, not_future=True)


def words(name: str, vi: str, en: str, *, required: bool = True, most: int = 120) -> Field:
    """A few words on a thing or a place."""
    label = Text(vi=vi, en=en)
    return Field(name=name, label=label, kind="text", required=required, max_length=most)


def choice(name: str, vi: str, en: str, options: tuple[Option, ...]) -> Field:
    """One of several, which must be chosen."""
    label = Text(vi=vi, en=en)
    return Field(name=name, label=label, kind="choice", options=options, required=True)


def count(name: str, vi: str, en: str, *, least: int = 0, suffix: Text | None = None) -> Field:
    """A number that must be given."""
    label = Text(vi=vi, en=en)
    return Field(
        name=name,
        label=label,
        kind="integer",
        required=True,
        least=least,
        most=1_000_000,
        suffix=suffix,
    )


def cost(vi: str = "Chi phí", en: str = "Cost") -> Field:
    """Money of the project, where it is known."""
    label = Text(vi=vi, en=en)
    return Field(name="cost_vnd", label=label, kind="integer", least=1, suffix=VND)


def beneficiary(records: Records, child: Any) -> Mapping[str, Any] | None:
    """The child's place in the project: the latest enrolment that it has not left since."""
    found = records.find(
        BeneficiaryChild,
        answer("child_id").equals(child) & answer("consented").equals(True),
        newest="selected_on",
        limit=1,
    )
    left = records.find(
        BeneficiaryExit, answer("child_id").equals(child), newest="left_on", limit=1
    )
    if not found or (left and left[0]["left_on"] >= found[0]["selected_on"]):
        return None
    return found[0]


def of_beneficiary(records: Records, answers: Mapping[str, Any], day_field: str) -> Iterator[Fault]:
    """The child is in the project, in this commune, on this day."""
    found = beneficiary(records, answers["child_id"])
    if found is None:
        yield Fault(
            "child_id",
            Text(
                vi="Trẻ em này không đang tham gia dự án.",
                en="This child is not in the project.",
            ),
        )
        return
    if found["commune_id"] != answers["commune_id"]:
        yield Fault(
            "commune_id",
            Text(
                vi="Trẻ em này tham gia dự án tại xã khác.",
                en="This child is in the project in another commune.",
            ),
        )
    if answers[day_field] < found["selected_on"]:
        yield Fault(
            day_field,
            Text(
                vi="Ngày này trước ngày trẻ được chọn vào dự án.",
                en="This day comes before the child was chosen.",
            ),
        )
