"""The plugin tried: generated records through its forms, two provinces, on and off, counted."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from core.authoring.checks.hooks import fingerprint, implementation, watched
from core.authoring.finding import Finding
from core.authoring.guard import guarded
from core.exports.declared import OutsideContext
from core.forms.errors import AnswersRefusedError
from core.forms.records import RecordReader
from core.forms.service import get_record, list_records
from core.indicators.count import verify
from core.indicators.door import FigureDoor
from core.kit.clock import SystemClock
from core.kit.errors import NotFoundError, PlatformError
from core.kit.language import Text
from core.kit.periods import Period
from core.plugin_api.values import Made, RecordView, Submission
from core.registry.enablement import enabled_keys, switch_off, switch_on
from core.registry.switching import RecordCounter
from core.reports.section_context import LiveContext
from core.reports.source import nothing_planned
from core.tenancy.reach import Reach
from core.testing.plugins import DAY, YEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from core.authoring.subject import Tried
    from core.plugin_api.exports import Export
    from core.plugin_api.forms import Form
    from core.tenancy.session import TenantSession

HERE, THERE = 1, 2
_MOST_OF_A_FORM = 40
_SECONDS = 20.0
_WINDOW = Period.parse(str(YEAR)).window


def records(tried: Tried) -> Iterator[Finding]:
    """Generated records: seeded, for every form, and taken by the forms of both provinces."""
    hook = implementation(tried.declared.loaded, "demo_records")
    made: list[Submission] = []
    if hook is not None:
        seen = guarded(partial(_generated, tried, hook), deadline=_SECONDS)
        yield from watched("hook demo_records", "demo", seen, "Draw on the world alone.")
        if seen.value is None:
            return
        made = seen.value
        if fingerprint(made) != fingerprint(_generated(tried, hook)):
            wrong = "gave other records for the same seed."
            yield Finding(
                "demo.chance", "hook demo_records", wrong, "Draw from world.random alone."
            )
    own = {form.code for form in tried.declared.given.forms}
    for code in sorted(own - {one.form_code for one in made}):
        wrong = "has no generated record, so that isolation cannot be tried."
        yield Finding("demo.none", code, wrong, "Give some in the hook demo_records.")
    strange = sorted({one.form_code for one in made} - own - _of_required(tried))
    for code in strange:
        wrong = "is no form of this plugin, nor of one that it requires."
        yield Finding("demo.form", code, wrong, "Correct the code.")
    if not strange:
        yield from _entered(tried, _some(made))


def isolation(tried: Tried) -> Iterator[Finding]:
    """What one province entered is not there for the other: not by id, in a list, or in a total."""
    forms = {form.code: form for form in tried.declared.given.forms}
    with tried.world.door.tenant_session(THERE, reach=Reach.counting()) as session:
        for code, record in tried.entered.get(HERE, ()):
            if _is_there(session, forms[code], record):
                yield _leak(code, "opens a record of another province.")
        theirs = {record for _, record in tried.entered.get(HERE, ())}
        for code, form in forms.items():
            if theirs & {line.id for line in list_records(session, form)}:
                yield _leak(code, "lists records of another province.")
            if session.total(form.model) != _kept(tried, form):
                yield _leak(code, "counts other records than the province's own.")


def _kept(tried: Tried, form: Form) -> int:
    """How many rows the second province has, by a login that no policy bounds."""
    model: Any = form.model
    table = model.__table__
    there = select(func.count()).select_from(table).where(table.c.tenant_id == THERE)
    with tried.database.admin.connect() as judge:
        return judge.scalar(there) or 0


def figures(tried: Tried) -> Iterator[Finding]:
    """Everything is counted, derived and written from what was entered."""
    catalogue = tried.world.registry.catalogue
    try:
        tried.world.count(HERE)
    except (PlatformError, DBAPIError) as error:
        yield Finding("figures.count", tried.key, f"{_told(error)}", "Correct the measures.")
        return
    with tried.world.door.tenant_session(HERE, reach=Reach.counting()) as session:
        if verify(session, catalogue.measures.values()):
            wrong = "counts differ from a count from scratch."
            yield Finding("figures.count", tried.key, wrong, "Correct the measures.")
        door = FigureDoor(session, catalogue)
        for indicator in tried.declared.given.indicators:
            seen = guarded(partial(_value, door, indicator.code), deadline=_SECONDS)
            yield from watched(indicator.code, "figures", seen, "Correct the formula.")
        yield from _worked(tried, door)
        live = LiveContext(door, _WINDOW, has_districts=True, planned=nothing_planned)
        for section in tried.declared.given.report_sections:
            seen_section = guarded(partial(_written, section.write, live), deadline=_SECONDS)
            yield from watched(section.code, "report", seen_section, "Ask for what is declared.")
        for export in tried.declared.given.exports:
            seen_export = guarded(partial(_exported, tried, session, export), deadline=_SECONDS)
            yield from watched(export.code, "export", seen_export, "Ask for what is declared.")


def events(tried: Tried) -> Iterator[Finding]:
    """Events may be told twice; they ask for jobs that the plugin declares."""
    hook = implementation(tried.declared.loaded, "on_record_saved")
    if hook is None:
        return
    context = _Event()
    for code, record in tried.entered.get(HERE, ())[:3]:
        view = RecordView(code, record, DAY)
        for _ in range(2):
            seen = guarded(partial(hook, context=context, record=view))
            yield from watched("hook on_record_saved", "events", seen, "Ask core for a job.")
    declared = {job.code for job in tried.declared.given.jobs}
    for code in sorted(context.asked - declared):
        wrong = f"asks for the job {code}, which is not declared."
        yield Finding("events.job", "hook on_record_saved", wrong, "Declare it in the hook jobs.")


def switching(tried: Tried) -> Iterator[Finding]:
    """Off and on again: while off it is not there, afterwards every record is as before."""
    yield from _asked_before_off(tried)
    world, key = tried.world, tried.key
    before = _rows(tried)
    now = SystemClock().now()
    with world.door.tenant_session(HERE) as session:
        switch_off(session, world.registry, key, at=now)
    with world.door.tenant_session(HERE) as session:
        if key in enabled_keys(session, now):
            wrong = "is still on after it was switched off."
            yield Finding("switching.off", key, wrong, "Tell us: this is core's work.")
    with world.door.tenant_session(HERE) as session:
        switch_on(session, world.registry, key, at=SystemClock().now())
    if _rows(tried) != before:
        wrong = "records changed while the programme was off."
        yield Finding("switching.lost", key, wrong, "Take triggers out of the migrations.")


CHECKS: tuple[Callable[[Tried], Iterator[Finding]], ...] = (
    records,
    isolation,
    figures,
    events,
    switching,
)


class _Event:
    """An ``EventContext`` that keeps which jobs were asked for."""

    tenant_slug = "tinh_mot"

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def enqueue(self, job_code: str, *_identifiers: str) -> None:
        """Keep the code."""
        self.asked.add(job_code)


def _generated(tried: Tried, hook: Callable[..., Any]) -> list[Submission]:
    return list(hook(world=tried.world.demo()))


def _of_required(tried: Tried) -> set[str]:
    """The forms of the plugins that this one rests on: its records may begin there."""
    owner_of = tried.world.registry.catalogue.owner_of
    forms = tried.world.registry.catalogue.forms
    return {code for code in forms if owner_of[code] in tried.declared.loaded.info.requires}


def _some(made: Sequence[Submission]) -> list[Submission]:
    """The first of each form, without those that point to one left out."""
    seen: Counter[str] = Counter()
    names: set[str | None] = set()
    chosen = []
    for one in made:
        seen[one.form_code] += 1
        pointed = {value.name for value in one.answers.values() if isinstance(value, Made)}
        if seen[one.form_code] <= _MOST_OF_A_FORM and pointed <= names:
            chosen.append(one)
            names.add(one.name)
    return chosen


def _entered(tried: Tried, made: Sequence[Submission]) -> Iterator[Finding]:
    own = {form.code for form in tried.declared.given.forms}
    for tenant in (HERE, THERE):
        try:
            tried.world.switch_on(tried.key, tenant)
            entered = tried.world.enter(tenant, made)
            tried.entered[tenant] = [(code, row) for code, row in entered if code in own]
        except AnswersRefusedError as error:
            for fault in error.errors:
                wrong = f"a generated record is refused at {fault.field}: {fault.message.en}"
                cure = "Correct the record or the form's rules."
                yield Finding("demo.refused", tried.key, wrong, cure)
            return
        except DBAPIError as error:
            cure = "Let the form refuse what the table refuses."
            yield Finding("forms.stored", tried.key, _told(error), cure)
            return


def _is_there(session: TenantSession, form: Form, record: Any) -> bool:
    try:
        get_record(session, form, record)
    except NotFoundError:
        return False
    return True


def _leak(code: str, wrong: str) -> Finding:
    return Finding("isolation.leak", code, wrong, "Inherit TenantOwned, protect the table.")


def _value(door: FigureDoor, code: str) -> object:
    return door.indicator(code, _WINDOW)


def _worked(tried: Tried, door: FigureDoor) -> Iterator[Finding]:
    """What a declared plugin's examples come to in one commune, as its author worked it out."""
    worked: Mapping[str, Decimal] = getattr(tried.declared.loaded.module, "WORKED", {})
    here = frozenset(tried.world.communes[:1])
    for code, expected in worked.items():
        value = door.indicator(code, _WINDOW, communes=here).value
        if value is None or round(value - expected, 1):
            came = "nothing" if value is None else f"{value:.1f}"
            wrong = f"comes to {came} when the examples are entered once, not to {expected}."
            cure = "Correct the formula, the measures or the worked example."
            yield Finding("figures.example", code, wrong, cure)


def _written(write: Callable[[Any], Any], context: LiveContext) -> list[Any]:
    return list(write(context))


def _exported(tried: Tried, session: TenantSession, export: Export) -> Any:
    """The table of a file, as somebody with every right takes it away."""
    catalogue = tried.world.registry.catalogue
    records = RecordReader(session, tried.world.everybody(HERE), catalogue.forms, DAY)
    context = OutsideContext(session, catalogue, tried.key, YEAR, records)
    return export.write(context)


def _asked_before_off(tried: Tried) -> Iterator[Finding]:
    hook = implementation(tried.declared.loaded, "check_switch_off")
    if hook is None:
        return
    with tried.world.door.tenant_session(HERE) as session:
        counter = RecordCounter(session, tried.world.registry)
        seen = guarded(partial(hook, context=counter), deadline=_SECONDS)
    yield from watched("hook check_switch_off", "switching", seen, "Count forms, and say a text.")
    if seen.value is not None and not isinstance(seen.value, Text):
        wrong = "answered something that is no text in two languages."
        yield Finding("switching.text", "hook check_switch_off", wrong, "Return Text or None.")


def _rows(tried: Tried) -> list[Any]:
    forms = {form.code: form for form in tried.declared.given.forms}
    found = []
    with tried.world.door.tenant_session(HERE, reach=Reach.counting()) as session:
        for code, record in tried.entered.get(HERE, ()):
            row = get_record(session, forms[code], record)
            names = sorted(column.name for column in row.__table__.columns)
            found.append([getattr(row, name, None) for name in names])
    return found


def _told(error: Exception) -> str:
    """What went wrong without the values of the statement."""
    if isinstance(error, PlatformError):
        return error.message.en
    constraint = getattr(getattr(error, "orig", None), "diag", None)
    name = getattr(constraint, "constraint_name", None) or getattr(constraint, "column_name", None)
    return f"the database refused the record ({name or type(error).__name__})."
