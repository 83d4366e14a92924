"""What may be asked of the whole test run, and what is let go after each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp import web_app

if TYPE_CHECKING:
    from collections.abc import Iterator


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-transcripts",
        action="store_true",
        help="write the conversations of tests/transcripts again, as they go now",
    )


@pytest.fixture(autouse=True)
def _no_house_is_kept() -> Iterator[None]:
    """aiohttp remembers the handlers of its last thousand servers, and with them all that they hold."""
    yield
    web_app._cached_build_middleware.cache_clear()
