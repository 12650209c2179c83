"""What the programme takes up of others. Source: domain page of the programmes, §1.12 and §4.7.

The worst forms are in no record of this programme: they become a case of core's own (see
``forms.worst_forms``), and nothing is left here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, or_

from core.plugin_api import Takes, Text
from plugins.child_labour.models import LabourCase, WorkScreening
from plugins.child_labour.permissions import READ

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from core.plugin_api import Given, Moment


def _screened(_moment: Moment, given: Given) -> ColumnElement[bool]:
    """The child was screened since it left school, or is in a case."""
    screened = exists().where(
        WorkScreening.child_id == given.child_id, WorkScreening.screened_on >= given.since
    )
    in_case = exists().where(
        LabourCase.child_id == given.child_id, LabourCase.opened_on >= given.since
    )
    return or_(screened, in_case)


HANDOVERS = (
    Takes(
        code="child_labour.dropout_unscreened",
        of="core.left_school",
        title=Text(
            vi="Trẻ em bỏ học chưa được rà soát lao động trẻ em",
            en="A child left school and was not screened for labour",
        ),
        tone="warning",
        acts=(READ,),
        opens="child_labour.screening",
        answered=_screened,
        within="screening_days",
        settings={"screening_days": 14},  # design of the page
        source="programmes §4.7",
    ),
)
