"""Cases: read, written and referred, each with its entry in the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.audit.service import Action, record
from core.cases import files, referrals, service
from core.cases.models import Case, CaseReferral, CaseTransition
from core.cases.papers.intake import INTAKE_FORM
from core.cases.papers.models import CaseIntake
from core.cases.referrals import REFERRAL
from core.cases.steps import STEPS
from core.cases.team import CASE
from core.db.base import DataClass
from core.forms import service as forms
from core.kit.errors import NotFoundError
from core.web.actions.forms import context_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from core.cases.files import CaseFile
    from core.cases.referrals import Received
    from core.cases.steps import Step
    from core.forms.service import Stored
    from core.web.work import Work


def find_step(work: Work, code: str) -> Step:
    """The step at an address, for whoever may take it.

    Raises:
        NotFoundError: there is no such step.
    """
    step = STEPS.get(code.replace("-", "_"))
    if step is None:
        raise NotFoundError
    work.principal.require(step.permission)
    return step


def open_case(work: Work, case_id: UUID) -> CaseFile:
    """A case with its papers; who opened it, and which classes were shown, is written down."""
    file = files.open_file(work.session, case_id, work.now)
    models = {Case, CaseTransition, *(type(paper.row) for paper in file.papers)}
    if file.referrals:
        models.add(CaseReferral)
    _note(work, Action.READ, CASE, case_id, _shown(work, models))
    return file


def look_at(work: Work, case_id: UUID) -> Case:
    """A case without its papers, for the page of a step or of its team; written down as well."""
    case = files.get_case(work.session, case_id)
    _note(work, Action.READ, CASE, case_id, _shown(work, {Case}))
    return case


def open_intake(work: Work, intake_id: UUID) -> CaseIntake:
    """The intake of a case, by its own id; written down as a look at the case.

    Raises:
        NotFoundError: not there, or not for this reader.
    """
    intake: CaseIntake = forms.get_record(work.session, INTAKE_FORM, intake_id)
    _note(work, Action.READ, CASE, intake.case_id, _shown(work, {CaseIntake}))
    return intake


def file_intake(work: Work, raw: Mapping[str, Any], *, key: str) -> Stored:
    """Receive information and open a case with it."""
    stored = service.file_intake(
        work.session,
        raw,
        key=key,
        principal=work.principal,
        context=context_of(work, INTAKE_FORM),
        now=work.now,
    )
    if not stored.repeated:
        _note(work, Action.WRITE, "core.case_intake", stored.record_id, tuple(DataClass))
    return stored


def take_step(work: Work, case_id: UUID, step: Step, raw: Mapping[str, Any], *, key: str) -> Stored:
    """Take a step of a case."""
    stored = service.take_step(
        work.session,
        case_id,
        step,
        raw,
        key=key,
        principal=work.principal,
        context=context_of(work, step.form),
        now=work.now,
    )
    if not stored.repeated:
        _note(work, Action.WRITE, CASE, case_id, _all_of({step.form.model}))
    return stored


def refer(work: Work, case_id: UUID, raw: Mapping[str, Any], *, key: str) -> Stored:
    """Refer a case to somebody in the province."""
    stored = referrals.send(
        work.session,
        case_id,
        raw,
        key=key,
        principal=work.principal,
        context=context_of(work, referrals.referral_form({})),
        now=work.now,
    )
    if not stored.repeated:
        _note(work, Action.WRITE, CASE, case_id, _all_of({CaseReferral}))
    return stored


def referral_of_case(work: Work, case_id: UUID, referral_id: UUID) -> CaseReferral:
    """A referral, through its case; written down as a look at the case."""
    referral = referrals.of_case(work.session, case_id, referral_id)
    _note(work, Action.READ, CASE, case_id, _shown(work, {CaseReferral}))
    return referral


def open_received(work: Work, referral_id: UUID) -> Received:
    """A referral that was sent to the reader; it and each paper are written down."""
    received = referrals.open_received(work.session, referral_id)
    models = {CaseReferral, *(type(paper.row) for paper in received.papers)}
    _note(work, Action.READ, REFERRAL, referral_id, _shown(work, models))
    _note(work, Action.READ, CASE, received.referral.case_id, _shown(work, models))
    return received


def _note(
    work: Work, action: Action, kind: str, subject_id: UUID, classes: Iterable[DataClass]
) -> None:
    record(
        work.session,
        work.principal,
        action,
        subject_kind=kind,
        subject_id=subject_id,
        classes=classes,
    )


def _shown(work: Work, models: Iterable[Any]) -> frozenset[DataClass]:
    """The classes of the columns that were shown; hidden ones were not even selected.

    What bounds the rows is read with every row and shown with none.
    """
    return frozenset(
        column.info["data_class"]
        for model in models
        for column in model.__table__.columns
        if column.name not in {*work.session.hidden_fields(model), "confidential_key"}
    )


def _all_of(models: Iterable[Any]) -> frozenset[DataClass]:
    return frozenset(c.info["data_class"] for model in models for c in model.__table__.columns)
