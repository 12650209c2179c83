"""Forms and their records for programs, and the reading routes of plugins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response
from litestar.datastructures import State
from litestar.serialization import encode_json

from core.forms import service as forms
from core.forms.correcting import version_of
from core.forms.naming import RECORDS, answered, out_of_reach
from core.forms.schema import json_schema
from core.indicators.door import FigureDoor
from core.kit.errors import MalformedError, NotFoundError
from core.kit.language import Text
from core.kit.periods import Period
from core.plugin_api.documents import Figure
from core.plugin_api.forms import Form
from core.plugin_api.values import Route, RouteContext
from core.register import service as register
from core.registry.calls import call_plugin
from core.registry.models import Call
from core.web.actions.corrections import correct, corrections, open_record_to_correct
from core.web.actions.forms import find_form, open_record, store
from core.web.actions.offers import fill_in
from core.web.errors import problem
from core.web.routing import amending, reading, replacing, writing
from core.web.work import Work

Asked = Request[Any, Any, State]
PAGE_SIZE = 50
_NO_VERSION = Text(
    vi="Thiếu tiêu đề If-Match với phiên bản của hồ sơ đã đọc.",
    en="The header If-Match with the version that was read is missing.",
)


class FormLine(msgspec.Struct):
    """A form that this person may enter."""

    code: str
    number: str
    title: str
    version: int


class StoredAnswer(msgspec.Struct):
    """Where the record is; ``repeated`` when the same key was sent before."""

    id: UUID
    repeated: bool


class RecordPage(msgspec.Struct):
    """Records, newest first; ``next_after`` asks for the page behind."""

    items: list[dict[str, Any]]
    next_after: UUID | None


class Corrected(msgspec.Struct):
    """A record after a correction; ``changed`` is false when it already read so."""

    id: UUID
    version: int
    changed: bool


class CorrectionLine(msgspec.Struct):
    """One correction; ``values`` are triples of label, before and after."""

    number: int
    by: UUID | None
    at: datetime
    values: list[list[str | None]]


class ChildFound(msgspec.Struct):
    """A child found by name or code."""

    id: UUID
    child_code: str
    full_name: str | None


@reading("/forms", permission=None)
def form_list(work: Work) -> list[FormLine]:
    """The forms of this person."""
    return [
        FormLine(form.code, form.number, work.tell(form.title), form.version)
        for form in work.programmes.catalogue.forms.values()
        if work.principal.may(form.enters)
    ]


@reading("/forms/{owner:str}/{name:str}", permission=None)
def form_schema(work: Work, owner: str, name: str) -> dict[str, Any]:
    """The JSON Schema of a form's answers."""
    form = find_form(work, owner, name)
    work.principal.require(form.enters)
    return json_schema(form)


@reading("/forms/{owner:str}/{name:str}/known", permission=None)
def known_answers(work: Work, owner: str, name: str, request: Asked) -> dict[str, Any]:
    """What other records know, when the answers in the query are given; as it would be typed."""
    form = find_form(work, owner, name)
    work.principal.require(form.enters)
    given = {f.name: request.query_params.get(f.name) for f in form.fields}
    typed = {name: value for name, value in given.items() if value}
    return {k: v for k, v in fill_in(work, form, typed).items() if k not in typed}


@writing(
    "/records/{owner:str}/{name:str}",
    permission=None,
    status_code=201,
    answers={200: StoredAnswer, 201: StoredAnswer},
)
def add_record(
    work: Work, owner: str, name: str, data: dict[str, Any], request: Asked
) -> Response[Any]:
    """Store answers; the header ``Idempotency-Key`` makes a repetition harmless."""
    form = find_form(work, owner, name)
    work.principal.require(form.enters)
    try:
        stored = store(work, form, data, key=request.headers.get("idempotency-key", ""))
    except forms.AnswersRefusedError as refused:
        return _refused(work, refused)
    return Response(
        StoredAnswer(stored.record_id, stored.repeated), status_code=200 if stored.repeated else 201
    )


@reading("/records/{owner:str}/{name:str}", permission=None)
def record_list(work: Work, owner: str, name: str, after: UUID | None = None) -> RecordPage:
    """The records of a form; only the columns of its list."""
    form = find_form(work, owner, name)
    work.principal.require(form.sees)
    lines = forms.list_records(work.session, form, after, PAGE_SIZE)
    beyond = _out_of_reach(work, form, [line.values for line in lines], listed=True)
    items = [{"id": line.id, **_without(line.values, beyond)} for line in lines]
    return RecordPage(items, lines[-1].id if len(lines) == PAGE_SIZE else None)


@reading("/records/{owner:str}/{name:str}/{record_id:uuid}", permission=None, writes=True)
def one_record(work: Work, owner: str, name: str, record_id: UUID) -> dict[str, Any]:
    """One record; opening it is written down.

    ``hidden`` names the answers whose class this person may not see, ``out_of_reach`` those that
    point at a record which this person may not read.
    """
    form = find_form(work, owner, name)
    work.principal.require(form.sees)
    row = open_record(work, form, record_id)
    hidden = forms.hidden_answers(work.session, form)
    rows = forms.stored_rows(work.session, form, record_id)
    beyond = _out_of_reach(work, form, [vars(row)], rows)
    answers = {f.name: getattr(row, f.name, None) for f in form.fields if f.name not in hidden}
    withheld = {name for name, value in answers.items() if _is_one_of(value, beyond)}
    return {
        "id": record_id,
        **_without(answers, beyond),
        **_rosters(work, form, rows, beyond),
        "version": version_of(work.session, record_id),
        "hidden": sorted(hidden & {f.name for f in form.fields}),
        "out_of_reach": sorted(withheld),
    }


@replacing("/records/{owner:str}/{name:str}/{record_id:uuid}", permission=None)
def replace_record(
    work: Work, owner: str, name: str, record_id: UUID, *, data: dict[str, Any], request: Asked
) -> Response[Any]:
    """Correct a record: all its answers anew. ``If-Match`` names the version that was read."""
    form = find_form(work, owner, name)
    open_record_to_correct(work, form, record_id)
    return _corrected(work, form, record_id, data, request)


@amending("/records/{owner:str}/{name:str}/{record_id:uuid}", permission=None)
def amend_record(
    work: Work, owner: str, name: str, record_id: UUID, *, data: dict[str, Any], request: Asked
) -> Response[Any]:
    """Correct some answers of a record; the others stay."""
    form = find_form(work, owner, name)
    opened = open_record_to_correct(work, form, record_id)
    return _corrected(work, form, record_id, opened.raw | data, request)


@reading("/records/{owner:str}/{name:str}/{record_id:uuid}/history", permission=None, writes=True)
def record_history(work: Work, owner: str, name: str, record_id: UUID) -> list[CorrectionLine]:
    """The corrections of a record, the latest first; opening it is written down."""
    form = find_form(work, owner, name)
    work.principal.require(form.sees)
    open_record(work, form, record_id)
    return [
        CorrectionLine(
            one.number, one.by, one.at, [[v.label, v.before, v.after] for v in one.values]
        )
        for one in corrections(work, form, record_id)
    ]


def _corrected(
    work: Work, form: Form, record_id: UUID, raw: dict[str, Any], request: Asked
) -> Response[Any]:
    sent = request.headers.get("if-match", "").strip().strip('"')
    if not (sent.isascii() and sent.isdigit()):
        raise MalformedError(_NO_VERSION)
    try:
        changed = correct(work, form, record_id, raw, version=int(sent))
    except forms.AnswersRefusedError as refused:
        return _refused(work, refused)
    return Response(Corrected(record_id, version_of(work.session, record_id), changed))


def _refused(work: Work, refused: forms.AnswersRefusedError) -> Response[Any]:
    faults = [{"field": e.field, "message": work.tell(e.message)} for e in refused.errors]
    return problem(refused.code, refused.status, work.tell(refused.message), errors=faults)


def _out_of_reach(
    work: Work,
    form: Form,
    records: list[Mapping[str, Any]],
    rows: Mapping[str, Sequence[Any]] | None = None,
    *,
    listed: bool = False,
) -> frozenset[Any]:
    """The ids of other records in these answers that the reader may not read."""
    known = work.programmes.catalogue.forms
    named = answered(form, records, rows, kinds=RECORDS, listed=listed)
    return out_of_reach(work.session, known, named)


def _without(answers: Mapping[str, Any], beyond: frozenset[Any]) -> Mapping[str, Any]:
    """Answers, with nothing in the place of an id that lies out of reach."""
    if not beyond:
        return answers
    return {name: None if _is_one_of(v, beyond) else v for name, v in answers.items()}


def _is_one_of(value: Any, beyond: frozenset[Any]) -> bool:
    return isinstance(value, UUID) and value in beyond


def _rosters(
    work: Work, form: Form, stored: Mapping[str, Sequence[Any]], beyond: frozenset[Any]
) -> dict[str, list[Mapping[str, Any]]]:
    """The rows of each roster, without what the reader may not see."""
    hidden = forms.hidden_in_rows(work.session, form)
    return {
        roster.name: [
            _without(
                {
                    f.name: getattr(row, f.name, None)
                    for f in roster.fields
                    if f.name not in hidden[roster.name]
                },
                beyond,
            )
            for row in stored[roster.name]
        ]
        for roster in form.rosters
    }


@reading("/children", permission="core.child.read")
def children(work: Work, q: str = "") -> list[ChildFound]:
    """Children by name, accents or not, or by code; at most ten."""
    found = register.search_children(work.session, q)
    return [ChildFound(child.id, child.child_code, child.full_name) for child in found]


@reading("/programmes/{programme:str}/{path:path}", permission=None, programme_in_path=True)
def plugin_route(work: Work, programme: str, path: str, request: Asked) -> dict[str, Any]:
    """A reading route that a plugin declares; unknown and switched-off ones do not exist."""
    owner = programme.replace("-", "_")
    wanted = path.strip("/")
    catalogue = work.programmes.catalogue
    for route in catalogue.routes.values():
        if catalogue.owner_of[route.code] == owner and route.path.strip("/") == wanted:
            work.principal.require(route.permission)
            context = RouteContext(work.tenant.slug, dict(request.query_params), _measures(work))
            return call_plugin(work.session, Call.ROUTE, route.code, _answered, route, context)
    raise NotFoundError


def _answered(route: Route, context: RouteContext) -> dict[str, Any]:
    """The answer, which must be able to leave as JSON."""
    answer = dict(route.answer(context))
    encode_json(answer)
    return answer


def _measures(work: Work) -> Callable[[str, str], Figure]:
    """A measure by code and period, through the one door for figures."""
    door = FigureDoor(work.session, work.platform.registry.catalogue)
    return lambda code, period: door.measure(code, Period.parse(period).window)


handlers = [
    form_list,
    form_schema,
    known_answers,
    add_record,
    record_list,
    one_record,
    replace_record,
    amend_record,
    record_history,
    children,
    plugin_route,
]
