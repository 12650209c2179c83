"""Questions that several forms of the register ask."""

from __future__ import annotations

from core.kit.language import Text
from core.plugin_api.forms import Field

CHILD = Field(
    name="child_id",
    label=Text(vi="Trẻ em", en="Child"),
    kind="child",
    required=True,
    help=Text(
        vi="Gõ họ tên hoặc mã, ví dụ TE-7KM3Q9XA.", en="Type a name or a code such as TE-7KM3Q9XA."
    ),
)
# Where a record lies follows from the child or household, and is shown, never asked.
COMMUNE = Field(
    name="commune_id",
    label=Text(vi="Xã, phường, thị trấn", en="Commune"),
    kind="commune",
    computed=True,
)


def day(name: str, vi: str, en: str, *, required: bool = True) -> Field:
    """A day that is not in the future."""
    return Field(
        name=name, label=Text(vi=vi, en=en), kind="date", required=required, not_future=True
    )


def line(
    name: str, vi: str, en: str, *, required: bool = False, max_length: int | None = None
) -> Field:
    """A line of text."""
    return Field(
        name=name, label=Text(vi=vi, en=en), kind="text", required=required, max_length=max_length
    )
