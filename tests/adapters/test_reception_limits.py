"""Who sends too much is refused before anything is looked up; who asks for help never is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adapters.identity import PlatformId
from adapters.incoming import Incoming
from adapters.limits import LimitedError, Limits
from adapters.reception import Reception
from conversations.organisation import Organisation
from storage.errors import KeysError
from tests.adapters.test_reception import NOW, FakeIdentities, FakeSessions
from tests.support import content
from tests.support.locks import QuickLocks

if TYPE_CHECKING:
    from conversations.person import Person

CRISIS = "ik wil dood"
ANNA = PlatformId("slack", "TEXAMPLE", "UANNA")
BRAM = PlatformId("slack", "TEXAMPLE", "UBRAM")


class Unreadable(FakeIdentities):
    """A key folder that went away."""

    def identify(self, platform: str, tenant: str, user: str) -> Person:
        raise KeysError(
            "epochs_unreadable", f"{platform[:0]}{tenant[:0]}{user[:0]}check the folder"
        )


def receiving(
    identities: FakeIdentities, sessions: FakeSessions, limits: Limits | None
) -> Reception:
    return Reception(
        identities=identities,
        locks=QuickLocks(identities, lambda: NOW),
        sessions=sessions,
        scripts=content.scripts(),
        organisations={("slack", "TEXAMPLE"): Organisation("example", "bureau")},
        clock=lambda: NOW,
        limits=limits,
    )


async def test_beyond_the_limit_there_is_no_turn_and_nobody_else_notices() -> None:
    sessions = FakeSessions()
    here = receiving(FakeIdentities(), sessions, Limits(20, lambda: 0.0))
    for number in range(10):
        await here.take(ANNA, Incoming(said="hi", event=f"{number}"))

    with pytest.raises(LimitedError):
        await here.take(ANNA, Incoming(said="hi", event="one too many"))

    assert sessions.visits == 10
    assert (await here.take(BRAM, Incoming(said="hi"))).turn.prompt is not None


async def test_words_of_danger_are_heard_at_any_pace() -> None:
    here = receiving(FakeIdentities(), FakeSessions(), Limits(20, lambda: 0.0))
    for number in range(10):
        await here.take(ANNA, Incoming(said="hi", event=f"{number}"))

    taken = await here.take(ANNA, Incoming(said=CRISIS, language="nl"))

    assert taken.turn.says[0] == "crisis_intro nl"


@pytest.mark.parametrize("field", ["said", "secret"])
async def test_words_of_danger_get_the_help_card_even_without_a_readable_key(field: str) -> None:
    here = receiving(Unreadable(), FakeSessions(), None)

    with pytest.raises(KeysError):
        await here.take(ANNA, Incoming(said="hi"))
    incoming = Incoming(said=CRISIS) if field == "said" else Incoming(secret=CRISIS)
    taken = await here.take(ANNA, incoming)

    assert taken.turn.says[0] == "crisis_intro nl"
    assert taken.turn.fate == "leave"
