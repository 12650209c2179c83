"""Questions that several forms of the programme ask alike."""

from __future__ import annotations

from core.plugin_api import Field, Text

COMMUNE = Field(
    name="commune_id",
    label=Text(vi="Xã, phường, thị trấn", en="Commune"),
    kind="commune",
    required=True,
)
HAMLET = Field(name="hamlet_id", label=Text(vi="Khóm, ấp, thôn, bản", en="Hamlet"), kind="hamlet")
CHILDREN = Text(vi="trẻ", en="children")


def day(name: str, vi: str, en: str) -> Field:
    """A day that must be given and has come."""
    return Field(name=name, label=Text(vi=vi, en=en), kind="date", required=True, not_future=True)


def words(name: str, vi: str, en: str, *, required: bool = True, most: int = 120) -> Field:
    """A few words on a thing or a place."""
    label = Text(vi=vi, en=en)
    return Field(name=name, label=label, kind="text", required=required, max_length=most)


def count(name: str, vi: str, en: str, *, least: int, most: int, suffix: Text) -> Field:
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
