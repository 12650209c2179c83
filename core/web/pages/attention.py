"""What needs attention within reach: computed when it is asked, stored nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar import Response

from core.areas.repository import area_names
from core.kit.language import Text
from core.kit.numbers import format_date, format_number
from core.money.models import READ as READ_MONEY
from core.money.service import standings
from core.organisation import lacking
from core.organisation.models import READ
from core.planning.late import overdue_activities
from core.planning.models import READ as READ_PLAN
from core.web.actions.forms import context_of
from core.web.rendering import page
from core.web.routing import reading
from core.web.work import Work

if TYPE_CHECKING:
    from collections.abc import Iterable

Group = dict[str, object]


@reading("/attention", permission=READ)
def attention_page(work: Work) -> Response[str]:
    """Communes that lack somebody or something, units below their minimum, activities past due."""
    groups = [*_network(work)]
    if work.principal.may(READ_MONEY):
        groups.append(_money(work))
    if work.principal.may(READ_PLAN):
        groups.append(_plan(work))
    return page(
        work, "attention.html", path="/attention", groups=[one for one in groups if one["rows"]]
    )


def _network(work: Work) -> Iterable[Group]:
    names = context_of(work).communes
    session, day = work.session, work.today
    few = lacking.with_few_collaborators(session, names, day)
    least = lacking.collaborators_planned(session, day)
    yield _group(
        work,
        Text(vi="Xã chưa có người làm công tác bảo vệ trẻ em", en="Communes without a worker"),
        [[names[one]] for one in lacking.without_worker(session, names, day)],
    )
    yield _group(
        work,
        Text(vi="Xã chưa có ban, nhóm còn hiệu lực", en="Communes without a committee"),
        [[names[one]] for one in lacking.without_committee(session, names, day)],
    )
    yield _group(
        work,
        Text(
            vi=f"Xã có dưới {least} cộng tác viên",
            en=f"Communes with fewer than {least} collaborators",
        ),
        [[names[one], format_number(n, language=work.language)] for one, n in few.items()],
    )


def _money(work: Work) -> Group:
    found = [one for one in standings(work.session, work.today.year) if not one.meets]
    names = area_names(work.session, {one.unit_id for one in found})
    return _group(
        work,
        Text(vi="Đơn vị bố trí kinh phí dưới mức tối thiểu", en="Units below their minimum"),
        [
            [
                names.get(one.unit_id, "–"),
                format_number(one.minimum_vnd - one.allocated_vnd, language=work.language),
            ]
            for one in found
        ],
    )


def _plan(work: Work) -> Group:
    return _group(
        work,
        Text(
            vi="Hoạt động quá hạn chưa có kết quả", en="Activities past their day without a result"
        ),
        [
            [one.title, format_date(one.due_on, work.language)]
            for one in overdue_activities(work.session, work.today)
            if one.due_on is not None
        ],
    )


def _group(work: Work, title: Text, rows: list[list[str]]) -> Group:
    return {"title": work.tell(title), "rows": rows}


handlers = [attention_page]
