"""Trying a plugin's declarations without a database: answers to a form, figures to a section."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.forms.checking import check_answers
from core.forms.context import FormContext
from core.forms.lookups import NoLookups
from core.kit.clock import SystemClock
from core.plugin_api.documents import Figure, FigureState, Paragraph, Table
from core.plugin_api.figures import AGE_BANDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.kit.language import Text
    from core.plugin_api.documents import Block
    from core.plugin_api.figures import Breakdown, Measure
    from core.plugin_api.forms import Form
    from core.plugin_api.values import ReportSection

COMMUNE_ID = 1
SEXES = ("male", "female")
_YEAR = 2018


def fields_at_fault(form: Form, answers: Mapping[str, Any]) -> set[str]:
    """The fields at which the form would refuse these answers; empty when it takes them.

    The commune is answered for you where the form asks for one; every child is known.
    """
    communes = {f.name: str(COMMUNE_ID) for f in form.fields if f.kind == "commune"}
    context = FormContext(
        today=SystemClock().today(),
        communes={COMMUNE_ID: "Xã Một"},
        find_child=_identifier,
        find_household=_identifier,
        lookups=_EveryRecord(),
    )
    return {fault.field for fault in check_answers(form, communes | dict(answers), context).errors}


@dataclass
class GivenFigures:
    """A ``SectionContext`` whose figures are given; what is not given is in the state ``other``.

    ``asked`` collects the codes of measures and indicators that the section asks for.
    """

    figures: Mapping[str, int] = field(default_factory=dict)
    other: FigureState = FigureState.NIL_RETURN
    measures: Iterable[Measure] = ()
    has_districts: bool = True
    year: int = _YEAR
    asked: set[str] = field(default_factory=set)

    def indicator(self, code: str, *, last_year: bool = False) -> Figure:
        """An indicator."""
        del last_year
        return self._figure(code)

    def measure(
        self,
        code: str,
        *,
        last_year: bool = False,
        sex: str | None = None,
        age_band: str | None = None,
        detail: str | None = None,
    ) -> Figure:
        """A measure, or a cell of it."""
        del last_year, sex, age_band, detail
        return self._figure(code)

    def by(
        self, code: str, breakdown: Breakdown, *, last_year: bool = False
    ) -> Mapping[str, Figure]:
        """Every declared cell of a breakdown."""
        del last_year
        figure = self._figure(code)
        return dict.fromkeys(self._keys(code, breakdown), figure)

    def by_commune(self, code: str) -> Mapping[str, Figure]:
        """One commune with the whole figure."""
        return {"Xã Một": self._figure(code)}

    def planned(self, activity_code: str) -> int | None:
        """The planned quantity of an activity, where it was given."""
        return self.figures.get(activity_code)

    def _keys(self, code: str, breakdown: Breakdown) -> tuple[str, ...]:
        if breakdown == "sex":
            return SEXES
        if breakdown == "age_band":
            return tuple(band for _, _, band in AGE_BANDS)
        options = (m.detail_options for m in self.measures if m.code == code)
        return tuple(option.value for option in next(options, ()))

    def _figure(self, code: str) -> Figure:
        self.asked.add(code)
        if code in self.figures:
            return Figure(code, FigureState.NUMBER, Decimal(self.figures[code]))
        return Figure(code, self.other)


def words_of(section: ReportSection, figures: Mapping[str, int]) -> str:
    """Everything a section says in Vietnamese when the figures are these."""
    blocks = section.write(GivenFigures(figures))
    return "\n".join(text.vi for text in texts_of(blocks))


def texts_of(blocks: Iterable[Block]) -> Iterable[Text]:
    """Every text of a section, in order; a table's cells that are texts too."""
    for block in blocks:
        if isinstance(block, Table):
            yield block.caption
            yield from block.columns
            yield from (cell for row in block.rows for cell in row if hasattr(cell, "vi"))  # type: ignore[misc]  # texts alone
            if block.note is not None:
                yield block.note
        elif isinstance(block, Paragraph):
            yield block.text
        else:
            yield block.text


class _EveryRecord(NoLookups):
    """Every hamlet and record with an id is there; hamlets lie in the commune."""

    def find_hamlet(self, text: str, _commune: object = None) -> UUID | None:
        """The id itself."""
        return _identifier(text)

    def commune_of(self, _hamlet_id: UUID) -> int | None:
        """The one commune."""
        return COMMUNE_ID

    def find_record(self, _form_code: str, text: str) -> UUID | None:
        """The id itself."""
        return _identifier(text)


def _identifier(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
