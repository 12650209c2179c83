"""One-time links: choosing a password after an invitation or a reset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from litestar import Request, Response
from litestar.datastructures import State
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect

from core.identity.browsers import kind_of_device
from core.identity.errors import FieldFaultError
from core.web.actions.links import look_at_link, use_link
from core.web.client_address import client_address
from core.web.cookies import sign_in_cookie
from core.web.fields import summary
from core.web.pages.new_password import new_password_fields, require_repeated
from core.web.rendering import open_page
from core.web.routing import open_reading, open_writing
from core.web.work import language_of

if TYPE_CHECKING:
    from core.platform import Platform

FormBody = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Asked = Request[Any, Any, State]


@open_reading("/links/{purpose:str}/{token:str}")
def link_page(request: Asked, purpose: str, token: str) -> Response[str]:
    """Where the password is chosen; opening the page does not use the link up."""
    return _page(request, purpose, token)


@open_writing("/links/{purpose:str}/{token:str}")
def use(request: Asked, purpose: str, token: str, data: FormBody) -> Response[Any]:
    """Set the password, use the link up and go on to the second factor."""
    platform: Platform = request.app.state.platform
    try:
        require_repeated(data)
        opened = use_link(
            platform,
            token,
            purpose,
            data.get("password", ""),
            address=client_address(request, platform.settings),
            device=kind_of_device(request.headers.get("user-agent", "")),
        )
    except FieldFaultError as fault:
        return _page(request, purpose, token, fault)
    cookie = sign_in_cookie(platform.settings, opened)
    return Redirect("/", status_code=303, cookies=[cookie])


def _page(
    request: Asked, purpose: str, token: str, fault: FieldFaultError | None = None
) -> Response[str]:
    platform: Platform = request.app.state.platform
    address = client_address(request, platform.settings)
    holder = look_at_link(platform, token, purpose, address=address)
    fields = new_password_fields(language_of(request), fault)
    return open_page(
        language_of(request),
        "set_password.html",
        path=f"/links/{purpose}/{token}",
        status=422 if fault else 200,
        holder=holder,
        fields=fields,
        errors=summary(fields),
        generated_data=platform.settings.generated_data,
        demonstration=platform.settings.waives_second_factor,
    )


handlers = [link_page, use]
