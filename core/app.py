"""The composition root of the web process: ``create_app(platform)``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar import Litestar, Response, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.static_files import create_static_files_router

from core.web import operations
from core.web.api import figures, people, records
from core.web.errors import exception_handlers
from core.web.language import keep_chosen_language
from core.web.pages import (
    audit,
    child_changes,
    child_file,
    duplicates,
    forms,
    national,
    programmes,
    register,
    reports,
    reviews,
    sign_in,
    start,
)
from core.web.rendering import STATIC
from core.web.security import add_security_headers, require_own_origin
from core.web.work import make_gate, provide_work

if TYPE_CHECKING:
    from core.platform import Platform

API = "/api/v1"
MOST_BODY_BYTES = 2_000_000


def _long_lived(response: Response[Any]) -> Response[Any]:
    """Static files carry a mark of their content in the address and may be kept for a year."""
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return add_security_headers(response)


def create_app(platform: Platform) -> Litestar:
    """The whole application over one platform; no connection is made here."""
    return Litestar(
        route_handlers=[
            *sign_in.handlers,
            *start.handlers,
            *programmes.handlers,
            *register.handlers,
            *child_file.handlers,
            *child_changes.handlers,
            *duplicates.handlers,
            *reviews.handlers,
            *forms.handlers,
            *reports.handlers,
            *national.handlers,
            *audit.handlers,
            *operations.handlers,
            Router(
                "/api/v1", route_handlers=[*people.handlers, *records.handlers, *figures.handlers]
            ),
            create_static_files_router(
                "/static",
                directories=[STATIC],
                opt={"for_everyone": True},
                include_in_schema=False,
                after_request=_long_lived,
            ),
        ],
        dependencies={"work": Provide(provide_work)},
        exception_handlers=exception_handlers(),
        before_request=require_own_origin,
        after_request=add_security_headers,
        before_send=[keep_chosen_language],
        state=State({"platform": platform, "gate": make_gate(platform)}),
        openapi_config=OpenAPIConfig(
            title="An Nhi",
            version="1",
            path="/schema",
            render_plugins=[JsonRenderPlugin()],
        ),
        request_max_body_size=MOST_BODY_BYTES,
    )
