"""Fixtures for every suite: the test kit's, under short names, and what a run tells at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.testing.fixtures import *  # noqa: F403  pytest collects fixtures by name

if TYPE_CHECKING:
    from collections.abc import Callable

TOLD = "what was tried"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of single suites."""
    parser.addoption(
        "--leak-calls",
        type=int,
        default=0,
        help="how many calls the leak fuzzer makes in all (tests/isolation/test_leak_fuzzer.py)",
    )
    parser.addoption(
        "--api-examples",
        type=int,
        default=0,
        help="how many requests of each kind everybody makes up (tests/core/web/test_openapi.py)",
    )
    parser.addoption(
        "--every-way",
        action="store_true",
        help="each role asks each route in every way, not in one (tests/access, tests/isolation)",
    )


@pytest.fixture(scope="session")
def every_way(request: pytest.FixtureRequest) -> bool:
    """Whether each role asks each route in every way, not in one that is its turn."""
    return bool(request.config.getoption("--every-way"))


@pytest.fixture
def summary(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Say a line at the end of the run, from whichever process the test runs in."""

    def say(line: str) -> None:
        request.node.user_properties.append((TOLD, line))

    return say


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how much was tried."""
    reports = terminalreporter.getreports("passed")
    lines = [line for report in reports for name, line in report.user_properties if name == TOLD]
    if lines:
        terminalreporter.section(TOLD)
        for line in lines:
            terminalreporter.line(line)
