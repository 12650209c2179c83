"""The plugin's section of a periodic report: one sentence and the table it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import FigureState, Paragraph, ReportSection, Table, Text
from sample_meals.figures import MEALS, MEALS_SERVED
from sample_meals.forms import PLACES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.plugin_api import Block, Figure, SectionContext


def write(context: SectionContext) -> Sequence[Block]:
    """Every number comes from the context, so that it can be opened where it stands."""
    by_place = context.by(MEALS, "detail")
    rows = tuple((place.label, by_place[place.value]) for place in PLACES)
    return (
        _sentence(context.indicator(MEALS_SERVED)),
        Table(
            caption=Text(vi="Số suất ăn theo địa điểm", en="Meals by place"),
            columns=(Text(vi="Địa điểm", en="Place"), Text(vi="Số suất ăn", en="Meals")),
            rows=rows,
        ),
    )


SECTION = ReportSection(
    code="sample_meals.section",
    title=Text(vi="Bữa ăn của trẻ em (chương trình mẫu)", en="Children's meals (sample)"),
    write=write,
    order=900,
)


def _sentence(figure: Figure) -> Paragraph:
    if figure.state not in {FigureState.NUMBER, FigureState.NIL_RETURN}:
        return Paragraph(
            Text(
                vi="Chưa có số liệu về bữa ăn của trẻ em trong kỳ.",
                en="There is no figure on children's meals for the period.",
            ),
            (figure,),
        )
    said = Text(
        vi="Trong kỳ đã phát {meals} suất ăn cho trẻ em.",
        en="In the period, meals served to children: {meals}.",
    )
    return Paragraph(said.fill(meals=figure.count), (figure,))
