"""Pages in a real browser, driven as a person would: `tests/emulators/driver.mjs` with steps to do."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parents[1] / "emulators"
MODULES = HERE / "node_modules"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 240.0

Step = tuple[str, object]


@dataclass(frozen=True)
class Seen:
    """What came of the steps: all words of the page at the end, and what the page complained of."""

    text: str
    complaints: list[str]


def browser() -> str | None:
    return next((found for each in BROWSERS if (found := shutil.which(each))), None)


def needed(*packages: str) -> None:
    """Skip, loudly, where node, these packages or the browser are missing; in CI that is an error."""
    missing = [] if shutil.which("node") else ["node"]
    missing += [each for each in packages if not (MODULES / each).is_dir()]
    missing += [] if browser() else ["chromium"]
    if not missing:
        return
    told = f"missing: {', '.join(missing)}; `make emulators` installs what it can"
    if "CI" in os.environ:
        pytest.fail(told)
    pytest.skip(told)


def shots(folder: Path) -> Path:
    """Where pictures go: `LUWTE_SHOTS`, for whoever wants to look at them, else `folder`."""
    given = os.environ.get("LUWTE_SHOTS")
    place = Path(given) if given else folder
    place.mkdir(parents=True, exist_ok=True)
    return place


async def drive(url: str, steps: Sequence[Step], folder: Path, **size: int) -> Seen:
    """Do these steps in the page at `url`; an assertion that fails names the step."""
    told = {
        "url": url,
        "chromium": browser(),
        "steps": list(steps),
        "failure": str(shots(folder) / "failure.png"),
        **size,
    }
    found = await node("driver.mjs", json.dumps(told))
    result: dict[str, Any] = json.loads(found)
    assert result["failed"] is None, f"{result['failed']}\n{result['text']}"
    return Seen(result["text"], result["complaints"])


async def node(script: str, told: str) -> str:
    """The output of a script of `tests/emulators` with this on standard input."""
    process = await asyncio.create_subprocess_exec(
        "node",
        str(HERE / script),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=HERE,
    )
    async with asyncio.timeout(PATIENCE):
        said, complained = await process.communicate(told.encode())
    assert process.returncode == 0, complained.decode()[-2_000:]
    return said.decode()
