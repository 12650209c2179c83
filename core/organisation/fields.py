"""Questions that the forms about bodies, plans, money and events ask."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.kit.language import Text
from core.plugin_api.forms import Check, Field
from core.plugin_api.rules import answer

if TYPE_CHECKING:
    from core.register.options import Choices

COMMUNE = Field(
    name="commune_id",
    label=Text(vi="Xã, phường, thị trấn", en="Commune"),
    kind="commune",
    required=True,
)
SEAT = Field(
    name="commune_id",
    label=Text(vi="Xã, phường, thị trấn nơi đặt trụ sở", en="Commune of the seat"),
    kind="commune",
    required=True,
    help=Text(
        vi="Với cấp huyện, cấp tỉnh: chọn xã, phường, thị trấn nơi cơ quan đóng.",
        en="For a district or the province: the commune in which the office stands.",
    ),
)


def fixed(field: Field) -> Field:
    """The same question, whose answer is not corrected later: other records rest on it."""
    return replace(field, fixed=True)


def choice(name: str, vi: str, en: str, of: Choices) -> Field:
    """One of a closed list, always asked."""
    return Field(
        name=name, label=Text(vi=vi, en=en), kind="choice", required=True, options=of.options
    )


def count(
    name: str, vi: str, en: str, *, required: bool = False, suffix: Text | None = None
) -> Field:
    """A whole number, not below zero."""
    return Field(
        name=name,
        label=Text(vi=vi, en=en),
        kind="integer",
        required=required,
        least=0,
        suffix=suffix,
    )


def until(name: str, since: str, vi: str, en: str) -> Field:
    """The day from which something is over; not before it began."""
    return Field(
        name=name,
        label=Text(vi=vi, en=en),
        kind="date",
        checks=(
            Check(
                answer(name).at_least(answer(since)),
                Text(
                    vi="Ngày kết thúc không được trước ngày bắt đầu.",
                    en="The end cannot lie before the beginning.",
                ),
            ),
        ),
    )
