"""For administrators: why something is closed to an account, and the pages as it meets them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from litestar import Request, Response
from litestar.datastructures import State
from litestar.response import Redirect

from core.access import repository, view_as
from core.access.explain import explain
from core.forms.context import communes_to_choose
from core.identity.service import given_roles
from core.kit.language import Text
from core.web.fields import PageField
from core.web.rendering import page
from core.web.routing import reading, writing
from core.web.work import Work

if TYPE_CHECKING:
    from core.access.explain import Rule

Asked = Request[Any, Any, State]
MANAGE = view_as.MANAGE


@reading("/access/why", permission=MANAGE)
def why_page(  # noqa: PLR0917  the parts of one question in an address
    work: Work,
    login: str = "",
    form: str = "",
    wish: str = "see",
    commune: str = "",
    field: str = "",
) -> Response[str]:
    """Each rule between an account and a form, a commune and a field; never about a record."""
    account = repository.account_by_login(work.session, login.strip().lower()) if login else None
    rules: tuple[Rule, ...] = ()
    chosen = work.platform.registry.catalogue.forms.get(form)
    if account is not None and chosen is not None:
        known = {item.name for item in chosen.fields} & set(chosen.model.__table__.columns.keys())  # type: ignore[attr-defined]
        rules = explain(
            work.session,
            account,
            given_roles(work.session, account.id),
            work.programmes,
            form=chosen,
            owner=work.platform.registry.catalogue.owner_of[chosen.code],
            wish="enter" if wish == "enter" else "see",
            commune_id=int(commune) if commune.isascii() and commune.isdigit() else None,
            field=field if field in known else None,
        )
    unknown = Text("Không có tài khoản này.", "There is no such account.")
    return page(
        work,
        "why.html",
        path="/access/why",
        fields=_fields(
            work,
            {"login": login, "form": form, "wish": wish, "commune": commune, "field": field},
            work.tell(unknown) if login and account is None else None,
        ),
        rules=[(rule.code, rule.passes, work.tell(rule.why)) for rule in rules],
        shown_id=account.id if account is not None and chosen is not None else None,
    )


@writing("/access/view-as/{account_id:uuid}", permission=MANAGE)
def start_viewing(work: Work, account_id: UUID) -> Response[Any]:
    """Look as another account from the next page on."""
    view_as.start(work.session, work.principal, work.sign_in_id, account_id, now=work.now)
    return Redirect("/", status_code=303)


@writing("/access/own-eyes", permission=None, own_eyes=True)
def stop_viewing(work: Work) -> Response[Any]:
    """Look with one's own eyes again."""
    view_as.end(work.session, work.sign_in_id, now=work.now)
    return Redirect("/access/why", status_code=303)


def _fields(work: Work, given: dict[str, str], fault: str | None) -> list[PageField]:
    forms = work.platform.registry.catalogue.forms.values()
    chosen = work.platform.registry.catalogue.forms.get(given["form"])
    told = work.tell
    wishes = [("see", told(Text("Xem", "See"))), ("enter", told(Text("Ghi", "Enter")))]
    names = [(f.name, told(f.label)) for f in chosen.fields] if chosen else []
    return [
        PageField(
            name="login",
            label=told(Text("Tên đăng nhập", "Sign-in name")),
            value=given["login"],
            error=fault,
        ),
        PageField(
            name="form",
            label=told(Text("Biểu mẫu", "Form")),
            kind="choice",
            value=given["form"],
            options=[(f.code, told(f.title)) for f in forms],
        ),
        PageField(
            name="wish",
            label=told(Text("Việc muốn làm", "What is wanted")),
            kind="choice",
            value=given["wish"],
            options=wishes,
        ),
        PageField(
            name="commune",
            label=told(Text("Xã, phường, thị trấn", "Commune")),
            kind="choice",
            required=False,
            value=given["commune"],
            options=[
                (str(number), name)
                for number, name in communes_to_choose(work.session, work.today).items()
            ],
        ),
        PageField(
            name="field",
            label=told(Text("Trường thông tin", "Field")),
            kind="choice",
            required=False,
            value=given["field"],
            options=names,
        ),
    ]


handlers = [why_page, start_viewing, stop_viewing]
