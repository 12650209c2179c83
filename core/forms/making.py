"""What a form makes beside its record: rows, records of other forms, a place in a project."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect

from core.forms.asking import ask
from core.forms.context import context_for
from core.forms.errors import AnswersRefusedError, FieldError
from core.forms.records import RecordReader
from core.forms.rosters import asked
from core.kit.errors import ConflictError
from core.kit.language import Text
from core.partners.service import Consent, EnrolmentRefusedError, enrol_for, leave_for
from core.plugin_api.values import Enrolling, Leaving, Submission
from core.tenancy.beside import beside
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from uuid import UUID

    from core.forms.context import FormContext
    from core.forms.stored import Stored
    from core.identity.principal import Principal
    from core.plugin_api.forms import Before, Form, Makes, Remakes
    from core.tenancy.session import TenantSession

    Made = tuple[tuple[str, UUID], ...]


@dataclass(frozen=True, slots=True)
class Making:
    """Stores what a form's ``makes`` gives, in the transaction of the record and on its terms."""

    session: TenantSession
    form: Form
    principal: Principal
    context: FormContext
    now: datetime
    generated: bool
    submit: Callable[..., Stored]

    def beside(self, row: Any, shared: Mapping[str, Any]) -> Made:
        """Code and id of each record that was made; plain rows take ``shared`` columns along.

        Raises:
            AnswersRefusedError: something that belongs to the record cannot be stored.
        """
        if self.form.makes is None:
            return ()
        records = self._records()
        made: list[tuple[str, UUID]] = []
        given = ask(self.session, self.form, _listed, self.form.makes, records, row)
        for number, one in enumerate(given):
            if isinstance(one, Submission):
                made += self._submitted(one, f"{row.id}-{number}")
            elif isinstance(one, Enrolling | Leaving):
                self._in_project(one)
            else:
                self._add(one, shared)
        self.session.flush()
        return tuple(made)

    def again(self, row: Any, before: Before, shared: Mapping[str, Any]) -> None:
        """What follows from a correction; ``before`` are the rows of its rosters as they were."""
        if self.form.remakes is None:
            return
        again = partial(_again, self.form.remakes, before)
        for one in ask(self.session, self.form, again, self._records(), row):
            self._add(one, shared)
        self.session.flush()

    def _records(self) -> RecordReader:
        return RecordReader(self.session, self.principal, self.context.forms, self.context.today)

    def _add(self, row: Any, shared: Mapping[str, Any]) -> None:
        columns = inspect(type(row)).columns
        for name, value in shared.items():
            if name in columns and getattr(row, name) is None:
                setattr(row, name, value)
        self.session.add(row)

    def _submitted(self, one: Submission, key: str) -> Made:
        other = self.context.forms[one.form_code]
        try:
            stored = self._copied(one, other, key) if one.copy else self._own(one, other, key)
        except AnswersRefusedError as refused:
            first = next(iter(asked(self.form.fields))).name
            raise AnswersRefusedError(tuple(self._told(other, first, refused))) from None
        return ((other.code, stored.record_id), *stored.made)

    def _own(self, one: Submission, other: Form, key: str) -> Stored:
        return self.submit(
            self.session,
            other,
            one.answers,
            key=key,
            principal=self.principal,
            context=replace(self.context, today=one.on),
            now=self.now,
            generated=self.generated,
        )

    def _copied(self, one: Submission, other: Form, key: str) -> Stored:
        """Stored in the programme's name: the writer is named in it and reaches nothing of it."""
        if not other.takes_copies:
            raise ValueError(f"{self.form.code}: {other.code} takes no copies")
        forms = self.context.forms
        whole = Reach.whole_tenant()
        acting = replace(
            self.principal,
            permissions=frozenset(right for f in forms.values() for right in (f.enters, f.sees)),
            reach=whole,
        )
        with beside(self.session, whole) as session:
            context = context_for(session, acting, one.on, forms=forms)
            return self.submit(
                session,
                other,
                one.answers,
                key=key,
                principal=acting,
                # it lies where its original may lie, and nowhere else
                context=replace(context, communes=self.context.communes),
                now=self.now,
                generated=self.generated,
            )

    def _told(self, other: Form, field: str, refused: AnswersRefusedError) -> Iterator[FieldError]:
        """Why, for those who may read the other form; that it failed, for everybody else."""
        if not self.principal.may(other.sees):
            yield FieldError(field, _not_copied(other))
            return
        yield from (FieldError(field, _beside(other, e.message)) for e in refused.errors)

    def _in_project(self, one: Enrolling | Leaving) -> None:
        programme = self.form.code.partition(".")[0]
        who: dict[str, Any] = {
            "by": self.principal,
            "today": self.context.today,
            "now": self.now,
        }
        try:
            if isinstance(one, Leaving):
                leave_for(self.session, programme, one.child_id, reason=one.reason, **who)
                return
            consent = Consent(guardian_on=one.guardian_consent_on, child_on=one.child_assent_on)
            enrol_for(self.session, programme, one.child_id, consent, **who)
        except EnrolmentRefusedError as refused:
            raise self._refused(refused.field, refused.message) from None
        except ConflictError as refused:
            raise self._refused("child", refused.message) from None

    def _refused(self, field: str, message: Text) -> AnswersRefusedError:
        """At the field of that name, else at the one that asks for the child."""
        fields = {f.name: f for f in self.form.fields}
        child = next((f.name for f in fields.values() if f.kind == "child"), next(iter(fields)))
        return AnswersRefusedError((FieldError(field if field in fields else child, message),))


def _listed(makes: Makes, records: RecordReader, row: Any) -> list[Any]:
    return list(makes(records, row))


def _again(remakes: Remakes, before: Before, records: RecordReader, row: Any) -> list[Any]:
    return list(remakes(records, row, before))


def _beside(other: Form, message: Text) -> Text:
    return Text(
        vi=f"Không lập được «{other.title.vi}» kèm theo: {message.vi}",
        en=f"“{other.title.en}” could not be stored with it: {message.en}",
    )


def _not_copied(other: Form) -> Text:
    return Text(
        vi=f"Không ghi được «{other.title.vi}» kèm theo nên phiếu này chưa được lưu. Hãy báo "
        "cán bộ phụ trách của xã.",
        en=f"“{other.title.en}” could not be stored with it, so nothing was saved. Tell the "
        "commune's officer in charge.",
    )
