"""The app package that an administrator uploads to Teams: as little as this bot needs.

https://learn.microsoft.com/microsoft-365/extensibility/schema, version 1.24
"""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

from adapters.teams.icons import ACCENT, color, outline
from conversations.script import LANGUAGES, Promise

if TYPE_CHECKING:
    from adapters.teams.activity import Json
    from conversations.phrases import Command
    from conversations.script import Language
    from conversations.scripts import Scripts

VERSION = "1.24"
SCHEMAS = f"https://developer.microsoft.com/json-schemas/teams/v{VERSION}"
DEFAULT: Language = "en"
COMMANDS: tuple[Command, ...] = ("help", "mydata", "about", "forget")
"""What Teams proposes to type; each is understood in the chat, whatever is open there."""

MOMENT = (1980, 1, 1, 0, 0, 0)
"""The date of everything in the package, so that the same settings make the same package."""


def package(  # noqa: PLR0913  each stands in the manifest by this name
    scripts: Scripts,
    *,
    app_id: str,
    version: str,
    developer: str,
    website: str,
    privacy: str,
    terms: str,
) -> bytes:
    """The zip. `version` is three numbers; the addresses are those of whoever runs the bot."""
    manifest = {
        "$schema": f"{SCHEMAS}/MicrosoftTeams.schema.json",
        "manifestVersion": VERSION,
        "version": version,
        "id": app_id,
        "developer": {
            "name": developer,
            "websiteUrl": website,
            "privacyUrl": privacy,
            "termsOfUseUrl": terms,
        },
        "name": _name(scripts, DEFAULT),
        "description": _description(scripts, DEFAULT),
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": ACCENT,
        "localizationInfo": {
            "defaultLanguageTag": DEFAULT,
            "defaultLanguageFile": f"{DEFAULT}.json",
            "additionalLanguages": [
                {"languageTag": each, "file": f"{each}.json"}
                for each in LANGUAGES
                if each != DEFAULT
            ],
        },
        "defaultBlockUntilAdminAction": True,
        "bots": [
            {
                "botId": app_id,
                "scopes": ["personal"],
                "supportsFiles": False,
                "isNotificationOnly": False,
                "commandLists": [{"scopes": ["personal"], "commands": _commands(scripts, DEFAULT)}],
            }
        ],
    }
    files = {
        "manifest.json": _written(manifest),
        **{f"{each}.json": _written(_localised(scripts, each)) for each in LANGUAGES},
        "color.png": color(),
        "outline.png": outline(),
    }
    return _zipped(files)


def _name(scripts: Scripts, language: Language) -> Json:
    name = scripts.phrases.name.to(language)
    return {"short": name, "full": name}


def _description(scripts: Scripts, language: Language) -> Json:
    """Authored words of the conversation itself, so that they promise no more than it does."""
    home = scripts.phrases.home
    promise = scripts.frame.step(scripts.frame.start)
    first = promise.say[:1] if isinstance(promise, Promise) else ()
    full = "\n\n".join(text.to(language) for text in (*home.what, *first))
    return {"short": home.listed.to(language), "full": full}


def _commands(scripts: Scripts, language: Language) -> list[Json]:
    known, labels = scripts.phrases.commands, scripts.phrases.labels
    return [
        {"title": known[each].of(language)[0], "description": getattr(labels, each).to(language)}
        for each in COMMANDS
    ]


def _localised(scripts: Scripts, language: Language) -> Json:
    """What a person sees, by its place in the manifest."""
    words = {
        "$schema": f"{SCHEMAS}/MicrosoftTeams.Localization.schema.json",
        **{f"name.{key}": value for key, value in _name(scripts, language).items()},
        **{f"description.{key}": value for key, value in _description(scripts, language).items()},
    }
    for number, command in enumerate(_commands(scripts, language)):
        place = f"bots[0].commandLists[0].commands[{number}]"
        words |= {f"{place}.{key}": value for key, value in command.items()}
    return words


def _written(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"


def _zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(zipfile.ZipInfo(name, MOMENT), body, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
