"""The real conversation behind the Teams side: what stays in the dialog and what the chat shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.reception import Reception
from conversations.organisation import Organisation
from conversations.person import Person, Place
from tests.support import content
from tests.support.colleague import card, parts, words
from tests.support.locks import QuickLocks
from tests.support.teams import TENANT
from tests.support.teams_bot import Bot, running

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.session import Session
    from conversations.turn import Turn
    from tests.support.colleague import Colleague, Json
    from tests.support.teams import FakeCloud
    from tests.support.teams_bot import Clock


class OnePerson:
    """Identities and sessions of exactly one person, in memory."""

    def __init__(self) -> None:
        self.session: Session | None = None

    def identify(self, platform: str, tenant: str, user: str) -> Person:
        assert (platform, tenant, user) == ("teams", TENANT, "29:invented-quokka")
        home = Place(0, bytes(16), bytes(32))
        return Person(home, (home,))

    async def visit(
        self,
        person: Person,
        take: Callable[[Session | None], Turn],
        shut: Callable[[], Turn] | None = None,
        origin: object = None,
    ) -> Turn:
        del person
        turn = take(self.session)
        if turn.fate != "leave":
            self.session = turn.session
        return turn

    async def purge(self, week: int) -> int:
        del week
        return 0


def a_reception(person: OnePerson, clock: Clock) -> Reception:
    return Reception(
        identities=person,
        locks=QuickLocks(person, clock),
        sessions=person,
        scripts=content.scripts(),
        organisations={("teams", TENANT): Organisation("invented", "bureau", "NL")},
        clock=clock,
    )


async def to_the_first_open_question(bot: Bot, cloud: FakeCloud, colleague: Colleague) -> Json:
    await bot.take(colleague.added())
    for label in ("surfaces_chat en", "4", "Sit"):
        await bot.take(colleague.submit(cloud.posts[-1].activity, label))
    assert words(cloud.posts[-1].activity)[-1] == "What do you hear now?"
    return cloud.posts[-1].activity


async def test_words_of_danger_in_a_dialog_show_help_there_and_nothing_in_the_chat(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    async with running(cloud, a_reception(OnePerson(), clock), clock) as bot:
        shown = await to_the_first_open_question(bot, cloud, colleague)
        before = len(cloud.posts)
        opened = await bot.take(colleague.fetch(shown, "answer_privately en"))
        helped = await bot.take(
            colleague.send(opened.json, "send en", words="I want to end my life")
        )
        gone_on = await bot.take(colleague.send(helped.json, "go_on en"))

    assert "help_danger en:\n112" in "\n".join(words(helped.json))
    assert "end my life" not in helped.body.decode()
    assert "words" in [part.get("id") for part in parts(card(gone_on.json))]
    assert len(cloud.posts) == before


async def test_a_form_of_an_earlier_question_keeps_its_words_in_sight(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    person = OnePerson()
    async with running(cloud, a_reception(person, clock), clock) as bot:
        shown = await to_the_first_open_question(bot, cloud, colleague)
        opened = await bot.take(colleague.fetch(shown, "answer_privately en"))
        await bot.take(colleague.submit(shown, "language en"))
        await bot.take(colleague.submit(shown, "skip en"))
        sent = len(cloud.posts)
        late = await bot.take(colleague.send(opened.json, "send en", words="quokka"))

    assert late.status == 200
    assert "old_button nl" in words(late.json)
    assert len(cloud.posts) == sent


async def test_an_answer_typed_privately_moves_the_chat_on_without_its_words(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    person = OnePerson()
    async with running(cloud, a_reception(person, clock), clock) as bot:
        shown = await to_the_first_open_question(bot, cloud, colleague)
        opened = await bot.take(colleague.fetch(shown, "answer_privately en"))
        sent = await bot.take(colleague.send(opened.json, "send en", words="Some quokka words"))

    assert person.session is not None
    assert [a.words for a in person.session.slots.values() if a.words] == ["Some quokka words"]
    assert sent.status == 200
    assert "quokka words" not in str([post.activity for post in cloud.posts])


async def test_help_in_a_dialog_is_given_there(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    async with running(cloud, a_reception(OnePerson(), clock), clock) as bot:
        shown = await to_the_first_open_question(bot, cloud, colleague)
        before = len(cloud.posts)
        opened = await bot.take(colleague.fetch(shown, "answer_privately en"))
        helped = await bot.take(colleague.send(opened.json, "help en"))

    assert "help_danger en:\n112" in "\n".join(words(helped.json))
    assert len(cloud.posts) == before
