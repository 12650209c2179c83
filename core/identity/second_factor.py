"""The second factor: codes that an app makes from a secret and the time, each good once."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pyotp
from sqlalchemy import delete, select, update

from core.audit.service import Action, record
from core.identity.models import RoleGrant, SecondFactor, Stage
from core.identity.recovery import drop_recovery_codes, use_recovery_code
from core.identity.roles import requires_second_factor
from core.kit.errors import ConflictError
from core.kit.language import Text

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from core.tenancy.session import TenantSession

ISSUER = "An Nhi"
SUBJECT = "core.account.second_factor"
CODE_DIGITS = 6
# Source: RFC 6238, 5.2: one step of 30 seconds either way, for clocks and slow hands.
STEP = timedelta(seconds=30)
_STEPS_AWAY = 1


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What is put into the app: the secret to type, and the same as an address to scan."""

    secret: str
    address: str


def awaited(session: TenantSession, account_id: UUID) -> Stage:
    """What a sign-in still needs after the password."""
    if has_factor(session, account_id):
        return Stage.CODE
    roles = session.scalars(
        select(RoleGrant.role).where(
            RoleGrant.tenant_id == session.tenant_id, RoleGrant.account_id == account_id
        )
    )
    return Stage.ENROL if requires_second_factor(roles) else Stage.FULL


def has_factor(session: TenantSession, account_id: UUID) -> bool:
    """Whether the account has an app that was confirmed."""
    return _factor(session, account_id, confirmed=True) is not None


def begin_enrolment(
    session: TenantSession, account_id: UUID, login: str, *, now: datetime
) -> Enrolment:
    """A secret for a new app; the same one until it is confirmed, so that a reload harms nothing.

    Raises:
        ConflictError: there is a factor already; it must be given up first.
    """
    if has_factor(session, account_id):
        raise ConflictError(
            Text(
                vi="Tài khoản này đã có ứng dụng xác thực.",
                en="This account has an authenticator app already.",
            )
        )
    pending = _factor(session, account_id, confirmed=False)
    if pending is None:
        pending = SecondFactor(
            account_id=account_id, secret=pyotp.random_base32(), confirmed=False, created_at=now
        )
        session.add(pending)
        session.flush()
    address = pyotp.TOTP(pending.secret).provisioning_uri(name=login, issuer_name=ISSUER)
    return Enrolment(pending.secret, address)


def confirm_enrolment(
    session: TenantSession, account_id: UUID, code: str, *, now: datetime
) -> bool:
    """Make the pending app the account's own by a first code, which is used up by this.

    False when the code is not of that app and this moment.
    """
    code = "".join(code.split())
    pending = _factor(session, account_id, confirmed=False)
    step = None if pending is None else matching_step(pending.secret, code, now)
    if step is None or has_factor(session, account_id):
        return False
    confirmed = session.scalar(
        update(SecondFactor)
        .where(*_of(session, account_id), SecondFactor.confirmed.is_(False))
        .values(confirmed=True, last_step=step)
        .returning(SecondFactor.id)
    )
    if confirmed is None:
        return False
    record(session, account_id, Action.WRITE, subject_kind=SUBJECT, subject_id=account_id)
    return True


def use_code(session: TenantSession, account_id: UUID, typed: str, *, now: datetime) -> bool:
    """Use up a code of the app, or a recovery code; false when it is wrong or was used before.

    Of two that use the same code at once, the database lets one through.
    """
    code = "".join(typed.split())
    if len(code) == CODE_DIGITS and code.isdecimal():
        return _use_app_code(session, account_id, code, now)
    return use_recovery_code(session, account_id, code, now=now)


def give_up_factor(session: TenantSession, account_id: UUID, *, by: UUID | None) -> None:
    """Remove the app and its recovery codes; who gives them up has proved the right to."""
    session.execute(delete(SecondFactor).where(*_of(session, account_id)))
    drop_recovery_codes(session, account_id)
    record(session, by, Action.DELETE, subject_kind=SUBJECT, subject_id=account_id)


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code it is; none when it belongs to no step near."""
    app = pyotp.TOTP(secret)
    middle = app.timecode(now)
    for step in range(middle - _STEPS_AWAY, middle + _STEPS_AWAY + 1):
        if hmac.compare_digest(app.generate_otp(step), code):
            return step
    return None


def _use_app_code(session: TenantSession, account_id: UUID, code: str, now: datetime) -> bool:
    factor = _factor(session, account_id, confirmed=True)
    step = None if factor is None else matching_step(factor.secret, code, now)
    if step is None:
        return False
    used = session.scalar(
        update(SecondFactor)
        .where(
            *_of(session, account_id),
            SecondFactor.confirmed.is_(True),
            SecondFactor.last_step < step,
        )
        .values(last_step=step)
        .returning(SecondFactor.id)
    )
    return used is not None


def _factor(session: TenantSession, account_id: UUID, *, confirmed: bool) -> SecondFactor | None:
    return session.scalars(
        select(SecondFactor).where(*_of(session, account_id), SecondFactor.confirmed.is_(confirmed))
    ).one_or_none()


def _of(session: TenantSession, account_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        SecondFactor.tenant_id == session.tenant_id,
        SecondFactor.account_id == account_id,
    )
