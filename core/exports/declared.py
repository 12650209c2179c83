"""The files that programmes declare for the outside: figures as published, no person in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.exports.service import to_file, write_down
from core.exports.table import ExportTable
from core.forms.records import MOST, RecordReader
from core.indicators.disclosure.grid import Place
from core.indicators.door import declared_keys
from core.indicators.published import outside_figure
from core.kit.clock import local_date
from core.kit.language import Text
from core.kit.periods import Period
from core.plugin_api.documents import Figure, FigureState
from core.registry.calls import call_plugin
from core.registry.models import Call
from core.tenancy.models import AreaScoped, Confidential, PartlyConfidential

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from core.exports.service import Heading
    from core.exports.table import Exported, Format, Value
    from core.identity.principal import Principal
    from core.kit.language import Language
    from core.plugin_api.documents import Cell
    from core.plugin_api.exports import Export
    from core.plugin_api.figures import Breakdown
    from core.plugin_api.records import Found
    from core.plugin_api.rules import Rule
    from core.registry.catalogue import Catalogue
    from core.tenancy.session import TenantSession

    Shown = Callable[[Figure, Language], str]


@dataclass(frozen=True, slots=True)
class OutsideContext:
    """``ExportContext`` of one programme over what was published, whoever takes the file away."""

    session: TenantSession
    catalogue: Catalogue
    owner: str
    year: int
    records: RecordReader

    def indicator(self, code: str) -> Figure:
        """An indicator of the year as published."""
        return self._figure(code, "", "")

    def by(self, code: str, breakdown: Breakdown) -> Mapping[str, Figure]:
        """The same by one breakdown."""
        measures = self.catalogue.measures_of(self.catalogue.indicators[code])
        keys = declared_keys(self.catalogue.measures[measures[0]], breakdown)
        return {key: self._figure(code, breakdown, key) for key in keys}

    def lines(self, form_code: str, where: Rule) -> Sequence[Found]:
        """Records that tell of no person, of this programme alone."""
        form = self.catalogue.forms[form_code]
        if self.catalogue.owner_of[form_code] != self.owner:
            raise ValueError(f"{form_code} is a form of another programme")
        if _may_tell_of_persons(form.model):
            raise ValueError(f"{form_code} may tell of persons, which no export does")
        return self.records.find(form_code, where, limit=MOST)

    def _figure(self, code: str, breakdown: str, part: str) -> Figure:
        place = Place(Period(self.year, "year", 1), None, breakdown, part)
        return outside_figure(self.session, self.catalogue.indicators, code, place)


def export_declared(
    session: TenantSession,
    export: Export,
    chosen: Format,
    principal: Principal,
    heading: Heading,
    *,
    catalogue: Catalogue,
    year: int,
    shown: Shown,
) -> Exported:
    """The file, written down in the same transaction; ``shown`` says a figure without a number.

    Raises:
        RefusedError: the person may not take it away.
        PluginOutOfServiceError: the programme cannot write it for the moment.
    """
    principal.require(export.permission)
    today = local_date(heading.moment)
    context = OutsideContext(
        session,
        catalogue,
        catalogue.owner_of[export.code],
        year,
        RecordReader(session, principal, catalogue.forms, today, shows=True),
    )
    written = call_plugin(
        session, Call.EXPORT, export.code, _table, export, context, heading, shown
    )
    made = to_file(written, chosen)
    try:
        write_down(session, principal, made, export.code, ())
    except BaseException:
        made.file.close()
        raise
    return made


def _table(export: Export, context: OutsideContext, heading: Heading, shown: Shown) -> ExportTable:
    """The table as a list to write; no cell of it is written here, but behind the guard."""
    makes_table, language = export.write, heading.language
    table = makes_table(context)
    return ExportTable(
        title=f"{export.title.read(language)} · {context.year}",
        notes=(*heading.lines(), *([table.note.read(language)] if table.note else [])),
        columns=tuple(column.read(language) for column in table.columns),
        rows=[[_value(cell, language, shown) for cell in row] for row in table.rows],
    )


def _may_tell_of_persons(model: Any) -> bool:
    """What lies in a commune, is confidential or points to a child or household."""
    bounded = issubclass(model, AreaScoped | Confidential | PartlyConfidential)
    return bounded or not {"child_id", "household_id"}.isdisjoint(model.__table__.columns.keys())


def _value(cell: Cell, language: Language, shown: Shown) -> Value:
    """A number stays a number; what has none says why, never a zero."""
    if isinstance(cell, Text):
        return cell.read(language)
    if not isinstance(cell, Figure):
        return cell
    counted = cell.state in {FigureState.NUMBER, FigureState.NIL_RETURN}
    return cell.value if counted and cell.value is not None else shown(cell, language)


def exports_of(catalogue: Catalogue, principal: Principal) -> tuple[Export, ...]:
    """The files that this person may take away."""
    declared: Any = catalogue.exports.values()
    return tuple(one for one in declared if principal.may(one.permission))
