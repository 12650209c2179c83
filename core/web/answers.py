"""What every operation may answer, as ``/schema`` says it: pages in HTML, the API in JSON."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import msgspec
from litestar.openapi.datastructures import ResponseSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

PROBLEM: Final = "application/problem+json"
ANY_FILE: Final = "*/*"
_API: Final = "core.web.api"


class FieldFault(msgspec.Struct):
    """One answer that does not fit, by its field."""

    field: str
    message: str


class Problem(msgspec.Struct):
    """An error (RFC 9457); ``errors`` where a form was refused, ``awaited`` at half a sign-in."""

    type: str
    title: str
    status: int
    errors: list[FieldFault] = []
    awaited: str | None = None


_REFUSALS: Final = (400, 401, 403, 404, 422, 503)
_REFUSED_WRITES: Final = (409, 429)


def answers_of(
    function: Callable[..., Any], declared: Mapping[int, Any], *, writes: bool
) -> dict[int, ResponseSpec]:
    """By status, what a handler answers; ``declared`` says what differs from the rest.

    A declared type is JSON, ``ANY_FILE`` a file of any kind and ``None`` nothing at all.
    """
    refusals = (*_REFUSALS, *_REFUSED_WRITES) if writes else _REFUSALS
    if function.__module__.startswith(_API):
        answers = _each(refusals, Problem, PROBLEM)
    else:
        redirect = HTTPStatus.SEE_OTHER if writes else HTTPStatus.FOUND
        answers = _each((200, *refusals), str, "text/html") | _each((302, redirect), None)
    return answers | {status: _spec(status, kind) for status, kind in declared.items()}


def _each(
    statuses: Iterable[int], kind: Any, media_type: str = "application/json"
) -> dict[int, ResponseSpec]:
    return {status: _spec(status, kind, media_type) for status in statuses}


def _spec(status: int, kind: Any, media_type: str = "application/json") -> ResponseSpec:
    if kind == ANY_FILE:
        kind, media_type = bytes, ANY_FILE
    return ResponseSpec(
        kind,
        generate_examples=False,
        description=HTTPStatus(status).phrase,
        media_type=media_type,
    )
