"""A process is ready in less than two seconds, so that an update of one process is hardly noticed."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

import pytest

from tests.support.serving import Serving, environment

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = 5
TEAMS = {
    "MicrosoftAppId": "00000000-0000-0000-0000-000000000001",
    "MicrosoftAppPassword": "invented",
    "MicrosoftAppTenantId": "00000000-0000-0000-0000-000000000002",
    "LUWTE_TEAMS_METADATA_URL": "http://127.0.0.1:9/metadata",
    "LUWTE_TEAMS_TOKEN_URL": "http://127.0.0.1:9/token",
}


@pytest.mark.parametrize("platforms", ["slack", "slack and teams"])
async def test_from_the_command_to_ready_takes_less_than_two_seconds(
    tmp_path: Path, platforms: str
) -> None:
    env = environment(tmp_path, f"sqlite:///{tmp_path / 'luwte.db'}", "http://127.0.0.1:9/api/")
    if platforms != "slack":
        env |= TEAMS
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        async with Serving(env):
            took.append(time.perf_counter() - began)

    print(f"{platforms}: {[round(each, 2) for each in took]} s")
    assert statistics.median(took) < 2
