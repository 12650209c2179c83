"""The card, one form, one measure, one indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import (
    Count,
    DataClass,
    Field,
    Form,
    Indicator,
    Measure,
    Part,
    PluginInfo,
    RoleRights,
    Text,
    hookimpl,
)
from growing.models import Talk

if TYPE_CHECKING:
    from collections.abc import Sequence

PLUGIN = PluginInfo(
    key="growing",
    version="2.0.0",
    name=Text(vi="Nói chuyện với cha mẹ", en="Talks with parents"),
    purpose=Text(vi="Để kiểm thử việc nâng cấp.", en="For tests of upgrades."),
    legal_basis=("Không có",),
    owner="An Nhi",
    contact="README.md",
    api=">=1.2,<2",
    highest_class=DataClass.INTERNAL,
)
ENTER, READ = "growing.talk.enter", "growing.talk.read"

TALK = Form(
    code="growing.talk",
    number="F-GRW-1",
    title=Text(vi="Buổi nói chuyện", en="Talk"),
    purpose=Text(vi="Để kiểm thử việc nâng cấp.", en="For tests of upgrades."),
    model=Talk,
    parts=(
        Part(
            Text(vi="Buổi nói chuyện", en="The talk"),
            (
                Field(name="held_on", label=Text("Ngày", "Day"), kind="date", required=True),
                Field(
                    name="commune_id", label=Text("Xã", "Commune"), kind="commune", required=True
                ),
                Field(
                    name="parents",
                    label=Text("Số cha mẹ", "Parents"),
                    kind="integer",
                    required=True,
                ),
                Field(
                    name="fathers",
                    label=Text("Trong đó: cha", "Of these, fathers"),
                    kind="integer",
                    required=True,
                    since=2,
                ),
            ),
        ),
    ),
    columns=("held_on", "commune_id", "parents"),
    enters=ENTER,
    sees=READ,
    editable=True,
    version=2,
)


@hookimpl
def forms() -> Sequence[Form]:
    """The talk."""
    return (TALK,)


@hookimpl
def measures() -> Sequence[Measure]:
    """Parents who came."""
    return (
        Measure(
            code="growing.parents",
            name=Text(vi="Số cha mẹ tham dự", en="Parents who came"),
            model=Talk,
            kind="flow",
            date="held_on",
            sums="parents",
            source="F-GRW-1",
        ),
    )


@hookimpl
def indicators() -> Sequence[Indicator]:
    """GRW-01."""
    return (
        Indicator(
            code="GRW-01",
            name=Text(vi="Số cha mẹ tham dự", en="Parents who came"),
            definition=Text(vi="Tổng số cha mẹ tham dự trong kỳ.", en="All parents who came."),
            unit=Text(vi="người", en="people"),
            direction="up",
            frequency=("Q", "H", "Y"),
            formula=Count("growing.parents"),
            source="F-GRW-1",
        ),
    )


@hookimpl
def roles() -> Sequence[RoleRights]:
    """Who enters and reads."""
    return (RoleRights("commune_worker", frozenset({ENTER, READ})),)
