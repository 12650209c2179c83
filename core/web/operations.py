"""What operators ask: alive, ready, counted; no personal data, no tenant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anyio.to_thread import run_sync
from litestar import Request, Response, get
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

if TYPE_CHECKING:
    from core.platform import Platform


@get("/healthz", include_in_schema=False, opt={"for_everyone": True})
async def alive() -> dict[str, str]:
    """The process answers; never asks the database, or an outage would restart everything."""
    return {"status": "alive"}


@get("/readyz", include_in_schema=False, opt={"for_everyone": True})
async def ready(request: Request[Any, Any, Any]) -> Response[dict[str, str]]:
    """The database answers and requests may come."""
    platform: Platform = request.app.state.platform
    try:
        await run_sync(_ask_database, platform)
    except SQLAlchemyError:
        return Response({"status": "database unreachable"}, status_code=503)
    return Response({"status": "ready"})


@get("/metrics", include_in_schema=False, opt={"for_everyone": True})
async def metrics() -> Response[bytes]:
    """Counters for Prometheus."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _ask_database(platform: Platform) -> None:
    with platform.door.engine.connect() as connection:
        connection.execute(text("SELECT 1"))


handlers = [alive, ready, metrics]
