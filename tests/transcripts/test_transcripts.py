"""Conversations as people would have them, replayed to the letter.

`pytest --update-transcripts` writes them again after a change of words; then read what changed.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conversations import library
from conversations.script import LANGUAGES
from tests.support import transcripts

if TYPE_CHECKING:
    from conversations.scripts import Scripts

FILES = sorted(Path(__file__).parent.glob("*.txt"))


@cache
def packaged() -> Scripts:
    return library.load()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_conversation_goes_as_it_is_written(path: Path, request: pytest.FixtureRequest) -> None:
    transcript = transcripts.read(path)
    now = transcripts.played(packaged(), transcript)
    if request.config.getoption("--update-transcripts"):
        path.write_text(now, encoding="utf-8")

    assert path.read_text(encoding="utf-8") == now


def test_every_subject_has_a_conversation_in_either_language() -> None:
    written = {(each.track, each.language) for each in map(transcripts.read, FILES)}

    assert {(track, language) for track in packaged().tracks for language in LANGUAGES} <= written
    assert {("frame", language) for language in LANGUAGES} <= written


def test_every_conversation_comes_to_an_end() -> None:
    for path in FILES:
        transcript = transcripts.read(path)
        me = transcripts.talker(packaged(), transcript)
        transcripts.played(packaged(), transcript, me)

        assert me.turn.prompt is None, path.name
