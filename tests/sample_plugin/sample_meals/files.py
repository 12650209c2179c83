"""A file for the outside: the meals of a year as published, and nobody's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import Export, Table, Text
from sample_meals.figures import MEALS_SERVED
from sample_meals.permissions import READ

if TYPE_CHECKING:
    from core.plugin_api import ExportContext


def write(context: ExportContext) -> Table:
    """One row: the indicator of the year."""
    return Table(
        caption=Text(vi="Suất ăn trong năm", en="Meals of the year"),
        columns=(Text(vi="Năm", en="Year"), Text(vi="Số suất ăn", en="Meals")),
        rows=((str(context.year), context.indicator(MEALS_SERVED)),),
    )


MEALS_FILE = Export(
    code="sample_meals.meals_of_the_year",
    title=Text(vi="Suất ăn trong năm", en="Meals of the year"),
    purpose=Text(vi="Gửi nhà tài trợ.", en="For the donor."),
    permission=READ,
    write=write,
)
