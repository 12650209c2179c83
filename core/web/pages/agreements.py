"""Agreements with partners: concluded, ended, and the children enrolled under them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from litestar import Request, Response
from litestar.datastructures import State
from litestar.response import Redirect

from core.access import agreements as service
from core.access.agreements import MANAGE, Terms, TermsRefusedError
from core.areas.repository import area_names
from core.forms.context import communes_to_choose
from core.kit.errors import ConflictError, MalformedError, NotFoundError
from core.kit.language import Text
from core.kit.numbers import format_date, parse_date
from core.partners import service as enrolments
from core.partners.service import ENROL, Consent, EnrolmentRefusedError
from core.register import service as register
from core.web.fields import PageField, faults_of, typed
from core.web.rendering import page
from core.web.routing import reading, writing
from core.web.work import Work, sent_form

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.access.models import Agreement

Asked = Request[Any, Any, State]
_PLAIN = ("partner", "number", "programme", "purpose", "valid_from", "valid_to")
_DAY = Text(vi="Hãy ghi ngày dạng ngày/tháng/năm.", en="Give a date as day/month/year.")
_NO_CHILD = Text(
    vi="Không tìm thấy trẻ em có mã này trong phạm vi của bạn.",
    en="No child within your area has this code.",
)


@reading("/agreements", permission=ENROL)
def agreements_page(work: Work) -> Response[str]:
    """Every agreement, with whom, about what, until when."""
    rows = [
        [
            {"href": f"/agreements/{agreement.id}", "text": agreement.number},
            partner.name_vi if work.language == "vi" else partner.name_en,
            _programme(work, agreement.programme),
            format_date(agreement.valid_from, work.language),
            format_date(agreement.valid_to, work.language),
            work.tell(_state(agreement, work)),
        ]
        for agreement, partner in service.agreements(work.session)
    ]
    return page(work, "agreements.html", path="/agreements", rows=rows)


@reading("/agreements/new", permission=MANAGE)
def new_agreement_page(work: Work) -> Response[str]:
    """An empty agreement."""
    return _terms_page(work, {}, [], [], {})


@writing("/agreements/new", permission=MANAGE)
def conclude_agreement(work: Work, request: Asked) -> Response[Any]:
    """Store an agreement, or show what is wrong with nothing lost."""
    sent = sent_form(request)
    given = typed(sent, _PLAIN)
    fields, areas = sent.getall("fields", []), sent.getall("areas", [])
    days = {name: _day(given[name]) for name in ("valid_from", "valid_to")}
    missing = {name: _DAY for name, day in days.items() if day is None}
    partner = _partner_id(work, given["partner"])
    if partner is None:
        missing["partner"] = Text("Hãy chọn đối tác.", "Choose a partner.")
    if missing or partner is None:
        return _terms_page(work, given, fields, areas, missing)
    first, last = days["valid_from"], days["valid_to"]
    assert first is not None
    assert last is not None
    terms = Terms(
        number=given["number"].strip(),
        programme=given["programme"],
        purpose=given["purpose"],
        fields=frozenset(fields),
        areas=frozenset(int(area) for area in areas if area.isascii() and area.isdigit()),
        valid_from=first,
        valid_to=last,
    )
    try:
        agreement = service.conclude(
            work.session,
            partner,
            terms,
            programmes=work.programmes.keys,
            by=work.principal,
            now=work.now,
        )
    except TermsRefusedError as refused:
        return _terms_page(work, given, fields, areas, {refused.field: refused.message})
    except ConflictError as taken:
        return _terms_page(work, given, fields, areas, {"number": taken.message})
    return Redirect(f"/agreements/{agreement.id}", status_code=303)


@reading("/agreements/{agreement_id:uuid}", permission=ENROL)
def agreement_page(work: Work, agreement_id: UUID) -> Response[str]:
    """One agreement, and the children of one's area that are enrolled, by code."""
    return _agreement_page(work, service.find_agreement(work.session, agreement_id), {}, {})


@writing("/agreements/{agreement_id:uuid}/end", permission=MANAGE)
def end_agreement(work: Work, agreement_id: UUID, request: Asked) -> Response[Any]:
    """End it from today on; it takes effect with the partner's next page."""
    given = typed(sent_form(request), ("reason",))
    try:
        service.end_agreement(
            work.session,
            agreement_id,
            reason=given["reason"],
            by=work.principal,
            today=work.today,
            now=work.now,
        )
    except TermsRefusedError as refused:
        agreement = service.find_agreement(work.session, agreement_id)
        return _agreement_page(work, agreement, given, {refused.field: refused.message})
    return Redirect(f"/agreements/{agreement_id}", status_code=303)


@writing("/agreements/{agreement_id:uuid}/enrolments", permission=ENROL)
def enrol_child(work: Work, agreement_id: UUID, request: Asked) -> Response[Any]:
    """Enrol a child with its consent, or say what is missing."""
    agreement = service.find_agreement(work.session, agreement_id)
    given = typed(sent_form(request), ("child", "guardian_consent_on", "child_assent_on"))
    child = register.find_child(work.session, given["child"])
    if child is None:
        return _agreement_page(work, agreement, given, {"child": _NO_CHILD})
    consent = Consent(
        guardian_on=_day(given["guardian_consent_on"]),
        child_on=_day(given["child_assent_on"]),
    )
    try:
        enrolments.enrol(
            work.session,
            agreement_id,
            child,
            consent,
            by=work.principal,
            today=work.today,
            now=work.now,
        )
    except EnrolmentRefusedError as refused:
        return _agreement_page(work, agreement, given, {refused.field: refused.message})
    except ConflictError as refused:
        return _agreement_page(work, agreement, given, {"child": refused.message})
    return Redirect(f"/agreements/{agreement_id}", status_code=303)


@writing("/agreements/{agreement_id:uuid}/enrolments/{enrolment_id:uuid}/leave", permission=ENROL)
def take_out(work: Work, agreement_id: UUID, enrolment_id: UUID, request: Asked) -> Response[Any]:
    """Take a child out, as when consent is withdrawn; found through its agreement alone."""
    agreement = service.find_agreement(work.session, agreement_id)
    known = {enrolment.id for enrolment, _ in enrolments.enrolled(work.session, agreement)}
    if enrolment_id not in known:
        raise NotFoundError
    given = typed(sent_form(request), ("reason",))
    enrolments.leave(
        work.session,
        enrolment_id,
        reason=given["reason"],
        by=work.principal,
        today=work.today,
        now=work.now,
    )
    return Redirect(f"/agreements/{agreement_id}", status_code=303)


def _agreement_page(
    work: Work, agreement: Agreement, given: Mapping[str, str], errors: Mapping[str, Text]
) -> Response[str]:
    told = {name: work.tell(message) for name, message in errors.items()}
    partner = {p.id: p for p in service.partners(work.session)}[agreement.partner_id]
    names = area_names(work.session, set(agreement.communes))
    labels = _labels(work)
    fields = [
        _field(work, "child", Text("Mã trẻ em", "Child's code"), given, told),
        _field(
            work,
            "guardian_consent_on",
            Text("Ngày người giám hộ đồng ý", "Guardian agreed on"),
            given,
            told,
            kind="date",
        ),
        _field(
            work,
            "child_assent_on",
            Text("Ngày trẻ đồng ý (từ 7 tuổi)", "Child agreed on (from seven)"),
            given,
            told,
            kind="date",
            required=False,
        ),
    ]
    return page(
        work,
        "agreement.html",
        path="/agreements",
        status=422 if errors else 200,
        agreement=agreement,
        partner=partner.name_vi if work.language == "vi" else partner.name_en,
        programme=_programme(work, agreement.programme),
        state=work.tell(_state(agreement, work)),
        in_force=service.in_force(agreement, work.today),
        communes=sorted(names.values()),
        shown=[labels.get(name, name) for name in agreement.fields],
        enrolled=[
            {
                "id": enrolment.id,
                "code": code,
                "since": format_date(enrolment.enrolled_on, work.language),
                "left": format_date(enrolment.left_on, work.language)
                if enrolment.left_on
                else None,
            }
            for enrolment, code in enrolments.enrolled(work.session, agreement)
        ],
        fields=fields,
        errors=faults_of(fields) + ([("", told["reason"])] if "reason" in told else []),
    )


def _terms_page(
    work: Work,
    given: Mapping[str, str],
    fields: list[str],
    areas: list[str],
    errors: Mapping[str, Text],
) -> Response[str]:
    told = {name: work.tell(message) for name, message in errors.items()}
    partners = [
        (str(p.id), p.name_vi if work.language == "vi" else p.name_en)
        for p in service.partners(work.session)
    ]
    programmes = [(info.key, work.tell(info.name)) for info in work.programmes.infos]
    labels = _labels(work)
    agreeable = service.fields_to_agree_on(given.get("programme", "") or "core")
    communes = communes_to_choose(work.session, work.today)
    asked = [
        _field(
            work,
            "partner",
            Text("Đối tác", "Partner"),
            given,
            told,
            kind="choice",
            options=partners,
        ),
        _field(work, "number", Text("Số thỏa thuận", "Number"), given, told),
        _field(
            work,
            "programme",
            Text("Chương trình", "Programme"),
            given,
            told,
            kind="choice",
            options=programmes,
        ),
        _field(work, "purpose", Text("Mục đích", "Purpose"), given, told, kind="textarea"),
        _field(work, "valid_from", Text("Từ ngày", "First day"), given, told, kind="date"),
        _field(work, "valid_to", Text("Đến hết ngày", "Last day"), given, told, kind="date"),
        PageField(
            name="fields",
            label=work.tell(
                Text("Thông tin cá nhân được xem", "Personal fields the partner is shown")
            ),
            kind="choices",
            required=False,
            value=fields,
            options=[(name, labels[name]) for name in agreeable if name in labels],
            error=told.get("fields"),
        ),
        PageField(
            name="areas",
            label=work.tell(Text("Các xã của dự án", "Communes of the project")),
            kind="choices",
            value=areas,
            options=[(str(number), name) for number, name in communes.items()],
            error=told.get("areas"),
        ),
    ]
    return page(
        work,
        "agreement_terms.html",
        path="/agreements",
        status=422 if errors else 200,
        fields=asked,
        errors=faults_of(asked),
        no_partner=not partners,
    )


def _field(
    work: Work,
    name: str,
    label: Text,
    given: Mapping[str, str],
    told: Mapping[str, str],
    **more: Any,
) -> PageField:
    return PageField(
        name=name,
        label=work.tell(label),
        value=given.get(name, ""),
        error=told.get(name),
        **more,
    )


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except MalformedError:
        return None


def _labels(work: Work) -> dict[str, str]:
    """What the fields that an agreement may list are called, from the forms that ask for them."""
    return {
        f"{form.model.__table__.fullname}.{field.name}": work.tell(field.label)  # type: ignore[attr-defined]
        for form in work.programmes.catalogue.forms.values()
        for field in form.fields
    }


def _programme(work: Work, key: str) -> str:
    names = {info.key: work.tell(info.name) for info in work.platform.registry.plugins}
    return names.get(key, key)


def _partner_id(work: Work, text: str) -> UUID | None:
    return next((p.id for p in service.partners(work.session) if str(p.id) == text), None)


def _state(agreement: Agreement, work: Work) -> Text:
    if agreement.ended_on is not None:
        return Text("đã kết thúc sớm", "ended early")
    if service.in_force(agreement, work.today):
        return Text("đang hiệu lực", "in force")
    ahead = agreement.valid_from > work.today
    return Text("chưa có hiệu lực", "not in force yet") if ahead else Text("hết hiệu lực", "over")


handlers = [
    agreements_page,
    new_agreement_page,
    conclude_agreement,
    agreement_page,
    end_agreement,
    enrol_child,
    take_out,
]
