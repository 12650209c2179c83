"""An administrator looks at the pages as somebody else meets them: reading only, naming nobody.

What is shown is bounded twice: by the other's rows and rights, and by what tells of no person. So
it helps with "I cannot see the button" and opens no child's file to an administrator.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.access import repository
from core.access.models import ViewAs
from core.audit.service import Action, record
from core.db.base import DataClass
from core.identity.models import Stage
from core.identity.service import SignedIn, given_roles
from core.kit.errors import NotFoundError
from core.kit.language import Text

if TYPE_CHECKING:
    from uuid import UUID

    from core.identity.models import Account
    from core.identity.principal import Principal
    from core.tenancy.session import TenantSession

MANAGE = "core.account.manage"
LASTS = timedelta(minutes=30)
# These open what is written about people's reading, which is no page to try.
_NEVER = frozenset({"core.audit.read", "core.emergency.review", "core.emergency.open", MANAGE})


def start(
    session: TenantSession, who: Principal, sign_in_id: UUID, shown_account: UUID, *, now: datetime
) -> ViewAs:
    """Begin to look as another account, in this sign-in alone, for half an hour at most.

    Raises:
        RefusedError: the person administers no accounts.
        NotFoundError: there is no such account here, or it is the person's own.
    """
    who.require(MANAGE)
    known = repository.active_account(session, shown_account)
    if known is None or shown_account == who.account_id or who.account_id is None:
        raise NotFoundError
    end(session, sign_in_id, now=now)
    view = ViewAs(
        account_id=who.account_id,
        sign_in_id=sign_in_id,
        shown_account_id=shown_account,
        started_at=now,
        ends_at=now + LASTS,
    )
    session.add(view)
    session.flush()
    record(session, who, Action.VIEW_AS, subject_kind="core.account", subject_id=shown_account)
    return view


def end(session: TenantSession, sign_in_id: UUID, *, now: datetime) -> None:
    """Look with one's own eyes again; no fault if one does already."""
    view = repository.open_view(session, sign_in_id, now)
    if view is not None:
        view.ended_at = now
        session.flush()


def shown(session: TenantSession, sign_in_id: UUID, *, now: datetime) -> SignedIn | None:
    """Whom this sign-in looks as, as if that account had signed in; ``None`` for its own."""
    view = repository.open_view(session, sign_in_id, now)
    account = None if view is None else repository.active_account(session, view.shown_account_id)
    if account is None:
        return None
    return as_signed_in(session, account, sign_in_id)


def as_signed_in(session: TenantSession, account: Account, sign_in_id: UUID) -> SignedIn:
    """An account as if it had signed in now, with the roles that it has now."""
    return SignedIn(
        sign_in_id=sign_in_id,
        account_id=account.id,
        display_name=account.display_name,
        roles=given_roles(session, account.id),
        needs_touch=False,
        stage=Stage.FULL,
        partner_id=account.partner_id,
    )


def through_eyes(own: Principal, other: Principal) -> Principal:
    """The other's rights and rows, without what tells of a person and without any given case."""
    reach = replace(
        other.reach,
        confidential=frozenset(),
        assigned=frozenset(),
        holder=None,
        classes=tuple(
            (schema, min(most, DataClass.INTERNAL, key=lambda data_class: data_class.rank))
            for schema, most in other.reach.classes or ()
        ),
    )
    return replace(
        other,
        account_id=own.account_id,
        display_name=other.display_name,
        permissions=other.permissions - _NEVER,
        reach=reach,
    )


READ_ONLY = Text(
    vi="Bạn đang xem như người khác nên chỉ được đọc. Hãy trở lại tài khoản của mình để ghi.",
    en="You are looking as somebody else and can only read. Return to your own account to write.",
)
