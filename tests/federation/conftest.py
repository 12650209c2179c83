"""Our application on a port, over a database of its own for each module."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.federation.site import Browser, Site, opened_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from core.testing.database import TestDatabase

MOT, HAI = 1, 2


@pytest.fixture(scope="module")
def site(database: TestDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The application, served."""
    home: Path = tmp_path_factory.mktemp("site")
    with opened_site(database, home) as made:
        yield made


@pytest.fixture
def new_browser(site: Site) -> Iterator[Callable[[], Browser]]:
    """As many browsers as a test needs, each without cookies."""
    made: list[Browser] = []

    def new() -> Browser:
        made.append(Browser(site))
        return made[-1]

    yield new
    for browser in made:
        browser.http.close()


@pytest.fixture
def browser(new_browser: Callable[[], Browser]) -> Browser:
    """One browser."""
    return new_browser()
