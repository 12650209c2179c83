"""Questions that several forms of the programme ask alike."""

from __future__ import annotations

from core.plugin_api import Field, Text

COMMUNE = Field(
    name="commune_id",
    label=Text(vi="Xã, phường, thị trấn", en="Commune"),
    kind="commune",
    required=True,
)
CASE = Field(
    name="labour_case_id",
    label=Text(vi="Ca", en="Case"),
    kind="record",
    of="child_labour.case",
    required=True,
)
VND = Text(vi="đồng", en="VND")
PEOPLE = Text(vi="người", en="people")
CHILDREN = Text(vi="trẻ", en="children")


def day(name: str, vi: str, en: str, *, required: bool = True) -> Field:
    """A day that has come."""
    label = Text(vi=vi, en=en)
    return Field(name=name, label=label, kind="date", required=required, not_future=True)


def words(name: str, vi: str, en: str, *, required: bool = True, most: int = 120) -> Field:
    """A few words on a thing or a place."""
    label = Text(vi=vi, en=en)
    return Field(name=name, label=label, kind="text", required=required, max_length=most)


def count(name: str, vi: str, en: str, *, most: int, suffix: Text, least: int = 0) -> Field:
    """A number that must be given."""
    return Field(
        name=name,
        label=Text(vi=vi, en=en),
        kind="integer",
        required=True,
        least=least,
        most=most,
        suffix=suffix,
    )
