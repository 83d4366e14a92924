"""Cards, dialogs and the app package against what Microsoft publishes to check them with."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from adapters.teams import cards, dialog
from bot.__main__ import main
from conversations import library
from conversations.organisation import Organisation
from tests.support.coachturns import coach_turns
from tests.support.colleague import card
from tests.support.every_turn import every_turn
from tests.support.pages import needed, node

if TYPE_CHECKING:
    from pathlib import Path

Json = dict[str, Any]
APP = "00000000-0000-0000-0000-00000000a001"


def every_card() -> dict[str, Json]:
    scripts = library.load().of(Organisation("example", "bureau", country="NL"))
    found: dict[str, Json] = {}
    for name, turn in every_turn(scripts):
        message = cards.message(turn, scripts.phrases)
        asked = dialog.question(turn, scripts.phrases, held=True)
        found |= {f"{name} · card": card(message)} if message else {}
        found |= {f"{name} · dialog": card(asked)} if asked else {}
    for name, turn in coach_turns(scripts):
        asked = dialog.question(turn, scripts.phrases, held=True)
        found |= {f"coach · {name}": card(asked)} if asked else {}
    return found


async def findings(script: str, of: object) -> Any:
    return json.loads(await node(script, json.dumps(of)))


async def test_microsofts_library_finds_nothing_wrong_with_any_card_or_dialog() -> None:
    needed("adaptivecards")
    every = every_card()

    assert len(every) > 1_000
    assert await findings("teams_cards.mjs", every) == {}


@pytest.mark.parametrize("wrong", ["TextBlok", "Action.Sumbit", "no id"])
async def test_that_library_finds_what_is_wrong(wrong: str) -> None:
    needed("adaptivecards")
    body: list[Json] = [
        {"type": "TextBlock", "text": "x"},
        {"type": "Input.Text", "id": "a", "label": "x"},
    ]
    actions = [{"type": "Action.Submit", "title": "x"}]
    match wrong:
        case "TextBlok":
            body[0]["type"] = wrong
        case "Action.Sumbit":
            actions[0]["type"] = wrong
        case _:
            del body[1]["id"]
    bad = {"type": "AdaptiveCard", "version": "1.5", "body": body, "actions": actions}

    assert set(await findings("teams_cards.mjs", {"bad": bad})) == {"bad"}


async def package(folder: Path) -> Json:
    out = folder / "luwte.zip"
    assert main(["manifest", "teams", "--app-id", APP, "--out", str(out)], {}) == 0
    with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as archive:
        names = [name for name in archive.namelist() if name.endswith(".json")]
        return {name: json.loads(archive.read(name)) for name in names}


async def test_microsofts_schemas_take_the_app_package(tmp_path: Path) -> None:
    needed("@microsoft/app-manifest", "ajv-draft-04", "ajv-formats")

    assert await findings("teams_package.mjs", await package(tmp_path)) == []


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("manifest.json", {"unknown": 1}),
        ("manifest.json", {"name": {"short": "x" * 40, "full": "x"}}),
        ("manifest.json", {"bots": [{"botId": APP, "scopes": ["private"]}]}),
        ("nl.json", {"description.short": "x" * 100}),
    ],
)
async def test_those_schemas_find_what_is_wrong(file: str, change: Json, tmp_path: Path) -> None:
    needed("@microsoft/app-manifest", "ajv-draft-04", "ajv-formats")
    files = await package(tmp_path)
    files[file] |= change

    assert await findings("teams_package.mjs", files) != []
