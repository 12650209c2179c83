"""Errors as people read them: a page in their language, or problem+json in the API; never data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from litestar import Response
from litestar.exceptions import (
    ClientException,
    HTTPException,
    MethodNotAllowedException,
    NotFoundException,
)
from litestar.response import Redirect
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.kit.errors import MalformedError, NotFoundError, PlatformError, RefusedError
from core.kit.language import Text
from core.registry.calls import PluginOutOfServiceError
from core.web.answers import PROBLEM
from core.web.rendering import open_page
from core.web.work import NotSignedInError, SecondFactorNeededError, language_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from litestar import Request

_UNEXPECTED = Text(
    vi="Hệ thống gặp lỗi ngoài dự kiến; dữ liệu đã lưu trước đó vẫn còn nguyên. "
    "Hãy thử lại, và báo cho quản trị của tỉnh nếu lỗi lặp lại.",
    en="Something went wrong on our side; what was saved before is safe. "
    "Try again, and tell your province's administrator if it happens again.",
)
_BUSY = Text(
    vi="Cơ sở dữ liệu tạm thời không phản hồi; chưa có gì được lưu từ lần gửi này. "
    "Hãy thử lại sau ít phút.",
    en="The database does not answer for the moment; nothing of this request was stored. "
    "Try again in a few minutes.",
)
_SECOND_FACTOR = Text(
    vi="Cần mã từ ứng dụng xác thực để hoàn tất đăng nhập.",
    en="A code of the authenticator app is needed to finish signing in.",
)
_SIGN_IN = Text(vi="Bạn cần đăng nhập.", en="You need to sign in.")


def exception_handlers() -> dict[int | type[Exception], Callable[..., Response[Any]]]:
    """What becomes of every exception that leaves a handler."""
    handlers: dict[type[Exception], Callable[..., Response[Any]]] = {
        PluginOutOfServiceError: _out_of_service,
        PlatformError: _platform,
        NotSignedInError: _not_signed_in,
        SecondFactorNeededError: _second_factor_needed,
        NotFoundException: _not_found,
        MethodNotAllowedException: _not_found,
        HTTPException: _http,
        OperationalError: _busy,
        PoolTimeout: _busy,
        ExceptionGroup: _at_the_end,
        Exception: _unexpected,
    }
    return {kind: _challenging(handler) for kind, handler in handlers.items()}


def _challenging(handler: Callable[..., Response[Any]]) -> Callable[..., Response[Any]]:
    """The same answer, with what a program must be told of its token."""

    def answer(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
        return _challenged(request, handler(request, error))

    return answer


def _challenged(request: Request[Any, Any, Any], answer: Response[Any]) -> Response[Any]:
    """Tell a program how to prove itself, or that its token is not enough (RFC 6750, 3)."""
    if not wants_json(request) or answer.status_code not in {401, 403}:
        return answer
    bearer = request.headers.get("authorization", "").lower().startswith("bearer ")
    fault = {401: "invalid_token", 403: "insufficient_scope"}[answer.status_code]
    if bearer or answer.status_code == 401:  # noqa: PLR2004  unauthorised
        error = f', error="{fault}"' if bearer else ""
        answer.headers["WWW-Authenticate"] = f'Bearer realm="An Nhi"{error}'
    return answer


def wants_json(request: Request[Any, Any, Any]) -> bool:
    """Whether the asker is a program."""
    return request.url.path.startswith("/api/")


def problem(code: str, status: int, sentence: str, **more: Any) -> Response[Any]:
    """One error as RFC 9457 has it; no address of the request, which may hold identifiers."""
    body = {"type": f"urn:annhi:{code}", "title": sentence, "status": status, **more}
    return Response(
        body, status_code=status, media_type=PROBLEM, headers={"Cache-Control": "no-store"}
    )


def _platform(request: Request[Any, Any, Any], error: PlatformError) -> Response[Any]:
    if error.status >= 500:  # noqa: PLR2004  a fault of ours
        return _unexpected(request, error)
    return _answer(request, error.code, error.status, error.message)


def _out_of_service(
    request: Request[Any, Any, Any], error: PluginOutOfServiceError
) -> Response[Any]:
    """Only this part is missing; the operator has been told."""
    answer = _answer(request, error.code, error.status, error.message)
    answer.headers["Retry-After"] = "60"
    return answer


def _not_signed_in(request: Request[Any, Any, Any], _error: NotSignedInError) -> Response[Any]:
    if wants_json(request):
        return problem("not_signed_in", 401, _SIGN_IN.read(language_of(request)))
    return Redirect("/sign-in")


def _second_factor_needed(
    request: Request[Any, Any, Any], error: SecondFactorNeededError
) -> Response[Any]:
    if wants_json(request):
        sentence = _SECOND_FACTOR.read(language_of(request))
        return problem("second_factor_needed", 401, sentence, awaited=str(error.stage))
    return Redirect(f"/sign-in/{error.stage}")


def _not_found(request: Request[Any, Any, Any], _error: Exception) -> Response[Any]:
    error = NotFoundError()
    return _answer(request, error.code, error.status, error.message)


def _http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    if error.status_code >= 500:  # noqa: PLR2004  a fault of ours
        return _unexpected(request, error)
    if isinstance(error, ClientException):
        refused = MalformedError(
            Text(
                vi="Yêu cầu không đọc được: hãy kiểm tra lại địa chỉ và nội dung gửi lên.",
                en="The request cannot be read: check its address and content.",
            )
        )
        return _answer(request, refused.code, error.status_code, refused.message)
    refusal = RefusedError(Text(vi="Yêu cầu bị từ chối.", en="The request was refused."))
    return _answer(request, refusal.code, error.status_code, refusal.message)


def _busy(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    structlog.get_logger().error("database unreachable", error=type(error).__name__)
    answer = _answer(request, "busy", 503, _BUSY)
    answer.headers["Retry-After"] = "60"
    return answer


def _at_the_end(request: Request[Any, Any, Any], error: ExceptionGroup) -> Response[Any]:
    """What the commit raises after the handler, which the framework hands on as a group."""
    _, others = error.split((OperationalError, PoolTimeout))
    return _busy(request, error) if others is None else _unexpected(request, error)


def _unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    structlog.get_logger().error(
        "request failed",
        route=getattr(request.scope.get("route_handler"), "handler_name", None),
        error=type(error).__name__,
        where=_where(error),
    )
    return _answer(request, "unexpected", 500, _UNEXPECTED)


def _where(error: BaseException) -> str:
    """The innermost place of our own code; never the message, which may hold data."""
    place = ""
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if "/core/" in code.co_filename or "/plugins/" in code.co_filename:
            place = f"{code.co_filename.rsplit('/', 2)[-2]}/{code.co_name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _answer(
    request: Request[Any, Any, Any], code: str, status: int, sentence: Text
) -> Response[Any]:
    language = language_of(request)
    if wants_json(request):
        return problem(code, status, sentence.read(language))
    return open_page(
        language,
        "error.html",
        path="/",
        status=status,
        sentence=sentence.read(language),
        number_of=status,
        demonstration=request.app.state.platform.settings.waives_second_factor,
    )
