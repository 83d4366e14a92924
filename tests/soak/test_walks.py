"""A thousand walks through every subject: each ends, in either language, and none repeats itself."""

from __future__ import annotations

import pytest

from conversations import library
from conversations.branches import branches
from conversations.checks import rehearsed
from tests.support import walks

SCRIPTS = library.load()


@pytest.mark.parametrize("track", SCRIPTS.tracks)
def test_a_thousand_walks_hold_what_one_must(track: str) -> None:
    met = walks.examine(SCRIPTS, track, range(1000))

    every = branches(SCRIPTS.tracks[track])
    assert not every - met - rehearsed.walked(SCRIPTS, track)
