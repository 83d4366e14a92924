"""The tests that prove each answer to a question to the bot, and the last words of a talk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.script import Close, OwnStep

if TYPE_CHECKING:
    from conversations.scripts import Scripts

SKIP = "conversations/test_engine.py::test_every_question_can_be_skipped_to_the_end"
EXPIRES = (
    "conversations/test_engine.py::test_a_session_left_open_is_gone_in_the_second_week",
    "conversations/test_engine.py::test_a_kept_session_is_there_for_twelve_weeks_and_not_for_ninety_one_days",
    "bot/test_housekeeping.py::test_whatever_the_day_a_row_is_gone_before_its_promised_last_day_has_passed",
)
ERASED = (
    "journeys/test_slack.py::test_forget_me_erases_the_row_at_once_and_the_person_is_told",
    "journeys/test_teams.py::test_forget_me_erases_the_row_at_once_and_the_person_is_told",
    "storage/test_erasure.py::test_forty_erased_people_leave_no_trace",
)
NOTHING_LEFT = (
    "journeys/test_slack.py::test_nothing_that_names_the_person_or_what_they_typed_is_left_behind",
    "journeys/test_teams.py::test_nothing_that_names_the_person_or_what_they_typed_is_left_behind_or_sent",
)
PRIVATE = (
    "journeys/test_slack.py::test_what_is_typed_in_the_private_window_becomes_no_message",
    "journeys/test_teams.py::test_what_is_typed_in_the_private_window_becomes_no_message",
)
NOBODY_ELSE = (
    "bot/test_main.py::test_there_is_no_command_that_could_show_a_conversation_to_anybody_else",
    "bot/test_web.py::test_no_other_route_exists_and_its_page_is_empty",
)
SAID_FIRST = "privacy/test_promises.py::test_the_warnings_stand_in_the_first_text"
ON_THIS_COMPUTER = (
    "journeys/test_terminal.py::test_data_and_keys_lie_in_the_data_folder_and_hold_nothing_that_was_typed",
    "storage/test_lock.py::test_holders_of_all_keys_and_the_staff_list_open_every_row_and_no_locked_one",
    "journeys/test_terminal_expiry.py::test_what_has_expired_is_erased_when_the_next_talk_begins",
)
OPERATOR = ("privacy/test_promises.py::test_the_first_text_says_who_runs_the_server",)
NO_MODEL = "privacy/test_answers.py::test_no_language_model_is_part_of_it"
RULES = "privacy/test_answers.py::test_the_conversation_follows_from_what_was_written_and_answered"

TO_A_COACH = (
    "journeys/test_to_a_coach.py::test_asked_read_answered_met_and_closed",
    "journeys/test_desk_roles.py::test_whoever_it_does_not_concern_gets_the_same_words",
)
PREVIEWED = (
    "conversations/test_handoff.py::test_the_preview_is_exactly_what_is_sent",
    "conversations/test_handoff.py::test_nothing_is_sent_before_the_button",
)
ADDRESSES = (
    "privacy/test_addresses.py::test_an_address_is_kept_nowhere_unless_a_notice_was_asked_for",
    (
        "privacy/test_addresses.py::"
        "test_asked_for_it_lies_in_no_clear_and_opens_for_server_and_coach_together_only"
    ),
)

PROVED: dict[str, tuple[str, ...]] = {
    "frame.goodbye": NOTHING_LEFT,
    "frame.own_step.in_chat": (
        "conversations/test_arc.py::test_the_own_small_step_is_seen_in_a_sheet_and_in_no_message",
    ),
    "faq.seen.0": NOBODY_ELSE,
    "faq.seen.1": (SAID_FIRST, *PRIVATE),
    "faq.seen.2": TO_A_COACH,
    "faq.seen.bureau": OPERATOR,
    "faq.seen.employer": OPERATOR,
    "faq.seen.self": ON_THIS_COMPUTER,
    "faq.reading.0": (*NOBODY_ELSE, RULES),
    "faq.reading.1": PRIVATE,
    "faq.reading.2": PREVIEWED,
    "faq.using.0": (SAID_FIRST, *PRIVATE),
    "faq.program.0": (NO_MODEL, RULES),
    "faq.program.1": (NO_MODEL,),
    "faq.who.bureau": OPERATOR,
    "faq.who.employer": OPERATOR,
    "faq.who.self": ON_THIS_COMPUTER,
    "faq.name.0": NOTHING_LEFT,
    "faq.name.1": NOTHING_LEFT,
    "faq.name.2": ADDRESSES,
    "faq.keeping.0": EXPIRES,
    "faq.keeping.1": (
        (
            "conversations/test_handoff.py::"
            "test_with_a_request_everything_stays_twelve_weeks_and_that_is_said_before_it_is_sent"
        ),
    ),
    "faq.keeping.2": ERASED,
    "faq.erasing.0": ERASED,
    "faq.erasing.1": ("storage/test_sealing.py::test_a_manipulated_row_is_refused", *PRIVATE),
    "faq.where.0": NOTHING_LEFT,
    "faq.where.bureau": OPERATOR,
    "faq.where.employer": OPERATOR,
    "faq.where.self": ON_THIS_COMPUTER,
    "faq.training.0": (NO_MODEL, *NOTHING_LEFT),
    "faq.file.0": NOBODY_ELSE,
    "faq.file.1": PRIVATE,
    "faq.cost.0": ("privacy/test_answers.py::test_nothing_asks_for_money",),
    "faq.length.0": (
        "adapters/slack/test_render.py::test_a_window_says_about_how_many_questions_are_left_and_a_message_does_not",
        "adapters/teams/test_dialog.py::test_a_dialog_says_about_how_many_questions_are_left_and_a_card_does_not",
        SKIP,
    ),
    "faq.asking.0": (
        "conversations/test_walks.py::test_what_was_typed_comes_back_in_the_summary_to_the_letter",
    ),
    "faq.asking.1": (SKIP,),
    "faq.reminding.0": (*NOTHING_LEFT, *ADDRESSES),
    "faq.coach.0": ("conversations/test_arc.py::test_all_subjects_are_there_in_pages_of_five",),
}

NO_PROMISE = {"faq.reminding.1", "faq.who.0", "faq.training.1", "faq.side.0"}
"""What the bot is called, what others do, and that it takes no side."""


def texts(scripts: Scripts) -> set[str]:
    """The place of every text of this kind."""
    places = set()
    for name, entry in scripts.faq.items():
        places |= {f"faq.{name}.{number}" for number in range(len(entry.answer))}
        places |= {f"faq.{name}.{operator}" for operator in entry.operator}
    for name, step in scripts.frame.steps.items():
        if isinstance(step, Close):
            places.add(f"frame.{name}")
        if isinstance(step, OwnStep):
            places.add(f"frame.{name}.in_chat")
    return places
