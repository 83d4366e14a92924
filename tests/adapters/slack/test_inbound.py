"""What is read from a payload, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adapters.identity import PlatformId
from adapters.slack import carried, inbound
from adapters.slack.carried import Carried
from tests.support import slack

if TYPE_CHECKING:
    from tests.support.slack import Json

WHO = PlatformId("slack", slack.TEAM, slack.PERSON)

BUTTON = {
    "type": "button",
    "action_id": "press:wood",
    "value": "a1b2c3d4.4",
    "action_ts": "1700000000.000200",
}


def pressed(action: Json, **more: object) -> Json:
    return {
        "type": "block_actions",
        "team": {"id": slack.TEAM},
        "user": {"id": slack.PERSON, "name": slack.NAME},
        "channel": {"id": slack.CHANNEL},
        "trigger_id": slack.TRIGGER,
        "response_url": slack.RESPONSE_URL,
        "actions": [action],
        **more,
    }


def sent(element: Json, **view: object) -> Json:
    action_id = "choice" if "selected_option" in element else "words"
    shown = {
        "id": "V1",
        "hash": "1.h",
        "callback_id": "answer",
        "private_metadata": "a1b2c3d4.4",
        "state": {"values": {"answer_0": {action_id: element}}},
        **view,
    }
    user = {"id": slack.PERSON, "name": slack.NAME}
    return {"type": "view_submission", "team": {"id": slack.TEAM}, "user": user, "view": shown}


def test_typed_words_are_said_with_the_moment_and_the_event() -> None:
    event = slack.message_event("I saw a heron", ts="1700000000.000100")

    arrival = inbound.message(event)

    assert arrival is not None
    assert arrival.who == WHO
    assert arrival.where == inbound.Where(slack.CHANNEL, team=slack.TEAM)
    assert arrival.incoming.said == "I saw a heron"
    assert arrival.incoming.sent_at == pytest.approx(1700000001)
    assert arrival.incoming.event == f"ev:{event['event_id']}"
    assert arrival.incoming.token is None
    assert arrival.readable


@pytest.mark.parametrize(
    "event",
    [
        pytest.param({"thread_ts": "1.1"}, id="in a thread"),
        pytest.param({"subtype": "me_message"}, id="with /me"),
        pytest.param({"subtype": "thread_broadcast"}, id="in a thread and below it"),
        pytest.param({"edited": {"user": slack.PERSON}}, id="with fields we do not know"),
    ],
)
def test_a_persons_own_words_are_ordinary_words_wherever_they_were_typed(event: Json) -> None:
    arrival = inbound.message(slack.message_event("hello", **event))

    assert arrival is not None
    assert arrival.incoming.said == "hello"


@pytest.mark.parametrize(
    "event",
    [
        pytest.param({"bot_id": "B0INVENTED"}, id="by a bot"),
        pytest.param({"subtype": "bot_message", "bot_id": "B0INVENTED"}, id="by an old bot"),
        pytest.param({"user": slack.BOT}, id="by ourselves"),
        pytest.param({"user": "USLACKBOT"}, id="by Slack"),
        pytest.param({"user": None}, id="by nobody"),
        pytest.param({"subtype": "message_changed"}, id="edited"),
        pytest.param({"subtype": "message_deleted"}, id="deleted"),
        pytest.param({"subtype": "message_replied"}, id="replied"),
        pytest.param({"subtype": "channel_topic"}, id="of another kind"),
        pytest.param({"channel_type": "channel"}, id="in a channel"),
        pytest.param({"channel_type": "mpim"}, id="in a group"),
        pytest.param({"type": "app_mention"}, id="a mention"),
        pytest.param({"channel": None}, id="nowhere"),
    ],
)
def test_every_other_message_is_left_alone(event: Json) -> None:
    assert inbound.message(slack.message_event("hello", **event)) is None


def test_a_channel_shared_with_another_organisation_is_left_alone() -> None:
    event = {**slack.message_event("hello"), "is_ext_shared_channel": True}

    assert inbound.message(event) is None


@pytest.mark.parametrize("ts", [None, "", "soon"])
def test_a_moment_that_is_not_told_is_not_guessed(ts: str | None) -> None:
    arrival = inbound.message(slack.message_event("hello", ts=ts))

    assert arrival is not None
    assert arrival.incoming.sent_at is None


@pytest.mark.parametrize("event", [{"subtype": "file_share"}, {"files": [{"id": "F1"}]}])
def test_a_file_cannot_be_read(event: Json) -> None:
    arrival = inbound.message(slack.message_event("look", **event))

    assert arrival is not None
    assert not arrival.readable


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("&amp;lt;", "&lt;"),
        ("see <https://example.org/a|example.org/a>", "see example.org/a"),
        ("see <https://example.org/a>", "see https://example.org/a"),
        ("mail <mailto:a@example.org|a@example.org>", "mail a@example.org"),
        ("mail <mailto:a@example.org>", "mail a@example.org"),
        ("with <@U0COLLEAGUE> and <@U0COLLEAGUE|sam>", "with @… and @sam"),
        ("in <#C0CHANNEL> and <#C0CHANNEL|garden> and <#C0CHANNEL|>", "in #… and #garden and #…"),
        ("<!here> <!channel> <!everyone|everyone>", "@here @channel @everyone"),
        ("<!subteam^S0GROUP> <!subteam^S0GROUP|@gardeners>", "@… @gardeners"),
        ("<!date^1700000000^{date}|14 November>", "14 November"),
        ("😀 *not bold*", "😀 *not bold*"),
    ],
)
def test_slacks_marks_become_plain_text_and_no_id_of_a_colleague_stays(
    typed: str, meant: str
) -> None:
    assert inbound.plain(typed) == meant


def test_a_button_is_pressed_with_its_token() -> None:
    arrival = inbound.press(pressed(BUTTON))

    assert arrival is not None
    assert arrival.who == WHO
    assert (arrival.incoming.pressed, arrival.incoming.token) == ("wood", "a1b2c3d4.4")
    assert arrival.incoming.said is None
    assert arrival.where == inbound.Where(slack.CHANNEL, trigger=slack.TRIGGER, team=slack.TEAM)


def test_a_menu_entry_is_a_control_with_its_token() -> None:
    entry = {"action_id": "more", "selected_option": {"value": "forget|a1b2c3d4.4"}}

    arrival = inbound.press(pressed(entry))

    assert arrival is not None
    assert (arrival.incoming.pressed, arrival.incoming.token) == ("forget", "a1b2c3d4.4")


def test_two_clicks_are_two_events_and_one_click_delivered_twice_is_one() -> None:
    first, again = inbound.press(pressed(BUTTON)), inbound.press(pressed(BUTTON))
    second = inbound.press(pressed({**BUTTON, "action_ts": "1700000000.000300"}))

    assert first is not None
    assert again is not None
    assert second is not None
    assert first.incoming.event == again.incoming.event
    assert first.incoming.event != second.incoming.event


def test_a_click_outside_a_direct_message_is_answered_to_the_person_alone() -> None:
    arrival = inbound.press(pressed(BUTTON, channel={"id": "C0OTHERSREADTHIS"}))

    assert arrival is not None
    assert arrival.where.channel == slack.PERSON


def test_a_click_in_a_window_says_in_which() -> None:
    arrival = inbound.press(pressed(BUTTON, channel=None, view={"id": "V1", "type": "modal"}))

    assert arrival is not None
    assert (arrival.where.channel, arrival.where.view) == (slack.PERSON, "V1")


@pytest.mark.parametrize(
    "action",
    [{"action_id": "another"}, {"action_id": "press:"}, {"action_id": "more"}, {}],
)
def test_a_button_that_is_not_ours_is_left_alone(action: Json) -> None:
    assert inbound.press(pressed(action)) is None


def test_a_window_is_sent_with_words() -> None:
    arrival = inbound.submission(sent({"type": "plain_text_input", "value": "a <b> &amp; c"}))

    assert arrival is not None
    assert arrival.who == WHO
    assert (arrival.incoming.said, arrival.incoming.pressed) == ("a <b> &amp; c", None)
    assert arrival.incoming.token == "a1b2c3d4.4"
    assert arrival.where == inbound.Where(slack.PERSON, block="answer_0", team=slack.TEAM)


def test_a_window_is_sent_with_a_choice() -> None:
    chosen = {"type": "radio_buttons", "selected_option": {"value": "wood"}}

    arrival = inbound.submission(sent(chosen))

    assert arrival is not None
    assert (arrival.incoming.said, arrival.incoming.pressed) == (None, "wood")


@pytest.mark.parametrize(
    "element",
    [
        {"type": "plain_text_input", "value": None},
        {"type": "plain_text_input"},
        {"type": "radio_buttons", "selected_option": None},
    ],
)
def test_a_window_sent_empty_says_nothing(element: Json) -> None:
    arrival = inbound.submission(sent(element))

    assert arrival is not None
    assert (arrival.incoming.said, arrival.incoming.pressed) == ("", None)


def test_a_window_of_somebody_else_is_left_alone() -> None:
    assert inbound.submission(sent({"value": "x"}, callback_id="another")) is None


@pytest.mark.parametrize(
    ("payload", "home"),
    [
        ({"team_id": "T1", "authorizations": [{"team_id": "T1", "enterprise_id": None}]}, "T1"),
        ({"team_id": "T2", "authorizations": [{"team_id": "T1"}]}, "T1"),
        ({"team_id": "T1", "authorizations": [{"team_id": "T1", "enterprise_id": "E1"}]}, "E1"),
        ({"team_id": "T1", "enterprise_id": "E1", "authorizations": []}, "E1"),
        ({"team": {"id": "T1"}, "enterprise": None}, "T1"),
        ({"team": {"id": "T1", "enterprise_id": "E1"}}, "E1"),
        ({"team": {"id": "T1"}, "enterprise": {"id": "E1"}}, "E1"),
        ({"team": None, "enterprise": {"id": "E1"}, "user": {"team_id": "T1"}}, "E1"),
        ({"team": None, "user": {"team_id": "T1"}}, "T1"),
        ({"team_id": "T1"}, "T1"),
        ({}, None),
    ],
)
def test_events_and_clicks_come_to_the_same_organisation(payload: Json, home: str | None) -> None:
    assert inbound.tenant(payload) == home


def test_what_was_read_prints_nothing_of_it() -> None:
    arrival = inbound.message(slack.message_event("I saw a heron"))

    assert arrival is not None
    assert f"{arrival} {arrival.where}" == "<arrival> <where>"


@pytest.mark.parametrize(
    ("stamp", "moment"),
    [
        ("1700000000.123456", 1700000000.123456),
        ("1700000000.000200", 1700000001.0),  # the second message of that second, whenever it was
        ("1700000000", None),
        ("soon.000100", None),
        ("-1.500000", None),
    ],
)
def test_a_message_that_only_has_a_number_within_its_second_is_not_taken_for_an_early_one(
    stamp: str, moment: float | None
) -> None:
    arrival = inbound.message(slack.message_event("x", ts=stamp))

    assert arrival is not None
    assert arrival.incoming.sent_at == (None if moment is None else pytest.approx(moment))


@pytest.mark.parametrize(
    ("event", "readable"),
    [
        ({"subtype": "huddle_thread", "text": ""}, False),
        ({"attachments": [{"is_share": True, "text": "of somebody else"}], "text": ""}, False),
        ({"attachments": [{"is_share": True}], "text": "my own words"}, True),
    ],
)
def test_what_is_not_of_the_person_is_told_apart(event: Json, readable: bool) -> None:
    arrival = inbound.message(slack.message_event(event.pop("text"), **event))

    assert arrival is not None
    assert arrival.readable is readable
    assert "somebody else" not in (arrival.incoming.said or "")


@pytest.mark.parametrize(
    ("metadata", "name", "surface"),
    [
        ("a1b2c3d4.4", "wood", "chat"),
        ("a1b2c3d4.4|held", "wood", "private"),
        ("a1b2c3d4.4|held|a-ticket", "wood", "private"),
        ("a1b2c3d4.4", "private", "private"),
    ],
)
def test_a_window_says_whether_the_conversation_is_held_in_it(
    metadata: str, name: str, surface: str
) -> None:
    chosen = {"type": "radio_buttons", "selected_option": {"value": name}}
    arrival = inbound.submission(sent(chosen, private_metadata=metadata))

    assert arrival is not None
    assert arrival.incoming.surface == surface
    assert arrival.incoming.token == "a1b2c3d4.4"


def test_a_window_with_one_answer_brings_it_along() -> None:
    payload = sent({}, private_metadata="a1b2c3d4.4|held|=start")
    payload["view"]["state"] = {"values": {}}

    arrival = inbound.submission(payload)

    assert arrival is not None
    assert (arrival.incoming.pressed, arrival.incoming.said) == ("start", None)


@pytest.mark.parametrize(
    "brought",
    [
        Carried(),
        Carried("a.1"),
        Carried("a.1", "ticket"),
        Carried("a.1", "n.note", held=True),
        Carried("a.1", None, held=True, only="start"),
        Carried(None, None, held=True),
    ],
)
def test_what_a_window_carries_comes_back_as_it_was(brought: Carried) -> None:
    assert carried.read(carried.written(brought)) == brought
    assert "a.1" not in repr(brought)


def test_on_enterprise_grid_the_organisation_and_the_workspace_are_both_known() -> None:
    event = slack.message_event("hello")
    event["authorizations"][0]["enterprise_id"] = slack.ENTERPRISE

    arrival = inbound.message(event)

    assert arrival is not None
    assert arrival.site == (slack.ENTERPRISE, slack.TEAM)
