"""What is read out of each kind of activity, and what is not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.identity import PlatformId
from adapters.incoming import Incoming
from adapters.teams.inbound import Elsewhere, Visit, read
from tests.support.colleague import BOT, Colleague
from tests.support.teams import FOREIGN_TENANT, TENANT

NOW = 1_760_000_000.0
GROUP = {"id": "19:group", "conversationType": "groupChat"}


def a_colleague(**parts: Any) -> Colleague:
    return Colleague("https://smba.example/emea/", **parts)


def visit(activity: dict[str, Any]) -> Visit:
    found = read(activity)
    assert isinstance(found, Visit)
    return found


def test_a_typed_message_is_somebody_saying_something() -> None:
    found = visit(a_colleague().message("I am tired of it"))

    assert found.who == PlatformId("teams", TENANT, "29:invented-quokka")
    assert found.via == "chat"
    assert found.incoming == Incoming(
        said="I am tired of it",
        event="teams:message:invented-activity-1",
        sent_at=NOW,
        language="en",
        surface="chat",
    )


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("<at>Luwte</at>&nbsp;hello", "hello"),
        ('<at id="0">Luwte</at> hello <at>Luwte</at>', "hello"),
        ("more &amp; more &lt;3", "more & more <3"),
        ("  hello \n", "hello"),
        ("one\ntwo", "one\ntwo"),
        ("a <b> c", "a <b> c"),
        ("half \ud800 a letter", "half ? a letter"),
        ("", ""),
        ("<at>" * 8_000, "<at>" * 8_000),
    ],
)
def test_typed_words_lose_what_teams_put_around_them(sent: str, said: str) -> None:
    assert visit(a_colleague().message(sent)).incoming.said == said


def test_tags_are_dropped_only_where_teams_says_that_it_sends_them() -> None:
    rich = a_colleague().message("<p>one<br/>two</p><b>&lt;three&gt;</b>", textFormat="xml")

    assert visit(rich).incoming.said == "one\ntwo\n<three>"


def test_a_pressed_button_comes_with_its_token() -> None:
    pressed = a_colleague().activity("message", value={"press": "town", "token": "a1.3"})

    incoming = visit(pressed).incoming

    assert (incoming.pressed, incoming.token, incoming.said) == ("town", "a1.3", None)
    assert incoming.sent_at is None


@pytest.mark.parametrize(
    "value",
    ["town", 7, [], {}, {"press": 7}, {"press": ""}, {"press": "x" * 500}, {"press": ["town"]}],
)
def test_a_button_that_is_not_ours_is_an_empty_answer(value: object) -> None:
    incoming = visit(a_colleague().activity("message", value=value)).incoming

    assert (incoming.pressed, incoming.said) == (None, "")


@pytest.mark.parametrize("token", [7, "", "x" * 61, {"a": 1}, "half \ud800"])
def test_a_token_that_is_not_ours_is_no_token(token: object) -> None:
    pressed = a_colleague().activity("message", value={"press": "town", "token": token})

    assert visit(pressed).incoming.token is None


@pytest.mark.parametrize(
    ("data", "said", "pressed"),
    [
        ({"token": "a1.3", "words": "a lot"}, "a lot", None),
        ({"token": "a1.3", "words": ""}, "", None),
        ({"token": "a1.3", "words": "half \ud800"}, "half ?", None),
        ({"token": "a1.3", "press": "skip"}, None, "skip"),
        ({"token": "a1.3", "press": "skip", "words": "a lot"}, None, "skip"),
        ({"token": "a1.3"}, "", None),
        ({"token": "a1.3", "press": 7}, "", None),
        ({"token": "a1.3", "words": ["a lot"]}, "", None),
    ],
)
def test_a_sent_form_is_words_or_a_choice(
    data: dict[str, object], said: str | None, pressed: str | None
) -> None:
    found = visit(a_colleague().invoke("task/submit", data))

    assert found.via == "submit"
    assert (found.incoming.said, found.incoming.pressed) == (said, pressed)
    assert found.incoming.token == "a1.3"


def test_no_form_is_longer_than_anybody_can_type() -> None:
    found = visit(a_colleague().invoke("task/submit", {"token": "a1.3", "words": "x" * 100_000}))

    assert len(found.incoming.said or "") == 32_000


def test_opening_the_dialog_is_a_button_answered_there() -> None:
    found = visit(a_colleague().invoke("task/fetch", {"press": "window", "token": "a1.3"}))

    assert found.via == "fetch"
    assert (found.incoming.pressed, found.incoming.token) == ("window", "a1.3")


def test_the_bot_is_opened_when_it_is_installed() -> None:
    found = visit(a_colleague().added())

    assert found.incoming == Incoming(
        event="teams:conversationUpdate:invented-activity-1", language="en", surface="chat"
    )


def test_whoever_removed_the_bot_is_answered_nowhere() -> None:
    found = visit(a_colleague().activity("installationUpdate", action="remove"))

    assert found.via == "nowhere"
    assert found.incoming == Incoming(
        event="teams:installationUpdate:invented-activity-1",
        language="en",
        surface="chat",
        gone=True,
    )


@pytest.mark.parametrize(
    "ignored",
    [
        a_colleague().activity("installationUpdate", action="add"),
        a_colleague().activity("installationUpdate", action="remove-upgrade"),
        a_colleague().activity("installationUpdate", action="remove", conversation=GROUP),
        a_colleague().activity("conversationUpdate", membersAdded=[{"id": "29:somebody"}]),
        a_colleague().activity("conversationUpdate", membersAdded="28:invented-bot"),
        a_colleague().activity("conversationUpdate", membersRemoved=[{"id": BOT}]),
        a_colleague().activity("messageReaction", reactionsAdded=[{"type": "like"}]),
        a_colleague().activity("messageUpdate", text="edited"),
        a_colleague().activity("messageDelete"),
        a_colleague().activity("typing"),
        a_colleague().activity("invoke", name="composeExtension/query", value={}),
        a_colleague().activity("endOfConversation"),
        a_colleague(user=BOT).message("I am the bot"),
        a_colleague(user="").message("I am nobody"),
        a_colleague().message("from two", channelData={"tenant": {"id": FOREIGN_TENANT}}),
    ],
    ids=lambda activity: activity.get("name") or activity["type"],
)
def test_what_asks_nothing_is_ignored(ignored: dict[str, Any]) -> None:
    assert read(ignored) is None


@pytest.mark.parametrize("kind", ["groupChat", "channel", None])
def test_a_group_or_channel_is_no_place_to_talk(kind: str | None) -> None:
    there = {"conversation": {"id": "19:group", "conversationType": kind}}
    colleague = a_colleague()

    assert read(colleague.message("hi", **there)) == Elsewhere(TENANT, "en", "chat")
    assert read(colleague.added(**there)) == Elsewhere(TENANT, "en", "chat")
    fetched = colleague.invoke("task/fetch", {"press": "window"}, **there)
    assert read(fetched) == Elsewhere(TENANT, "en", "fetch")


@pytest.mark.parametrize("attached", ["image/png", "text/html", "audio/mp4"])
def test_a_message_without_words_is_unread(attached: str) -> None:
    sent = a_colleague().message("", attachments=[{"contentType": attached}])

    found = visit(sent)

    assert found.unread
    assert (found.incoming.pressed, found.incoming.said) == ("window", None)


def test_the_html_copy_that_comes_with_words_is_not_looked_at() -> None:
    sent = a_colleague().message(
        "hi", attachments=[{"contentType": "text/html", "content": "<div>hi</div>"}]
    )

    assert not visit(sent).unread
    assert visit(sent).incoming.said == "hi"


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("nl-NL", "nl"),
        ("nl-BE", "nl"),
        ("nl", "nl"),
        ("en-US", "en"),
        ("EN-gb", "en"),
        ("de-DE", None),
        ("", None),
        (None, None),
    ],
)
def test_the_locale_tells_no_more_than_the_language(
    locale: str | None, language: str | None
) -> None:
    assert visit(a_colleague(locale=locale).message("hi")).incoming.language == language


@pytest.mark.parametrize(
    ("timestamp", "seconds"),
    [
        ("2025-10-09T08:53:20.123Z", NOW + 0.123),
        ("2025-10-09T08:53:20.1234567Z", NOW + 0.123456),
        ("2025-10-09T10:53:20+02:00", NOW),
        ("2025-10-09T08:53:20", NOW),
        ("yesterday", None),
        (7, None),
        (None, None),
    ],
)
def test_the_moment_of_sending_is_read_where_it_can_be(
    timestamp: object, seconds: float | None
) -> None:
    found = visit(a_colleague().message("hi", timestamp=timestamp)).incoming.sent_at

    assert found == (None if seconds is None else pytest.approx(seconds))


def test_events_of_one_number_but_another_kind_are_different() -> None:
    colleague = a_colleague()
    events = {
        visit(colleague.message("hi", id="7")).incoming.event,
        visit(colleague.added(id="7")).incoming.event,
        visit(colleague.invoke("task/submit", {"press": "skip"}, id="7")).incoming.event,
    }

    assert len(events) == 3
    assert visit(colleague.message("hi", id=None)).incoming.event is None


def test_names_and_directory_ids_go_no_further() -> None:
    colleague = a_colleague()
    shown = repr(
        [
            (found.who.tenant, found.who.user, found.incoming.said, found.incoming.event)
            for found in (visit(colleague.message("hi")), visit(colleague.added()))
        ]
    )

    assert colleague.name not in shown
    assert colleague.directory_id not in shown
    assert colleague.conversation not in shown


def test_a_visit_shows_nobody_in_its_name() -> None:
    found = visit(a_colleague().message("quokka words"))

    assert repr(found) == "<visit>"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
FIELDS = (
    *("type", "name", "id", "from", "recipient", "conversation", "channelData", "value"),
    *("text", "textFormat", "attachments", "membersAdded", "locale", "timestamp"),
)


@given(field=st.sampled_from(FIELDS), value=JSON)
def test_no_activity_is_too_odd_to_be_read(field: str, value: object) -> None:
    for usual in (
        a_colleague().message("hi", value={"press": "town"}),
        a_colleague().added(),
        a_colleague().invoke("task/submit", value),
    ):
        assert isinstance(read(usual | {field: value}), Visit | Elsewhere | None)
