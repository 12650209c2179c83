"""What a person is told of files opened out of duty; never which child."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from litestar import Response
from litestar.response import Redirect

from core.access import notices
from core.access.notices import REVIEW
from core.identity.service import account_names
from core.web.actions.emergency import kinds_of_files, open_to_me
from core.web.pages.case_view import moment
from core.web.rendering import page
from core.web.routing import reading, writing
from core.web.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.access.notices import Told

PATH = "/notices"


@reading(PATH, permission=None)
def notices_page(work: Work) -> Response[str]:
    """Who opened a file that one answers for or must review, when and why; new ones first."""
    told = () if work.viewing_as else notices.of(work.session, work.principal.account_id)
    names = account_names(work.session, {one.opened.account_id for one in told})
    files = _files(work, told)
    return page(
        work,
        "notices.html",
        path=PATH,
        notices=[
            {
                "id": one.notice.id,
                "is_new": one.notice.seen_at is None,
                "is_owner": one.notice.reason == "owner",
                "who": names.get(one.opened.account_id, "–"),
                "when": moment(work, one.opened.opened_at),
                "until": moment(work, one.opened.ends_at),
                "reason": one.opened.reason,
                "verdict": one.opened.verdict,
                "file": files.get(one.subject_id),
            }
            for one in told
        ],
        may_review=work.principal.may(REVIEW),
    )


@writing(f"{PATH}/{{notice_id:uuid}}/seen", permission=None)
def see(work: Work, notice_id: UUID) -> Response[Any]:
    """The person has seen it."""
    notices.see(work.session, notice_id, account_id=work.principal.account_id, now=work.now)
    return Redirect(PATH, status_code=303)


def _files(work: Work, told: Sequence[Told]) -> dict[UUID, str]:
    """The addresses of those files that the person may open at this moment."""
    by_kind: dict[str, set[UUID]] = defaultdict(set)
    for one in told:
        by_kind[one.subject_kind].add(one.subject_id)
    kinds = kinds_of_files(work)
    return {
        file_id: kinds[kind].address(file_id)
        for kind, ids in by_kind.items()
        if kind in kinds
        for file_id in open_to_me(work, kinds[kind], ids)
    }


handlers = [notices_page, see]
