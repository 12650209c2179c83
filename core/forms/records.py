"""The records that a form's rules may read: those within the reach of the session, no others."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    DateTime,
    and_,
    any_,
    false,
    func,
    inspect,
    literal,
    not_,
    or_,
    select,
    true,
)

from core.forms.evaluate import fields_of
from core.forms.rule_json import rule_value
from core.kit.clock import VIETNAM_TIME
from core.profiles.repository import profile_on, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from uuid import UUID

    from core.identity.principal import Principal
    from core.plugin_api.forms import Form
    from core.plugin_api.records import Found, Source
    from core.plugin_api.rules import Compared, Rule, Term
    from core.tenancy.models import TenantOwned
    from core.tenancy.session import TenantSession

MOST = 500
_OPERATORS: Mapping[str, Callable[[Any, Any], ColumnElement[bool]]] = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


class RecordReader:
    """``core.plugin_api.Records`` over one session.

    What it reads for a rule (``shows=False``) tells only whether answers hold; what it reads to
    fill answers in is shown, so then the reader must have the right to see the form's records.
    """

    def __init__(
        self,
        session: TenantSession,
        principal: Principal,
        forms: Mapping[str, Form],
        today: date,
        *,
        shows: bool = False,
        one_at_a_time: type[TenantOwned] | None = None,
        without: UUID | None = None,
    ) -> None:
        """``one_at_a_time`` is the model about which only one transaction asks the same.

        Of that model the record ``without`` is not found: it is the one that is being corrected.
        """
        self._session = session
        self._principal = principal
        self._forms = forms
        self._today = today
        self._shows = shows
        self._alone = one_at_a_time
        self._without = without

    @property
    def today(self) -> date:
        """The day on which the answers are checked."""
        return self._today

    @property
    def person(self) -> UUID | None:
        """The account that enters the answers."""
        return self._principal.account_id

    @property
    def corrects(self) -> bool:
        """Whether the answers take the place of a record's own."""
        return self._without is not None

    def get(self, source: Source, record_id: UUID | None) -> Found | None:
        """One record, or ``None``."""
        model = self._model(source)
        if model is None or record_id is None:
            return None
        statement = select(model).where(
            model.tenant_id == self._session.tenant_id, model.id == record_id
        )
        row = self._session.scalars(statement).one_or_none()
        return None if row is None else self._found(model, row)

    def find(
        self, source: Source, where: Rule, *, newest: str | None = None, limit: int = 50
    ) -> Sequence[Found]:
        """The records for which the rule holds."""
        model = self._readable(source, where, newest)
        if model is None:
            return ()
        statement = select(model).where(*self._bounds(model, where))
        if newest is not None:
            statement = statement.order_by(getattr(model, newest).desc(), model.id)
        rows = self._session.scalars(statement.limit(min(limit, MOST))).all()
        return tuple(self._found(model, row) for row in rows)

    def count(self, source: Source, where: Rule) -> int:
        """How many there are."""
        model = self._readable(source, where, None)
        if model is None:
            return 0
        statement = select(func.count(model.id)).where(*self._bounds(model, where))
        return self._session.scalar(statement) or 0

    def setting(self, name: str, default: int) -> int:
        """What the province's profile of the day says, if it is a whole number."""
        profile = profile_on(self._session, self._today)
        if profile is None:
            return default
        code = f"programmes.{name}"
        said = settings(self._session, profile.id, code).get(code)
        return said.value if said is not None and type(said.value) is int else default

    def _model(self, source: Source) -> Any:
        if not isinstance(source, str):
            return source
        form = self._forms.get(source)
        if form is None or (self._shows and not self._principal.may(form.sees)):
            return None
        return form.model

    def _readable(self, source: Source, where: Rule, newest: str | None) -> Any:
        """The model, unless the question itself names a column that is hidden from the reader."""
        model = self._model(source)
        if model is None:
            return None
        named = {*fields_of(where), *([newest] if newest is not None else [])}
        return None if named & self._session.hidden_fields(model) else model

    def _bounds(self, model: Any, where: Rule) -> tuple[ColumnElement[bool], ...]:
        alone = model is self._alone
        if alone:
            key = json.dumps([inspect(model).local_table.fullname, rule_value(where)], default=str)
            digest = sha256(f"{self._session.tenant_id} {key}".encode()).digest()
            number = int.from_bytes(digest[:8], signed=True)
            self._session.execute(select(func.pg_advisory_xact_lock(number)))
        others = model.id != self._without if alone and self._without else true()
        own = model.tenant_id == self._session.tenant_id
        return (own, others, condition(model, where, self._today))

    def _found(self, model: Any, row: Any) -> Found:
        hidden = self._session.hidden_fields(model)
        names = [attribute.key for attribute in inspect(model).column_attrs]
        return {name: None if name in hidden else getattr(row, name) for name in names}


def condition(model: Any, rule: Rule, today: date, *, denied: bool = False) -> ColumnElement[bool]:
    """A rule over the columns of a model; it means what ``evaluate`` makes of a row's values.

    ``denied`` below a "not", where SQL's unknown must be a plain no.
    """
    if rule.compared is not None:
        held: ColumnElement[bool] = _held(model, rule.compared, today)
        return func.coalesce(held, false()) if denied else held
    denied = denied or rule.joint == "not"
    parts = [condition(model, part, today, denied=denied) for part in rule.parts]
    if rule.joint == "not":
        return not_(parts[0])
    return or_(false(), *parts) if rule.joint == "or" else and_(true(), *parts)


def _held(model: Any, compared: Compared, today: date) -> ColumnElement[bool]:
    left, right = (_side(model, term, today) for term in (compared.left, compared.right))
    if right is None:
        tests: dict[str, ColumnElement[bool]] = {"=": left.is_(None), "!=": left.is_not(None)}
        return tests.get(compared.operator, false())
    kind = getattr(left, "type", None)
    if isinstance(kind, ARRAY):
        chosen = literal(right) == any_(left)
        return chosen if compared.operator == "=" else not_(chosen)
    if isinstance(kind, DateTime) and isinstance(right, date) and not isinstance(right, datetime):
        return _on_day(left, compared.operator, right)
    return _OPERATORS[compared.operator](left, right)


def _on_day(moment: Any, operator: str, day: date) -> ColumnElement[bool]:
    """A moment is compared with a day as the day it is in Viet Nam."""
    begins = datetime.combine(day, time(), VIETNAM_TIME)
    ends = begins + timedelta(days=1)
    tests: dict[str, ColumnElement[bool]] = {
        "=": and_(moment >= begins, moment < ends),
        "!=": or_(moment < begins, moment >= ends),
        "<": moment < begins,
        "<=": moment < ends,
        ">": moment >= ends,
        ">=": moment >= begins,
    }
    return tests[operator]


def _side(model: Any, term: Term, today: date) -> Any:
    if term.kind == "today":
        return today
    return getattr(model, str(term.value)) if term.kind == "answer" else term.value
