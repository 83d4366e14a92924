"""What a turn looks like in the chat and in a window, within every limit of Slack's."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest

from adapters.slack import render, window
from adapters.slack.blocks import MENU, VISIBLE
from conversations.script import LANGUAGES, Text
from conversations.turn import Button, Control, Prompt, SheetLine
from tests.support import content
from tests.support.blockkit import message_problems, view_problems
from tests.support.reception import (
    OWN_WORDS,
    a_choice,
    a_scale,
    a_sheet,
    a_turn,
    an_open_question,
)

if TYPE_CHECKING:
    from conversations.script import Language
    from conversations.turn import Turn
    from tests.support.slack import Json

LONG = "Een lange zin die maar niet wil eindigen. " * 200
ODD = "Fish & chips <!channel> <@U0INVENTED> *x* https://example.org/a?b=1&c=2."

TURNS = {
    "open": a_turn("Good."),
    "open with ready answers": a_turn(prompt=an_open_question(Button("none", "Nothing"))),
    "choice": a_turn("Good.", "Go on.", prompt=a_choice()),
    "twelve tracks": a_turn(prompt=a_choice(*(Button(f"t{n}", f"Track {n}") for n in range(12)))),
    "one button": a_turn(prompt=a_choice(Button("start", "Begin"))),
    "scale from 0": a_turn(prompt=a_scale()),
    "scale from 1": a_turn(prompt=a_scale(1)),
    "wide scale": a_turn(prompt=a_scale(0, 99)),
    "goodbye": a_turn("Until next time.", prompt=None),
    "sheet": a_turn("Here it is.", sheet=a_sheet(), prompt=a_choice()),
    "sheet without a question": a_turn(sheet=a_sheet(), prompt=None),
    "odd characters": a_turn(ODD, prompt=a_choice(Button("x", ODD), ask=ODD)),
    "long": a_turn(LONG, prompt=an_open_question(Button("x", LONG), ask=LONG)),
    "help lines of every country": a_turn(*(f"Country {n}: 112" for n in range(70))),
    "a long sheet": a_turn(sheet=a_sheet(*[SheetLine(LONG, LONG)] * 3), prompt=a_choice()),
    "no controls": a_turn(prompt=Prompt("t.1", "choice", "So?", (Button("a", "A"),))),
    "no answers at all": a_turn(prompt=Prompt("t.1", "choice", "So?")),
}


def shown(turn: Turn) -> Json:
    message = render.message(turn, content.scripts().phrases)
    assert message is not None
    return message


def elements(blocks: list[Json]) -> list[Json]:
    return [each for block in blocks for each in block.get("elements", [])]


def labels(blocks: list[Json]) -> list[str]:
    return [each["text"]["text"] for each in elements(blocks) if each["type"] == "button"]


@pytest.mark.parametrize("name", TURNS)
def test_every_message_is_one_that_slack_takes(name: str) -> None:
    assert message_problems(shown(TURNS[name])) == []


@pytest.mark.parametrize("name", TURNS)
def test_every_window_is_one_that_slack_takes(name: str) -> None:
    assert view_problems(window.view(TURNS[name], content.scripts().phrases)) == []


def test_the_check_of_blocks_sees_what_is_wrong() -> None:
    message = shown(TURNS["choice"])
    section = message["blocks"][0]
    twice = [{**section, "block_id": "same"}] * 2

    assert message_problems({**message, "blocks": [section] * 51})
    assert message_problems({**message, "blocks": twice})
    assert message_problems({**message, "text": "<!channel>"})
    assert message_problems({**message, "unfurl_links": True})
    view = window.view(TURNS["open"], content.scripts().phrases)
    assert view_problems({key: view[key] for key in view if key != "submit"})
    assert view_problems({**view, "title": {"type": "plain_text", "text": "x" * 25}})


def test_a_question_is_bold_after_what_is_said() -> None:
    message = shown(a_turn("Good.", "Go on.", prompt=a_choice()))

    sections = [each["text"]["text"] for each in message["blocks"] if each["type"] == "section"]
    assert sections == ["Good.", "Go on.", "*Where to?*"]
    assert message["text"] == "Good.\nGo on.\nWhere to?"


def test_bold_does_not_break_at_the_end_of_a_line() -> None:
    message = shown(a_turn(prompt=a_choice(ask="Where to?\n\nAnd when? ")))

    assert message["blocks"][0]["text"]["text"] == "*Where to?*\n\n*And when?*"


def test_options_are_buttons_with_their_name_and_the_token() -> None:
    buttons = elements(shown(TURNS["choice"])["blocks"])

    assert [(each["action_id"], each["value"]) for each in buttons[:2]] == [
        ("press:wood", "a1b2c3d4.4"),
        ("press:town", "a1b2c3d4.4"),
    ]


def test_a_scale_is_two_even_rows_with_its_ends_in_words() -> None:
    blocks = shown(TURNS["scale from 0"])["blocks"]

    rows = [labels([each]) for each in blocks if each.get("block_id", "").startswith("scale")]
    assert rows == [["0", "1", "2", "3", "4", "5"], ["6", "7", "8", "9", "10"]]
    context = next(each for each in blocks if each["type"] == "context")
    assert context["elements"][0]["text"] == "0 = fog · 10 = clear"


def test_help_and_skip_are_buttons_and_the_rest_is_in_one_menu() -> None:
    controls = shown(TURNS["choice"])["blocks"][-1]["elements"]

    assert [each["action_id"] for each in controls] == ["press:skip", "press:help", "more"]
    assert [each["value"] for each in controls[-1]["options"]] == [
        f"{name}|a1b2c3d4.4" for name in ("back", "stop", "about", "language", "forget")
    ]


def test_every_control_has_a_place_whether_or_not_the_menu_has_room_for_it() -> None:
    every = tuple(Button(name, name) for name in get_args(Control))
    prompt = replace(an_open_question(), controls=every)
    (row,) = [b for b in shown(a_turn(prompt=prompt))["blocks"] if b["type"] == "actions"]

    *buttons, menu = row["elements"]
    names = [each["action_id"].removeprefix("press:") for each in buttons]
    entries = [each["value"].partition("|")[0] for each in menu["options"]]
    assert sorted([*names, *entries]) == sorted(get_args(Control))
    assert len(entries) == MENU
    assert set(VISIBLE) <= set(names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_question_can_be_answered_privately(language: Language) -> None:
    first = shown(a_turn(language=language))["blocks"][-1]["elements"][0]

    assert first["action_id"] == "press:window"
    assert first["text"]["text"] == f"answer_privately {language}"


def test_a_window_says_about_how_many_questions_are_left_and_a_message_does_not() -> None:
    asked = replace(TURNS["open"], prompt=replace(an_open_question(), left=4))
    phrases = content.scripts().phrases.model_copy(
        update={"left": Text(nl="Nog {left}", en="{left} to go")}
    )

    assert "4 to go" in json.dumps(window.view(asked, phrases))
    assert "4 to go" not in json.dumps(render.message(asked, phrases))
    assert view_problems(window.view(asked, phrases)) == []


def test_a_question_with_buttons_only_offers_no_window() -> None:
    assert "press:window" not in json.dumps(shown(TURNS["choice"]))


def test_the_window_is_offered_once_where_the_turn_itself_offers_it() -> None:
    asked = Prompt("t.1", "open", "So?", typed=True, controls=(Button("window", "Privately"),))

    assert labels(shown(a_turn(prompt=asked))["blocks"]) == ["Privately"]


def test_own_words_are_never_in_a_message_and_are_in_the_window() -> None:
    turn = a_turn("Here it is.", sheet=a_sheet(), prompt=an_open_question())

    message, view = shown(turn), window.view(turn, content.scripts().phrases)

    assert OWN_WORDS not in json.dumps(message)
    assert "What you saw" not in json.dumps(message)
    assert labels(message["blocks"]).count("Read it") == 1
    assert "answer_privately" not in json.dumps(message)
    assert message["text"].startswith("Here it is.\nYour own words are in a private window.")
    assert {"type": "section", "text": {"type": "plain_text", "text": OWN_WORDS}} in view["blocks"]


def test_own_words_are_shown_in_the_window_exactly_as_they_are() -> None:
    turn = a_turn(sheet=a_sheet(SheetLine("Label", ODD)), prompt=None)

    assert window.view(turn, content.scripts().phrases)["blocks"][1]["text"]["text"] == ODD


def test_authored_text_cannot_mention_anybody_and_full_addresses_are_links() -> None:
    text = shown(TURNS["odd characters"])["blocks"][0]["text"]

    assert text["text"] == (
        "Fish &amp; chips &lt;!channel&gt; &lt;@U0INVENTED&gt; *x* "
        "<https://example.org/a?b=1&amp;c=2>."
    )
    assert text["verbatim"] is True


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_window_has_its_title_and_buttons_in_the_language_of_the_turn(
    language: Language,
) -> None:
    view = window.view(a_turn(language=language), content.scripts().phrases)

    shown_labels = [view[key]["text"] for key in ("title", "submit", "close")]
    assert shown_labels == [f"{name} {language}" for name in ("name", "send", "close_window")]


def test_a_long_title_is_cut_to_what_slack_shows() -> None:
    sheet = a_sheet()
    turn = a_turn(sheet=type(sheet)("x" * 30, sheet.lines, sheet.open_label, sheet.in_chat))

    assert window.view(turn, content.scripts().phrases)["title"]["text"] == "x" * 23 + "…"


def test_private_metadata_is_the_token_and_nothing_else() -> None:
    phrases = content.scripts().phrases

    assert window.view(TURNS["open"], phrases)["private_metadata"] == "a1b2c3d4.3"
    assert "private_metadata" not in window.view(TURNS["goodbye"], phrases)


@pytest.mark.parametrize(
    ("name", "kind", "values"),
    [
        ("choice", "radio_buttons", ["wood", "town"]),
        ("twelve tracks", "static_select", [f"t{n}" for n in range(12)]),
        ("scale from 1", "static_select", [str(n) for n in range(1, 11)]),
    ],
)
def test_a_window_offers_the_same_answers_as_the_chat(
    name: str, kind: str, values: list[str]
) -> None:
    view = window.view(TURNS[name], content.scripts().phrases)

    field = next(each for each in view["blocks"] if each["type"] == "input")
    assert field["element"]["type"] == kind
    assert [each["value"] for each in field["element"]["options"]] == values


def test_an_open_question_in_a_window_is_a_field_with_the_ready_answers_below_it() -> None:
    view = window.view(TURNS["open with ready answers"], content.scripts().phrases)

    field, ready = view["blocks"][:2]
    assert field["label"]["text"] == "What did you see?"
    assert field["optional"] is False
    assert field["element"] == {
        "type": "plain_text_input",
        "action_id": "words",
        "multiline": True,
        "max_length": 1000,
    }
    assert labels([ready]) == ["Nothing"]


def test_help_is_in_reach_in_a_window_and_the_window_is_not_offered_again() -> None:
    view = window.view(TURNS["open"], content.scripts().phrases)

    assert "help it" in labels(view["blocks"])
    assert "press:window" not in json.dumps(view)


def test_every_question_has_a_field_of_its_own_so_that_no_old_words_stay_in_it() -> None:
    phrases = content.scripts().phrases
    views = (window.view(TURNS[name], phrases) for name in ("open", "choice", "scale from 0"))

    ids = {each["block_id"] for view in views for each in view["blocks"] if "element" in each}
    assert len(ids) == 3


def test_a_turn_that_says_nothing_is_no_message() -> None:
    assert render.message(a_turn(prompt=None), content.scripts().phrases) is None


def test_a_line_stands_between_the_answers_and_what_steers_the_conversation() -> None:
    message = shown(a_turn("Hello.", prompt=a_choice()))

    kinds = [(block["type"], block.get("block_id")) for block in message["blocks"]]
    assert kinds[-3:] == [("actions", "options_0"), ("divider", None), ("actions", "controls_0")]
