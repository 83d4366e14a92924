"""The app package: what Teams takes, the least that is asked, and pictures that were really drawn."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from typing import Any

import pytest

from adapters.teams.icons import color, outline
from adapters.teams.manifest import COMMANDS, package
from conversations import library
from conversations.commands import command
from conversations.script import LANGUAGES, Language

APP = "00000000-0000-0000-0000-00000000a001"
SCRIPTS = library.load()


def files(**given: str) -> dict[str, bytes]:
    site = "https://coach.example"
    usual = {"app_id": APP, "version": "1.0.0", "developer": "Coach"}
    pages = {"website": site, "privacy": f"{site}/privacy", "terms": f"{site}/terms"}
    with zipfile.ZipFile(io.BytesIO(package(SCRIPTS, **{**usual, **pages, **given}))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def manifest() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files()["manifest.json"])
    return found


def test_the_package_holds_the_manifest_both_languages_and_both_pictures() -> None:
    assert set(files()) == {"manifest.json", "nl.json", "en.json", "color.png", "outline.png"}


def test_the_same_settings_make_the_same_package() -> None:
    assert files() == files()
    one, other = (
        package(
            SCRIPTS,
            app_id=APP,
            version="1.0.0",
            developer="Coach",
            website="https://a.example",
            privacy="https://a.example",
            terms="https://a.example",
        )
        for _ in range(2)
    )
    assert one == other


def test_it_asks_for_a_personal_bot_and_for_nothing_else() -> None:
    (bot,) = manifest()["bots"]

    assert (bot["botId"], bot["scopes"], bot["supportsFiles"]) == (APP, ["personal"], False)
    assert set(manifest()) == {
        "$schema",
        "manifestVersion",
        "version",
        "id",
        "developer",
        "name",
        "description",
        "icons",
        "accentColor",
        "localizationInfo",
        "defaultBlockUntilAdminAction",
        "bots",
    }
    assert manifest()["defaultBlockUntilAdminAction"] is True


def test_no_text_is_longer_than_teams_shows() -> None:
    limits = {"name.short": 30, "description.short": 80, "description.full": 4000}
    for language in LANGUAGES:
        words = json.loads(files()[f"{language}.json"])
        assert all(0 < len(words[name]) <= most for name, most in limits.items())
        titles = [value for name, value in words.items() if name.endswith("].title")]
        assert len(titles) == len(COMMANDS)
        assert all(len(title) <= 32 for title in titles)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_proposed_command_is_understood(language: Language) -> None:
    words = json.loads(files()[f"{language}.json"])
    titles = [value for name, value in words.items() if name.endswith("].title")]

    assert [command(SCRIPTS.phrases, title, language) for title in titles] == list(COMMANDS)


def pixels(picture: bytes) -> tuple[int, int, bytes]:
    """Width, height and RGBA of a PNG as ours are written; every check sum is looked at."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    at, chunks = 8, {}
    while at < len(picture):
        (length,), name = struct.unpack(">I", picture[at : at + 4]), picture[at + 4 : at + 8]
        body = picture[at + 8 : at + 8 + length]
        (check,) = struct.unpack(">I", picture[at + 8 + length : at + 12 + length])
        assert check == zlib.crc32(name + body)
        chunks[name] = body
        at += 12 + length
    width, height, *kind = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert kind == [8, 6, 0, 0, 0]
    raw, step = zlib.decompress(chunks[b"IDAT"]), 1 + 4 * width
    rows = [raw[row * step : (row + 1) * step] for row in range(height)]
    assert all(row[0] == 0 for row in rows)
    return width, height, b"".join(row[1:] for row in rows)


def test_the_colour_picture_fills_its_square_and_keeps_the_symbol_off_the_edges() -> None:
    width, height, found = pixels(color())
    points = [found[at : at + 4] for at in range(0, len(found), 4)]
    white = [at for at, point in enumerate(points) if point == b"\xff\xff\xff\xff"]

    assert (width, height) == (192, 192)
    assert {point[3] for point in points} == {255}
    assert all(36 <= at % 192 < 156 and 36 <= at // 192 < 156 for at in white)
    assert 1_000 < len(white) < 9_000


def test_the_outline_is_white_on_nothing() -> None:
    width, height, found = pixels(outline())
    points = [found[at : at + 4] for at in range(0, len(found), 4)]

    assert (width, height) == (32, 32)
    assert {point[:3] for point in points} == {b"\xff\xff\xff"}
    assert {points[0][3], points[-1][3]} == {0}
    assert sum(point[3] == 255 for point in points) > 150
