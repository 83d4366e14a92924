"""Everything that people can be shown, in a browser: on a telephone and with large text nothing sticks out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from conversations.script import LANGUAGES
from tests import gallery
from tests.support.pages import browser, needed, node, shots

if TYPE_CHECKING:
    from pathlib import Path


SECTIONS = [
    *("Slack: message · t4", "Slack: window · t4", "Teams: card · t4", "Teams: dialog · t4"),
    *("Slack: window · coach", "Teams: dialog · coach"),
]


@pytest.fixture(autouse=True)
def with_a_browser() -> None:
    needed("adaptivecards", "playwright-core")


@pytest.mark.parametrize(("width", "text"), [(620, 100), (360, 130)])
async def test_nothing_sticks_out_of_its_frame(tmp_path: Path, width: int, text: int) -> None:
    out = tmp_path / "gallery.html"
    pictures = gallery.write(out, width=width, text=text)

    told = {
        "url": out.as_uri(),
        "chromium": browser(),
        "width": 1300,
        "shot": str(shots(tmp_path) / f"gallery-{width}.png"),
    }
    found = json.loads(await node("gallery_fit.mjs", json.dumps(told)))

    assert (found["wide"], found["blank"]) == ([], [])
    assert found["frames"] == pictures > 1_000
    shown = out.read_text(encoding="utf-8")
    for section in (f"{each} · {language}" for each in SECTIONS for language in LANGUAGES):
        assert f">{section}</h2>" in shown
