"""Every sentence in which the bot promises something has a test that proves it; none goes without.

`PROVED` maps each such text, by its place in the content, to tests. A text that is added, or a test
that is renamed or deleted, fails here. Warnings about what others can do are proved by where they
stand: in the first text that anybody reads.
"""

from __future__ import annotations

import ast
from dataclasses import fields
from pathlib import Path

import pytest

from adapters.incoming import Incoming
from conversations import library
from conversations.organisation import FACTS
from conversations.script import LANGUAGES, Choice, Promise
from tests.support import answers, cards, handoffs

TESTS = Path(__file__).parents[1]

NOTHING_LEFT = (
    "journeys/test_slack.py::test_nothing_that_names_the_person_or_what_they_typed_is_left_behind",
    "journeys/test_slack.py::test_the_same_search_finds_a_row_that_was_not_sealed",
    "journeys/test_teams.py::test_nothing_that_names_the_person_or_what_they_typed_is_left_behind_or_sent",
)
ERASED = (
    "journeys/test_slack.py::test_forget_me_erases_the_row_at_once_and_the_person_is_told",
    "journeys/test_teams.py::test_forget_me_erases_the_row_at_once_and_the_person_is_told",
    "storage/test_erasure.py::test_forty_erased_people_leave_no_trace",
)
EXPIRES = (
    "conversations/test_engine.py::test_a_session_left_open_is_gone_in_the_second_week",
    "conversations/test_engine.py::test_a_kept_session_is_there_for_twelve_weeks_and_not_for_ninety_one_days",
    "bot/test_housekeeping.py::test_rows_whose_last_week_has_passed_are_erased",
    "bot/test_housekeeping.py::test_whatever_the_day_a_row_is_gone_before_its_promised_last_day_has_passed",
)
PRIVATE = (
    "journeys/test_slack.py::test_nothing_that_a_person_typed_stands_in_a_message_of_the_bot",
    "journeys/test_slack.py::test_what_is_typed_in_the_private_window_becomes_no_message",
    "journeys/test_teams.py::test_nothing_that_names_the_person_or_what_they_typed_is_left_behind_or_sent",
    "journeys/test_teams.py::test_what_is_typed_in_the_private_window_becomes_no_message",
)
NOBODY_ELSE = (
    "bot/test_main.py::test_there_is_no_command_that_could_show_a_conversation_to_anybody_else",
    "bot/test_web.py::test_no_other_route_exists_and_its_page_is_empty",
)
SAID_FIRST = ("privacy/test_promises.py::test_the_warnings_stand_in_the_first_text",)
OPERATOR = ("privacy/test_promises.py::test_the_first_text_says_who_runs_the_server",)
NOT_KEPT = (
    "conversations/test_engine.py::test_a_sign_of_danger_shows_the_help_card_and_is_kept_nowhere"
)
NO_ALERT = "privacy/test_promises.py::test_help_is_told_to_nobody"

DATES = (
    "conversations/test_calendar.py::test_copies_end_when_the_secret_of_the_month_is_gone_and_not_before",
    "conversations/test_locking.py::test_both_dates_are_told_after_erasing",
    "storage/test_lock.py::test_a_row_behind_a_lock_is_found_in_the_next_month_and_dies_with_its_secret",
)
ON_THIS_COMPUTER = answers.ON_THIS_COMPUTER
LOCKED = (
    "storage/test_lock.py::test_holders_of_all_keys_and_the_staff_list_open_every_row_and_no_locked_one",
    "storage/test_lock.py::test_a_locked_row_looks_like_any_other",
    "storage/test_store_contract.py::test_a_row_that_moves_behind_a_lock_is_one_row_that_tells_nothing_of_the_other",
)
CODE_NOWHERE = (
    "journeys/test_lock.py::test_in_slack_neither_code_nor_ticket_nor_words_are_left_behind",
    "journeys/test_lock.py::test_in_teams_neither_code_nor_ticket_nor_words_are_left_behind",
    "adapters/test_locker.py::test_neither_code_nor_ticket_is_remembered_by_the_reception",
)
ALL_OF_IT = (
    "conversations/test_mydata.py::test_every_part_of_a_session_is_either_shown_or_said_to_be_a_mark",
    "conversations/test_mydata.py::test_what_a_full_session_holds_is_all_told",
)
CHANGES = ("conversations/test_changes.py::test_every_kind_of_change_has_its_own_sentence",)
CLOSES = (
    "storage/test_lock.py::test_a_ticket_is_good_for_a_quarter_of_an_hour_after_each_use_and_for_an_hour_in_all",
)

PROVED: dict[str, tuple[str, ...]] = {
    "frame.promise.0": (
        "conversations/test_engine.py::test_every_question_can_be_skipped_to_the_end",
    ),
    "frame.promise.1": (*NOTHING_LEFT, *ERASED, *EXPIRES),
    "frame.promise.2": (*PRIVATE, *SAID_FIRST),
    "frame.promise.bureau": (*OPERATOR, *NOBODY_ELSE),
    "frame.promise.employer": (*OPERATOR, *NOBODY_ELSE),
    "frame.promise.self": ON_THIS_COMPUTER,
    "frame.keep": EXPIRES,
    "frame.keep.keep": ERASED,
    "about.0": NOTHING_LEFT,
    "about.1": (*EXPIRES, *ERASED),
    "about.2": ("storage/test_sealing.py::test_a_manipulated_row_is_refused",),
    "about.3": PRIVATE,
    "about.4": SAID_FIRST,
    "about.5": NOBODY_ELSE,
    "about_operator.bureau": OPERATOR,
    "about_operator.employer": OPERATOR,
    "about_operator.self": (*ON_THIS_COMPUTER, *LOCKED),
    "first_kept": (
        "conversations/test_engine.py::test_the_first_answer_is_the_first_thing_that_is_kept_and_the_person_is_told",
        *ERASED,
    ),
    "not_a_text": ("privacy/test_promises.py::test_a_file_reaches_no_conversation",),
    "too_long": (
        "conversations/test_engine.py::test_a_text_that_is_too_long_keeps_the_question_open",
    ),
    "full": (
        "conversations/test_engine.py::test_an_answer_for_which_there_is_no_room_at_all_keeps_the_question_open",
    ),
    "made_room": (
        "conversations/test_engine.py::test_the_oldest_track_makes_room_and_the_person_is_told",
    ),
    "joined": (
        "conversations/test_engine.py::test_words_sent_before_the_question_was_asked_join_the_answer_before_it",
    ),
    "script_changed": (
        "conversations/test_engine.py::test_a_step_that_is_gone_leads_to_the_choice_of_track_with_slots_kept",
    ),
    "stopped": EXPIRES,
    "forgotten": ERASED,
    "forget_in_chat": (
        "storage/test_case_contract.py::test_forgetting_everything_takes_the_case_back",
        "conversations/test_handoff_unseen.py::test_forgetting_in_the_chat_reads_the_same_for_everybody",
    ),
    "shut": (
        "privacy/test_manipulated_rows.py::test_every_manipulation_of_a_row_is_refused_with_one_kind_answer",
        "privacy/test_manipulated_rows.py::test_somebody_whose_row_was_manipulated_can_erase_it_and_begin_anew",
    ),
    "left_shut": (
        "storage/test_store_contract.py::test_a_shut_row_goes_in_its_week_like_any_other",
    ),
    "nothing_kept": (
        "conversations/test_engine.py::test_forget_me_without_a_row_says_that_there_is_nothing",
    ),
    "summary_in_chat": PRIVATE,
    "trouble": (
        "adapters/test_reception.py::test_a_failed_turn_can_be_tried_again_with_the_same_event",
    ),
    "copies": DATES,
    "about_version": ("bot/test_attest.py::test_the_same_hash_stands_under_about",),
    **{f"changes.{kind}": CHANGES for kind in FACTS},
    "mydata.in_chat": (
        "journeys/test_lock.py::test_in_slack_my_data_opens_in_a_window_and_is_no_message",
    ),
    "mydata.intro": ALL_OF_IT,
    "mydata.nothing": (
        "conversations/test_mydata.py::test_without_a_row_nothing_is_kept_and_that_is_said",
    ),
    "mydata.offer_lock": LOCKED,
    "mydata.name": NOTHING_LEFT,
    "mydata.until": (
        "conversations/test_mydata.py::test_the_last_day_is_the_sunday_of_the_last_week",
        *EXPIRES,
        *ERASED,
    ),
    "mydata.until_kept": (*EXPIRES, *ERASED),
    "mydata.readers": NOBODY_ELSE,
    "mydata.readers_locked": LOCKED,
    "mydata.marks": ALL_OF_IT,
    "lock.offer.0": LOCKED,
    "lock.offer.1": LOCKED,
    "lock.offer.2": (
        "adapters/test_locker.py::test_while_locked_nothing_is_known_of_the_person",
        "journeys/test_lock.py::test_in_slack_a_lock_closes_opens_and_holds_what_is_said_behind_it",
        "journeys/test_lock.py::test_in_teams_a_lock_closes_opens_and_holds_what_is_said_behind_it",
    ),
    "lock.already": LOCKED,
    "lock.copy_it": CODE_NOWHERE,
    "lock.in_chat": CODE_NOWHERE,
    "lock.mistyped": (
        "adapters/test_locker.py::test_a_slip_shows_the_same_code_once_more_and_locks_nothing",
    ),
    "lock.too_late": (
        "adapters/test_locker.py::test_a_code_that_was_proposed_too_long_ago_is_replaced",
    ),
    "lock.locked": (
        "adapters/test_locker.py::test_a_code_is_proposed_typed_back_and_then_the_lock_closes",
        *CLOSES,
    ),
    "lock.opened": CLOSES,
    "lock.too_many": (
        "adapters/test_locker.py::test_five_wrong_codes_in_an_hour_and_no_more_is_tried",
    ),
    "lock.closed": (
        "adapters/test_locker.py::test_after_a_quarter_of_an_hour_what_is_sent_is_not_kept_and_the_code_is_asked",
    ),
    "lock.beside": (
        "adapters/test_locker.py::test_forget_without_the_code_erases_what_it_reaches_and_says_when_the_rest_dies",
        *DATES,
    ),
    "save.ask": (
        "adapters/test_terminal_own.py::test_without_a_yes_nothing_is_written_and_nothing_is_sent",
    ),
    "save.written": (
        "adapters/test_terminal_own.py::test_it_is_written_to_a_file_only_after_that_was_said_and_agreed_to",
    ),
    "save.exists": (
        "adapters/test_terminal_own.py::test_what_is_there_already_is_left_alone_links_included",
    ),
    "save.failed": (
        "adapters/test_terminal_own.py::test_a_folder_that_cannot_be_written_to_is_said",
    ),
    **answers.PROVED,
    **cards.PROVED,
    **handoffs.PROVED,
    "help_intro.1": (NO_ALERT,),
    "crisis_intro.1": (NO_ALERT, NOT_KEPT),
    "surfaces.not_read": (
        "conversations/test_surfaces.py::test_words_in_the_chat_are_no_answer_and_are_not_kept",
    ),
}

NO_PROMISE = answers.NO_PROMISE | cards.NO_PROMISE | handoffs.NO_PROMISE | {
    "name", "commands", "labels", "which_language", "language_names", "use_a_button",
    "use_a_number", "old_button", "replies", "empty", "nothing_before", "welcome_back", "forget_ask",
    "track_missing", "summary_title", "not_here", "help_intro.0", "help_danger", "crisis_intro.0",
    "crisis_ask", "shut_ask", "terminal_hint", "terminal_bye", "left",
    "mydata.title", "mydata.page", "mydata.next_page", "mydata.earlier_page", "mydata.name_label",
    "mydata.until_label", "mydata.readers_label", "mydata.language_label", "mydata.where_label",
    "mydata.between", "mydata.numbers_label", "mydata.earlier_label", "mydata.heard_label",
    "mydata.signs", "mydata.marks_label", "lock.ask", "lock.nothing_to_lock", "lock.title",
    "lock.your_code", "lock.type_back", "lock.ask_code", "lock.where_to_type", "lock.not_found",
    "save.file", "home", "surfaces.where", "surfaces.private", "surfaces.chat", "surfaces.open",
    "surfaces.elsewhere", "surfaces.whenever",
}  # fmt: skip
"""Texts that steer, ask or comfort and claim nothing about what is kept or seen."""


def texts() -> set[str]:
    """The place of every text outside the tracks that could promise something."""
    scripts = library.load()
    places = answers.texts(scripts) | cards.texts(scripts) | handoffs.texts(scripts)
    for name, value in scripts.phrases:
        if isinstance(value, tuple):
            places |= {f"{name}.{number}" for number in range(len(value))}
        elif name in ("about_operator", "changes"):
            places |= {f"{name}.{kind}" for kind in value}
        elif name in ("mydata", "lock", "save", "surfaces"):
            places |= {f"{name}.{part}" for part, _ in value if part != "offer"}
        else:
            places.add(name)
    places |= {f"lock.offer.{number}" for number in range(len(scripts.phrases.lock.offer))}
    promise, keep = scripts.frame.steps["promise"], scripts.frame.steps["keep"]
    assert isinstance(promise, Promise)
    assert isinstance(keep, Choice)
    places |= {f"frame.promise.{number}" for number in range(len(promise.say))}
    places |= {f"frame.promise.{operator}" for operator in promise.operator}
    places |= {"frame.keep"} if keep.say else set()
    return places | {f"frame.keep.{name}" for name, option in keep.options.items() if option.say}


def test_every_text_is_either_proved_or_promises_nothing() -> None:
    assert texts() == PROVED.keys() | NO_PROMISE
    assert not PROVED.keys() & NO_PROMISE


@pytest.mark.parametrize("place", PROVED)
def test_the_tests_behind_a_promise_exist(place: str) -> None:
    assert PROVED[place]
    for proof in PROVED[place]:
        file, name = proof.split("::")
        tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
        functions = (ast.FunctionDef, ast.AsyncFunctionDef)
        assert name in {node.name for node in ast.walk(tree) if isinstance(node, functions)}, proof


@pytest.mark.parametrize(
    ("language", "warnings"),
    [
        (
            "nl",
            ("programma, geen mens", "archief van je organisatie", "beheerder kan wel zien dát"),
        ),
        ("en", ("program, not a person", "organisation's archive", "administrator can see that")),
    ],
)
def test_the_warnings_stand_in_the_first_text(language: str, warnings: tuple[str, ...]) -> None:
    promise = library.load().frame.steps["promise"]
    assert isinstance(promise, Promise)
    first = " ".join(getattr(text, language) for text in promise.say)

    assert [warning for warning in warnings if warning not in first] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_text_says_who_runs_the_server(language: str) -> None:
    promise = library.load().frame.steps["promise"]
    assert isinstance(promise, Promise)
    bureau, employer = (getattr(promise.operator[who], language) for who in ("bureau", "employer"))

    assert ("coachbureau" if language == "nl" else "coaching bureau") in bureau
    assert (
        "sleutels en de personeelslijst" if language == "nl" else "keys and the staff list"
    ) in employer


def test_help_is_told_to_nobody() -> None:
    """The core that decides to show the card has no way out: no log, no network, no counter."""
    core = TESTS.parent / "conversations"
    files = [
        core / f"{name}.py" for name in ("care", "carebuttons", "asides", "engine", "dialogue")
    ]
    imported = set()
    for path in (*files, *(core / "safety").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])

    assert imported == {
        "__future__", "bisect", "collections", "conversations", "dataclasses", "datetime",
        "functools", "itertools", "math", "operator", "pydantic", "re", "types", "typing", "unicodedata",
    }  # fmt: skip


def test_a_file_reaches_no_conversation() -> None:
    """Nothing that comes in has room for a file: words, a button, and what they belong to."""
    assert {field.name for field in fields(Incoming)} == {
        "said", "pressed", "token", "event", "sent_at", "language", "secret", "ticket", "surface",
        "address", "gone",
    }  # fmt: skip
