"""The composition root of the web process: ``create_app(platform)``."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

from litestar import Litestar, Response, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.static_files import create_static_files_router

from core.identity.openid.client import OpenIdClient
from core.kit.outgoing import Outgoing
from core.web import operations
from core.web.api import alerts as api_alerts
from core.web.api import cases as api_cases
from core.web.api import figures as api_figures
from core.web.api import oauth, people, records
from core.web.api import reports as api_reports
from core.web.errors import exception_handlers
from core.web.language import keep_chosen_language
from core.web.pages import (
    access,
    accounts,
    agreements,
    alerts,
    attachments,
    attention,
    audit,
    case_people,
    cases,
    child_changes,
    child_file,
    child_imports,
    corrections,
    declared_exports,
    duplicates,
    emergency,
    exports,
    figures,
    forms,
    incidents,
    links,
    money,
    national,
    notices,
    own_account,
    programmes,
    providers,
    register,
    report_words,
    reporting,
    reports,
    reviews,
    second_factor,
    sign_in,
    start,
)
from core.web.rendering import STATIC
from core.web.security import guard_answer, require_own_origin
from core.web.work import cookie_name, make_gate, provide_work

if TYPE_CHECKING:
    from core.platform import Platform

API = "/api/v1"
MOST_BODY_BYTES = 2_000_000
MOST_PARTS = 20  # of a form with a file; it has four


def _long_lived(response: Response[Any]) -> Response[Any]:
    """Static files carry a mark of their content in the address and may be kept for a year."""
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def create_app(platform: Platform) -> Litestar:
    """The whole application over one platform; no connection is made here."""
    # plain HTTP to this machine is for tests and the demonstration, as are cookies without TLS
    outgoing = Outgoing(loopback=not platform.settings.secure_cookies)
    openid = OpenIdClient(outgoing, platform.clock)
    return Litestar(
        route_handlers=[
            *sign_in.handlers,
            *second_factor.handlers,
            *links.handlers,
            *own_account.handlers,
            *accounts.handlers,
            *providers.handlers,
            *start.handlers,
            *programmes.handlers,
            *register.handlers,
            *child_imports.handlers,
            *child_file.handlers,
            *child_changes.handlers,
            *duplicates.handlers,
            *reviews.handlers,
            *incidents.handlers,
            *attention.handlers,
            *alerts.handlers,
            *money.handlers,
            *forms.handlers,
            *corrections.handlers,
            *declared_exports.handlers,
            *exports.handlers,
            *attachments.handlers,
            *cases.handlers,
            *case_people.handlers,
            *figures.handlers,
            *reports.handlers,
            *report_words.handlers,
            *reporting.handlers,
            *national.handlers,
            *audit.handlers,
            *access.handlers,
            *agreements.handlers,
            *emergency.handlers,
            *notices.handlers,
            *operations.handlers,
            *oauth.root_handlers,
            Router(
                "/api/v1",
                route_handlers=[
                    *people.handlers,
                    *oauth.handlers,
                    *records.handlers,
                    *api_cases.handlers,
                    *api_alerts.handlers,
                    *api_figures.handlers,
                    *api_reports.handlers,
                ],
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
        before_send=[keep_chosen_language, guard_answer],
        state=State(
            {
                "platform": platform,
                "gate": make_gate(platform),
                "openid": openid,
            }
        ),
        openapi_config=OpenAPIConfig(
            title="An Nhi",
            version="1",
            path="/schema",
            render_plugins=[JsonRenderPlugin()],
            components=Components(
                security_schemes={
                    "token": SecurityScheme(type="http", scheme="bearer"),
                    "browser": SecurityScheme(
                        type="apiKey",
                        name=cookie_name(platform.settings.secure_cookies),
                        security_scheme_in="cookie",
                    ),
                }
            ),
            security=[{"token": []}, {"browser": []}],
        ),
        request_max_body_size=MOST_BODY_BYTES,
        multipart_form_part_limit=MOST_PARTS,
    )


def run_server(app: Any, host: str, port: int) -> None:
    """Answer requests to an ASGI application until the process is ended."""
    # imported here, where it is used: the command line starts without the web
    import uvicorn

    # the program itself stays: the collector need not go through it again with every list
    gc.collect()
    gc.freeze()
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # whom to believe about addresses is a setting of ours
    )
