"""Agreements with partners: concluded, ended; what a partner is shown hangs on them alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from core.access import repository
from core.access.grants import end_of_source
from core.access.models import Agreement, Partner
from core.areas.repository import communes_within
from core.audit.service import Action, record
from core.db.base import DataClass
from core.kit.clock import VIETNAM_TIME
from core.kit.errors import ConflictError, MalformedError, NotFoundError
from core.kit.language import Text
from core.kit.text import nfc
from core.tenancy.bounds import scoped_classes

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from core.identity.principal import Principal
    from core.tenancy.session import TenantSession

MANAGE = "core.agreement.manage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an agreement says. ``areas`` are communes, or districts with all their communes."""

    number: str
    programme: str
    purpose: str
    fields: frozenset[str]
    areas: frozenset[int]
    valid_from: date
    valid_to: date


class TermsRefusedError(MalformedError):
    """An agreement cannot say this; ``field`` names the term at fault."""

    code = "access.terms"

    def __init__(self, field: str, message: Text) -> None:
        """Keep which term."""
        super().__init__(message)
        self.field = field


def add_partner(
    session: TenantSession, *, code: str, name: Text, now: datetime, generated: bool = False
) -> Partner:
    """A partner of the province; the same code again is the same partner."""
    known = repository.partner_coded(session, code)
    if known is not None:
        return known
    partner = Partner(
        code=code, name_vi=nfc(name.vi), name_en=nfc(name.en), generated=generated, created_at=now
    )
    session.add(partner)
    session.flush()
    return partner


def conclude(
    session: TenantSession,
    partner_id: UUID,
    terms: Terms,
    *,
    programmes: Collection[str],
    by: Principal,
    now: datetime,
) -> Agreement:
    """Store an agreement; it shows nothing until children are enrolled under it.

    Raises:
        RefusedError: the person may not.
        TermsRefusedError: a term is missing or wrong.
        ConflictError: the number is taken.
    """
    by.require(MANAGE)
    if repository.partner_by_id(session, partner_id) is None:
        raise NotFoundError
    _check(session, terms, programmes)
    if repository.agreement_numbered(session, terms.number) is not None:
        raise ConflictError(
            Text(
                vi=f"Đã có thỏa thuận số {terms.number}.",
                en=f"There is an agreement {terms.number} already.",
            )
        )
    agreement = Agreement(
        partner_id=partner_id,
        number=terms.number,
        programme=terms.programme,
        purpose=nfc(terms.purpose),
        fields=sorted(terms.fields),
        communes=sorted(communes_within(session, sorted(terms.areas))),
        valid_from=terms.valid_from,
        valid_to=terms.valid_to,
        created_by=by.account_id,
        created_at=now,
    )
    session.add(agreement)
    session.flush()
    record(session, by, Action.GRANT, subject_kind="core.agreement", subject_id=agreement.id)
    return agreement


def end_agreement(
    session: TenantSession,
    agreement_id: UUID,
    *,
    reason: str,
    by: Principal,
    today: date,
    now: datetime,
) -> Agreement:
    """End an agreement from today on; the partner's next statement shows nothing of it.

    Raises:
        RefusedError: the person may not.
        NotFoundError: there is no such agreement.
        MalformedError: no reason is given.
    """
    by.require(MANAGE)
    agreement = find_agreement(session, agreement_id)
    if not reason.strip():
        raise TermsRefusedError("reason", Text("Hãy ghi lý do kết thúc.", "Say why it ends."))
    if agreement.ended_on is None:
        agreement.ended_on, agreement.end_reason = today, nfc(reason.strip())
        end_of_source(session, agreement.id, by=by.account_id, now=now)
        record(session, by, Action.REVOKE, subject_kind="core.agreement", subject_id=agreement.id)
    session.flush()
    return agreement


def find_agreement(session: TenantSession, agreement_id: UUID) -> Agreement:
    """An agreement of the province.

    Raises:
        NotFoundError: there is none.
    """
    found = repository.agreement_by_id(session, agreement_id)
    if found is None:
        raise NotFoundError
    return found


def agreements(session: TenantSession) -> Sequence[tuple[Agreement, Partner]]:
    """All agreements of the province with their partners, the latest first."""
    return repository.agreements(session)


def partners(session: TenantSession) -> Sequence[Partner]:
    """The partners of the province."""
    return repository.partners(session)


def in_force(agreement: Agreement, today: date) -> bool:
    """Whether an agreement counts on a day."""
    ended = agreement.ended_on is not None and agreement.ended_on <= today
    return agreement.valid_from <= today <= agreement.valid_to and not ended


def communes_agreed(session: TenantSession, today: date) -> Mapping[str, frozenset[int]]:
    """By programme, the communes of the agreements that count on a day."""
    found: dict[str, frozenset[int]] = {}
    for agreement, _ in repository.agreements(session):
        if in_force(agreement, today):
            known = found.get(agreement.programme, frozenset())
            found[agreement.programme] = known | frozenset(agreement.communes)
    return found


def end_of(agreement: Agreement) -> datetime:
    """The moment from which nothing is shown: the midnight after its last day, in Viet Nam."""
    after = agreement.valid_to + timedelta(days=1)
    return datetime.combine(after, time(), VIETNAM_TIME)


def fields_to_agree_on(programme: str) -> tuple[str, ...]:
    """The personal fields about children that an agreement on a programme may list.

    Sensitive and restricted fields are for no partner (domain page of the programmes, §5.2, §8).
    """
    return tuple(
        sorted(
            f"{table.fullname}.{column.name}"
            for cls in scoped_classes()
            for table in (cls.__table__,)
            if table.schema == programme or table.fullname == "core.child"
            for column in table.columns
            if column.info.get("data_class") is DataClass.PERSONAL
            and column.name not in {"commune_id", "child_id"}
        )
    )


def _check(session: TenantSession, terms: Terms, programmes: Collection[str]) -> None:
    needed = (
        ("number", terms.number.strip(), Text("Hãy ghi số thỏa thuận.", "Give the number.")),
        ("purpose", terms.purpose.strip(), Text("Hãy ghi mục đích.", "Say what for.")),
        ("areas", terms.areas, Text("Hãy chọn ít nhất một địa bàn.", "Choose an area.")),
    )
    for field, value, message in needed:
        if not value:
            raise TermsRefusedError(field, message)
    if terms.programme not in programmes:
        raise TermsRefusedError(
            "programme",
            Text(
                vi="Chương trình này chưa được bật tại tỉnh.",
                en="This programme is not switched on in the province.",
            ),
        )
    if terms.valid_to < terms.valid_from:
        raise TermsRefusedError(
            "valid_to",
            Text("Ngày kết thúc phải sau ngày bắt đầu.", "The last day comes before the first."),
        )
    if terms.fields - set(fields_to_agree_on(terms.programme)):
        raise TermsRefusedError(
            "fields",
            Text(
                vi="Có trường thông tin không được phép chia sẻ với đối tác.",
                en="A field among these may be shared with no partner.",
            ),
        )
    if not repository.lie_in_province(session, terms.areas):
        raise TermsRefusedError(
            "areas", Text("Có địa bàn không thuộc tỉnh.", "An area is not of this province.")
        )
