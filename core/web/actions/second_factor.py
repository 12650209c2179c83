"""Giving a code and setting up an app, for pages and programs alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.audit.service import Action, record
from core.identity.models import Stage
from core.identity.recovery import make_recovery_codes
from core.identity.second_factor import SUBJECT, confirm_enrolment, give_up_factor, use_code
from core.identity.service import hold_account, replace_sign_in
from core.identity.throttle import FACTOR, Counter, Limit, admit, counter, succeeded
from core.kit.errors import NotFoundError

if TYPE_CHECKING:
    from uuid import UUID

    from core.web.work import Work


def account_of(work: Work) -> UUID:
    """Whose sign-in it is.

    Raises:
        NotFoundError: the system itself acts, which has no account.
    """
    if work.principal.account_id is None:
        raise NotFoundError
    return work.principal.account_id


def complete_sign_in(work: Work, code: str) -> str | None:
    """The token of the full sign-in after a right code; none after a wrong one."""
    if not code_fits(work, code):
        return None
    return replace_sign_in(
        work.session, account_of(work), work.sign_in_id, Stage.FULL, now=work.now
    )


def complete_enrolment(work: Work, code: str) -> tuple[str, tuple[str, ...]] | None:
    """The new token and the recovery codes after a right first code; every other sign-in ends."""
    counted = attempt(work, FACTOR)
    account = account_of(work)
    hold_account(work.session, account, to_change=True)
    if counted is None or not confirm_enrolment(work.session, account, code, now=work.now):
        _refuse(work)
        return None
    succeeded(work.session, (counted,), now=work.now)
    codes = make_recovery_codes(work.session, account)
    return _renewed(work, Stage.FULL), codes


def renew_recovery_codes(work: Work, code: str) -> tuple[str, tuple[str, ...]] | None:
    """The new token and new recovery codes after a right code; every other sign-in ends."""
    if not code_fits(work, code):
        return None
    codes = make_recovery_codes(work.session, account_of(work))
    return _renewed(work, Stage.FULL), codes


def begin_replacement(work: Work, code: str) -> str | None:
    """Give up the app after a right code: the token of a sign-in that can only set up another."""
    if not code_fits(work, code):
        return None
    give_up_factor(work.session, account_of(work), by=account_of(work))
    return _renewed(work, Stage.ENROL)


def code_fits(work: Work, code: str) -> bool:
    """Whether the code is right and was not used; it is used up by this."""
    counted = attempt(work, FACTOR)
    # in this order wherever rights change, so that nobody waits for each other
    hold_account(work.session, account_of(work), to_change=True)
    if counted is None or not use_code(work.session, account_of(work), code, now=work.now):
        _refuse(work)
        return False
    succeeded(work.session, (counted,), now=work.now)
    return True


def attempt(work: Work, limit: Limit) -> Counter | None:
    """Count an attempt of the one who is signed in; none when there is none left.

    It is committed at once, in a transaction of its own: what is tried afterwards may fail.
    """
    counted = counter(
        limit, work.platform.settings.secret, work.principal.tenant_id, account_of(work)
    )
    with work.platform.door.tenant_session(work.principal.tenant_id) as session:
        return counted if admit(session, (counted,), now=work.now) else None


def _renewed(work: Work, stage: Stage) -> str:
    return replace_sign_in(
        work.session, account_of(work), work.sign_in_id, stage, now=work.now, alone=True
    )


def _refuse(work: Work) -> None:
    record(
        work.session,
        work.principal,
        Action.SIGN_IN_REFUSED,
        subject_kind=SUBJECT,
        subject_id=account_of(work),
    )
