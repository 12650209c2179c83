"""What is wrong just now: the environment says it, so that another process can be told too."""

from __future__ import annotations

import os
import time

VARIABLE = "TROUBLED"
SLEEP_SECONDS = 0.6


class TroubleError(Exception):
    """What a broken plugin raises; its message holds what must never be written down."""


def trouble(part: str) -> None:
    """Raise or sleep if the environment says so of this part."""
    said = dict(each.split("=") for each in os.environ.get(VARIABLE, "").split(",") if each)
    what = said.get(part)
    if what == "raise":
        raise TroubleError("Nguyễn Thị Bí Mật, 12 tuổi")
    if what == "sleep":
        time.sleep(SLEEP_SECONDS)
