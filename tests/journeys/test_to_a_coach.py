"""From an employee who asks to a coach who answers and back, over both platforms and by e-mail."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from adapters.notices import Notice
from tests.support.canary import found, left_behind
from tests.support.coaching import (
    CODE,
    DESK,
    QUESTION,
    TEXTS,
    a_coach,
    at_the_case,
    notices_to_the_coach,
    passphrase,
    plain,
    spoken,
    write_a_card,
)
from tests.support.towns import towns

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from conversations.script import Language
    from tests.support.towns import Towns
    from tests.support.townspeople import Townsman

ANSWER = "wat *zou* je missen? [klik](https://nergens.example) <!here>"
LETTER = "vooral de mensen van kwikstaart"
NAME = "Wagtailja"

ROUTES = [
    ("slack", "slack", "slack", "nl"),
    ("slack", "slack", "slack", "en"),
    ("teams", "teams", "teams", "nl"),
    ("teams", "teams", "teams", "en"),
    ("slack", "teams", "teams", "nl"),
    ("slack", "teams", "teams", "en"),
    ("teams", "slack", "slack", "nl"),
    ("teams", "slack", "slack", "en"),
    ("teams", "slack", "email:anne@bureau.example", "nl"),
    ("teams", "slack", "email:anne@bureau.example", "en"),
    ("slack", "teams", "email:anne@bureau.example", "nl"),
    ("teams", "teams", "email:anne@bureau.example", "en"),
]


@pytest.fixture
async def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Towns]:
    async with towns(tmp_path, monkeypatch) as made:
        yield made


@pytest.mark.parametrize(("asks", "answers", "notices", "language"), ROUTES)
async def test_asked_read_answered_met_and_closed(
    both: Towns, asks: str, answers: str, notices: str, language: str
) -> None:
    coach = await a_coach(both, answers, notices, language)
    both.clock.seconds += 61
    me = both.somebody(asks, "mill", "kwikzilver", language)
    await asked_and_answered(both, me, coach, language)
    await written_and_met(both, me, coach)
    await named_and_closed(both, me, coach, spoken(language))

    one_text_each(both, coach, me)
    nothing_of_the_person(both, coach, me)
    nothing_in_messages(both)
    in_the_list = await both.luwte("coach", "list")
    assert "Anne  (available)" in in_the_list
    await both.luwte("coach", "remove", in_the_list[:8])
    assert "No coach is registered" in await both.luwte("coach", "list")


async def asked_and_answered(both: Towns, me: Townsman, coach: Townsman, language: str) -> None:
    """Sent in the morning, at the desk after the batch of four, answered before the round of five."""
    say = spoken(language)
    await me.ask()
    await write_a_card(me, language)
    await me.press("send")
    await both.to_hour(15)
    assert notices_to_the_coach(both, coach) == []

    await both.to_hour(16)
    assert len(notices_to_the_coach(both, coach)) == 1
    await at_the_case(coach)
    assert QUESTION[language] in plain(coach)
    await coach.press("dk_claim")
    await coach.press("dk_answer")
    await coach.fill(ANSWER)
    assert DESK.answered.to(say) in plain(coach)
    assert me.notices == []

    await both.to_hour(17)
    assert len(me.notices) == 1
    await me.look("coach")
    assert ANSWER in plain(me)
    assert TEXTS.states["answered"].to(say).replace("{coach}", "Anne") in plain(me)


async def written_and_met(both: Towns, me: Townsman, coach: Townsman) -> None:
    """A letter back, then times to meet, of which one is chosen."""
    await me.press("write")
    await me.fill(LETTER)
    await me.press("send")
    await both.to_hour(9)
    assert len(notices_to_the_coach(both, coach)) == 2
    await at_the_case(coach)
    assert LETTER in plain(coach)
    await coach.press("dk_offer")
    await coach.press("dk_way:video")
    await coach.fill("meet.example/abc\ndi 10:00\nwo 14:00")
    await both.to_hour(13)
    assert len(me.notices) == 2
    await me.look("coach")
    await me.press("time_1")


async def named_and_closed(both: Towns, me: Townsman, coach: Townsman, say: Language) -> None:
    """The person tells a name, the coach closes, and both see how it ended."""
    await me.press("to_case")
    await me.press("reveal")
    await me.fill(NAME)
    await me.press("send")
    await both.to_hour(17)
    await at_the_case(coach)
    assert "wo 14:00" in plain(coach)
    assert NAME in plain(coach)
    await coach.press("dk_close")
    await coach.press("dk_note:finished")
    await both.to_hour(9)
    await me.look("coach")
    assert TEXTS.notes["finished"].to(say) in plain(me)
    await me.press("let_go")
    assert TEXTS.let_go.to(say) in plain(me)


def one_text_each(both: Towns, coach: Townsman, me: Townsman) -> None:
    """Whatever a notice was about, it was the same to the letter, and so of one length."""
    assert len({_body(each) for each in both.mails.mails}) <= 1
    for who, kind in ((coach, "desk"), (me, "coach")):
        told = {_without_place(each) for each in who.notices}
        assert len(told) <= 1
        assert all(Notice(DESK, kind).text in each for each in told)  # type: ignore[arg-type]


def _body(mail: str) -> str:
    """All of a mail but the lines that a mail server needs, which are the same for everybody too."""
    lines = mail.splitlines()
    return "\n".join(line for line in lines if not line.startswith(("Date:", "Message-ID:")))


def _without_place(message: dict[str, object]) -> str:
    """A notice without the address that it went to."""
    kept = {k: v for k, v in message.items() if k != "channel"}
    return json.dumps(kept, sort_keys=True, ensure_ascii=False)


def nothing_of_the_person(both: Towns, coach: Townsman, me: Townsman) -> None:
    """No id, name, locale or link of the one who asked is in anything the coach was sent."""
    received = "\n".join([*coach.seen, *(str(each) for each in coach.notices), *both.mails.mails])
    assert found({*me.ids, "Europe/Amsterdam", "slack.com/archives"}, received.encode()) == set()
    for trace in ("nl-NL", "en-GB", "T0MILL", "00000000-mill", "kwikzilver"):
        assert trace not in received
    assert found(coach.ids, "\n".join(me.seen).encode()) == set()


def nothing_in_messages(both: Towns) -> None:
    """Neither side's words, nor an alias or a passphrase, stand in any message of either platform."""
    words = {"kwikstaart", "wagtail", "zou* je missen", NAME, "meet.example", "wo 14:00"}
    posted = [json.dumps(each, ensure_ascii=False) for each in both.api.messages]
    posted += [json.dumps(each.activity, ensure_ascii=False) for each in both.cloud.posts]
    posted += both.mails.mails
    assert found(words, "\n".join(posted).encode()) == set()
    assert not CODE.search("\n".join(posted))


async def test_on_postgresql_it_goes_the_same_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres_url: str
) -> None:
    async with towns(tmp_path, monkeypatch, postgres_url) as both:
        coach = await a_coach(both, "slack", "slack", "nl")
        both.clock.seconds += 61
        me = both.somebody("teams", "mill", "kwikzilver", "nl")
        await asked_and_answered(both, me, coach, "nl")
        await written_and_met(both, me, coach)


async def test_nothing_of_it_lies_in_clear_in_files_or_in_the_log(both: Towns) -> None:
    coach = await a_coach(both, "slack", "slack", "nl")
    both.clock.seconds += 61
    me = both.somebody("slack", "mill", "kwikzilver", "nl")
    await me.ask()
    await write_a_card(me, "nl")
    await me.press("send")
    await both.to_hour(16)
    await at_the_case(coach)
    await coach.press("dk_claim")
    await coach.press("dk_answer")
    await coach.fill("een zeldzaam kwikantwoord")
    secrets = {"kwikstaart", "kwikantwoord", "annehen", *me.ids, *coach.ids, passphrase(coach)}
    written = left_behind(both.house.folder)
    assert len(written) > 8192
    assert found(secrets, written, both.house.log.getvalue().encode()) == set()
