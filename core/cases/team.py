"""Who works on a case: given to people, taken back, handed over; and where a right counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from core.access import grants
from core.areas.repository import ancestors
from core.cases import repository
from core.cases.papers.models import APPROVE, WORK, CaseDecision, CasePlan
from core.cases.rights import ASSIGN, WORKING_ROLES
from core.cases.states import ENDED
from core.identity.service import account_names
from core.kit.errors import ConflictError, NotFoundError, RefusedError
from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from core.cases.models import Case
    from core.identity.principal import Principal
    from core.tenancy.grants import AccessGrant
    from core.tenancy.session import TenantSession

CASE: Final = "core.case"
# A right counts where a role that has it is held: the table that is entered with it tells where.
_WHERE: Mapping[str, type[Any]] = {WORK: CasePlan, APPROVE: CaseDecision, ASSIGN: CaseDecision}
_NOT_HERE = Text(
    vi="Vai trò của bạn không có quyền này ở xã, phường, thị trấn của hồ sơ.",
    en="Your role does not have this right in the commune of the case.",
)
_NOT_FIT = Text(
    vi="Người này không làm việc ở địa bàn của hồ sơ hoặc tài khoản đã bị khóa. Hãy chọn lại.",
    en="This person does not work where the case lies, or the account is disabled. Choose again.",
)


class InCommune(Protocol):
    """A case, whole or as a line of the list."""

    @property
    def commune_id(self) -> int:
        """Where it lies."""


@dataclass(frozen=True, slots=True)
class Handing:
    """An account with work to hand over that the reader may assign, and to whom it may go.

    ``records`` are confidential records beside the cases: of a programme, or of the register.
    """

    account_id: UUID
    name: str
    is_active: bool
    cases: Sequence[Any]
    records: Sequence[Any]
    heirs: Mapping[UUID, str]


def may_here(
    session: TenantSession, case: InCommune, principal: Principal, permission: str
) -> bool:
    """Whether somebody has a right in the commune of a case."""
    table = _WHERE[permission].__table__.fullname if permission in _WHERE else ""
    communes = session.reach.communes_to_enter(table)
    return principal.may(permission) and (communes is None or case.commune_id in communes)


def require_here(session: TenantSession, commune_id: int, permission: str) -> None:
    """Refuse where none of the person's roles that have the right reaches.

    Raises:
        RefusedError: the right is for another commune.
    """
    table = _WHERE[permission].__table__.fullname if permission in _WHERE else ""
    communes = session.reach.communes_to_enter(table)
    if communes is not None and commune_id not in communes:
        raise RefusedError(_NOT_HERE)


def team_of(session: TenantSession, case: Case) -> Sequence[AccessGrant]:
    """Who has the case now, or had it; the latest first."""
    return [one for one in grants.hands(session, case.id) if one.kind == "assignment"]


def eligible(session: TenantSession, case: InCommune) -> dict[UUID, str]:
    """The accounts whose roles reach the commune of a case and work on cases."""
    areas = {case.commune_id, *(area.id for area in ancestors(session, case.commune_id))}
    return repository.accounts_with_roles(session, WORKING_ROLES, areas)


def assign(
    session: TenantSession, case: Case, account_id: UUID, *, principal: Principal, now: datetime
) -> None:
    """Give a case to somebody who works where it lies.

    Raises:
        RefusedError: the right to assign is for another commune.
        ConflictError: the account does not fit.
    """
    require_here(session, case.commune_id, ASSIGN)
    if account_id not in eligible(session, case):
        raise ConflictError(_NOT_FIT)
    grants.give(
        session,
        account_id,
        "assignment",
        subject_kind=CASE,
        subject_id=case.id,
        by=principal.account_id,
        now=now,
    )


def take_back(
    session: TenantSession, case: Case, account_id: UUID, *, principal: Principal, now: datetime
) -> None:
    """End somebody's assignment; the next statement of theirs sees nothing of it.

    Raises:
        RefusedError: the right to assign is for another commune.
        NotFoundError: the case was not theirs.
    """
    require_here(session, case.commune_id, ASSIGN)
    ended = grants.end(
        session,
        subject_id=case.id,
        holder=account_id,
        kind="assignment",
        by=principal.account_id,
        now=now,
    )
    if not ended:
        raise NotFoundError


def mine(session: TenantSession, account_id: UUID | None) -> frozenset[UUID]:
    """The cases that an account was given to work on."""
    if account_id is None:
        return frozenset()
    work = grants.open_work(session, account_id)
    return frozenset(one.subject_id for one in work if one.subject_kind == CASE)


def open_cases(session: TenantSession, account_id: UUID) -> list[Any]:
    """The cases given to an account that have not ended, as far as the session reaches."""
    lines = repository.lines_of(session, mine(session, account_id))
    return [line for line in lines if line.state not in ENDED]


def to_hand_over(session: TenantSession, principal: Principal) -> tuple[Handing, ...]:
    """Accounts with open work that the reader may assign; those that were disabled come first."""
    found = []
    holders = grants.workers(session) - {principal.account_id}
    active = repository.accounts_active(session, holders)
    names = account_names(session, holders)
    for account_id in sorted(holders, key=lambda one: (active.get(one, False), names.get(one, ""))):
        given = {one.subject_id for one in grants.open_work(session, account_id)}
        cases, records = (
            [line for line in lines if may_here(session, line, principal, ASSIGN)]
            for lines in (
                open_cases(session, account_id),
                repository.given_records(session, given),
            )
        )
        if cases or records:
            fit = set.intersection(
                *({*eligible(session, one).items()} for one in (*cases, *records))
            )
            heirs = {
                key: name for key, name in sorted(fit, key=lambda f: f[1]) if key != account_id
            }
            name = names.get(account_id, str(account_id))
            is_active = active.get(account_id, False)
            found.append(Handing(account_id, name, is_active, cases, records, heirs))
    return tuple(found)


def hand_over(
    session: TenantSession,
    from_account: UUID,
    to_account: UUID,
    *,
    principal: Principal,
    now: datetime,
) -> int:
    """Give the open work of one account that the reader may assign to another; how much it was.

    Raises:
        NotFoundError: the account has none that the reader may assign.
        ConflictError: the other account does not fit all of them.
    """
    handing = [one for one in to_hand_over(session, principal) if one.account_id == from_account]
    if not handing:
        raise NotFoundError
    if to_account not in handing[0].heirs or principal.account_id is None:
        raise ConflictError(_NOT_FIT)
    return grants.hand_over(
        session,
        from_account,
        to_account,
        by=principal.account_id,
        now=now,
        subjects={line.id for line in (*handing[0].cases, *handing[0].records)},
    )


def end_referrals(session: TenantSession, case: Case, *, by: UUID | None, now: datetime) -> None:
    """A case that ends takes its referrals with it, and what they opened."""
    for referral in repository.referral_states(session, case.id):
        if referral.answered_at is None:
            referral.answered_at = now
        referral.state, referral.ended_at, referral.ended_by = "ended", now, by
        grants.end_of_source(session, referral.id, by=by, now=now)
    session.flush()
