"""The tests that prove what is said on the way to a coach and at a desk, and the texts that promise nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conversations.scripts import Scripts

HANDOFF = "conversations/test_handoff.py::"
STORE = "storage/test_case_contract.py::"
ENDS = "storage/test_case_ends.py::"
WINDOWS = "journeys/test_coach.py::"
ANOTHER = "journeys/test_another_passphrase.py::"
OVER_HTTP = "journeys/test_to_a_coach.py::test_asked_read_answered_met_and_closed"
EVERY_STATE = "journeys/test_withdrawal.py::test_whatever_the_state_it_is_gone_at_once_and_nothing_comes_any_more"
EVERYBODY = "journeys/test_desk_roles.py::test_whoever_it_does_not_concern_gets_the_same_words"

TOLD_IN_ORDER = (
    STORE + "test_a_request_waits_then_lies_with_the_coach_and_is_opened_and_answered",
    HANDOFF + "test_every_state_says_who_has_it_and_how_it_is_taken_back",
)
UNSEEN = (
    EVERY_STATE,
    ENDS + "test_a_request_that_is_posted_again_after_it_was_taken_back_is_not_let_in",
)
GONE_AT_ONCE = (
    EVERY_STATE,
    ENDS + "test_what_is_taken_back_is_shown_to_nobody_from_then_on_and_erased_with_the_next_round",
    WINDOWS + "test_what_was_taken_back_is_gone_from_the_desk_at_once",
)
ONE_LINE = (WINDOWS + "test_a_coach_sees_one_neutral_line_of_what_was_taken_back",)
ENDED = (ENDS + "test_a_case_ends_after_sixty_days_of_silence_and_both_are_told_before",)
NOT_SENT = (HANDOFF + "test_a_coach_who_is_gone_meanwhile_gets_nothing",)
NOT_WRITTEN = (HANDOFF + "test_what_is_too_long_is_not_written_down_and_stands_in_the_field_again",)
ROUND = (
    STORE + "test_a_letter_leaves_with_a_round_and_waits_in_the_session_until_then",
    OVER_HTTP,
)
WINDOW_ONLY = (HANDOFF + "test_in_the_chat_nothing_of_it_is_shown", OVER_HTTP)
PREVIEW = (
    HANDOFF + "test_the_preview_is_exactly_what_is_sent",
    HANDOFF + "test_nothing_is_sent_before_the_button",
)
TWELVE_WEEKS = (
    HANDOFF
    + "test_with_a_request_everything_stays_twelve_weeks_and_that_is_said_before_it_is_sent",
    HANDOFF + "test_what_opens_the_answers_lies_in_the_session",
)
FIXED = (
    "adapters/test_notices.py::test_every_notice_is_one_fixed_text",
    "soak/test_coaching.py::test_of_a_thousand_requests_nothing_tells_whose_they_are",
)
SHUT = (
    WINDOWS + "test_without_the_passphrase_nothing_of_a_desk_is_shown_or_done",
    "storage/test_case_roles.py::test_a_ticket_of_a_desk_lasts_a_quarter_of_an_hour_and_opens_no_notes",
)
HELP_CARD = (WINDOWS + "test_the_help_card_goes_with_one_button_and_nobody_else_hears_of_it",)
HANDED_BACK = (
    STORE + "test_a_case_that_is_handed_back_begins_from_the_card_with_the_next_coach",
    STORE + "test_a_case_that_nobody_has_any_more_comes_back_and_goes_to_another_as_a_new_one",
)
CODES = (
    WINDOWS + "test_a_code_works_once_and_a_wrong_one_says_nothing",
    "storage/test_case_roles.py::test_a_code_is_good_once_for_its_platform_and_for_two_weeks",
)
THIEVES = (
    "privacy/test_case_thieves.py::"
    "test_database_server_keys_and_the_coaches_accounts_open_no_case_and_no_reply_block"
)

PROVED: dict[str, tuple[str, ...]] = {
    "coach.states.waiting": TOLD_IN_ORDER,
    "coach.states.received": (
        *TOLD_IN_ORDER,
        STORE + "test_letters_go_both_ways_in_the_order_in_which_they_were_written",
    ),
    "coach.states.opened": TOLD_IN_ORDER,
    "coach.states.answered": TOLD_IN_ORDER,
    "coach.states.closed": (STORE + "test_a_case_is_closed_with_a_note_and_can_still_be_read",),
    "coach.states.returned": HANDED_BACK,
    "coach.states.withdrawn": GONE_AT_ONCE,
    "coach.states.ended": ENDED,
    "coach.take_back.waiting": UNSEEN,
    "coach.take_back.received": (*GONE_AT_ONCE, *ONE_LINE),
    "coach.take_back.opened": GONE_AT_ONCE,
    "coach.take_back.answered": GONE_AT_ONCE,
    "coach.take_back.returned": GONE_AT_ONCE,
    "coach.in_window": WINDOW_ONLY,
    "coach.in_chat": WINDOW_ONLY,
    "coach.none_self": (
        "journeys/test_terminal.py::test_in_the_terminal_there_are_no_coaches_and_that_is_said_kindly",
    ),
    "coach.none_here": (HANDOFF + "test_without_a_coach_that_is_said_and_the_question_stays",),
    "coach.none_now": (HANDOFF + "test_without_a_coach_that_is_said_and_the_question_stays",),
    "coach.explain.1": (*PREVIEW, OVER_HTTP),
    "coach.not_available": NOT_SENT,
    "coach.line_intro": (HANDOFF + "test_only_the_lines_that_were_given_are_on_the_card",),
    "coach.too_long": NOT_WRITTEN,
    "coach.letter_too_long": NOT_WRITTEN,
    "coach.hint": (HANDOFF + "test_what_may_tell_who_it_is_is_said_and_left_to_the_person",),
    "coach.name_say": (
        HANDOFF + "test_a_name_stands_in_the_preview_and_in_what_is_sent",
        STORE + "test_a_name_that_is_told_stands_with_the_case_from_then_on",
    ),
    "coach.route_say.0": (
        "privacy/test_addresses.py::test_an_address_is_kept_nowhere_unless_a_notice_was_asked_for",
        "privacy/test_addresses.py::test_asked_for_it_lies_in_no_clear_and_opens_for_server_and_coach_together_only",
        THIEVES,
    ),
    "coach.route_say.1": (
        *FIXED,
        "bot/test_rounds.py::test_a_person_is_told_of_an_answer_once_after_a_day_without_their_platform",
        OVER_HTTP,
    ),
    "coach.preview_say": PREVIEW,
    "coach.preview_kept": TWELVE_WEEKS,
    "coach.sent": (
        HANDOFF + "test_the_day_on_which_it_leaves_at_the_latest_is_said",
        ENDS + "test_requests_wait_for_each_other_where_few_people_ask",
        *UNSEEN,
    ),
    "coach.answer_here": (
        HANDOFF + "test_an_answer_is_announced_shown_once_and_then_read",
        HANDOFF + "test_whatever_becomes_of_a_case_is_announced_until_it_was_looked_at",
    ),
    "coach.not_read": (
        STORE + "test_a_letter_to_a_coach_who_has_the_case_no_more_is_read_by_nobody",
    ),
    "coach.waits_label": ROUND,
    "coach.ends_soon": ENDED,
    "coach.coach_away": (WINDOWS + "test_who_waits_for_a_coach_on_holiday_is_told_so",),
    "coach.overdue": (
        ENDS + "test_who_is_not_answered_is_told_and_the_coach_is_reminded",
        ENDS + "test_a_coach_who_has_it_and_does_not_answer_is_slow_by_their_own_measure",
    ),
    "coach.letter_say": ROUND,
    "coach.letter_sent": ROUND,
    "coach.reveal_say": (
        HANDOFF + "test_a_name_is_told_by_the_person_only_and_is_said_to_be_final",
        STORE + "test_a_name_that_is_told_stands_with_the_case_from_then_on",
        EVERYBODY,
    ),
    "coach.withdraw_say": GONE_AT_ONCE,
    "coach.withdrawn": (*GONE_AT_ONCE, *ONE_LINE),
    "coach.forget": (STORE + "test_forgetting_everything_takes_the_case_back",),
    "coach.let_go": (HANDOFF + "test_an_ended_case_is_cleared_away",),
    "coach.mydata_until": TWELVE_WEEKS,
    "desk.code_say": CODES,
    "desk.no_code": CODES,
    "desk.registered.0": (
        WINDOWS + "test_a_coach_registers_with_a_code_and_learns_the_passphrase_once",
        "journeys/test_to_a_coach.py::test_nothing_of_it_lies_in_clear_in_files_or_in_the_log",
    ),
    "desk.registered.1": (THIEVES, *SHUT),
    "desk.registered.2": (
        "storage/test_envelopes.py::test_a_fingerprint_is_eight_groups_that_follow_from_the_key",
        HANDOFF + "test_each_coach_is_shown_with_what_somebody_needs_to_choose",
    ),
    "desk.added": (
        ANOTHER + "test_a_coach_who_is_invited_anew_is_as_that_says_and_keeps_key_and_passphrase",
        STORE + "test_one_coach_serves_three_organisations_from_one_desk",
    ),
    "desk.renew_say.0": (
        ANOTHER + "test_a_new_passphrase_opens_the_desk_and_all_cases_and_the_old_one_does_not",
        "journeys/test_to_a_coach.py::test_nothing_of_it_lies_in_clear_in_files_or_in_the_log",
    ),
    "desk.renew_say.1": (
        ANOTHER + "test_before_it_is_entered_only_the_old_one_counts",
        ANOTHER + "test_a_new_passphrase_opens_the_desk_and_all_cases_and_the_old_one_does_not",
    ),
    "desk.not_renewed": (
        ANOTHER + "test_another_code_than_the_one_shown_changes_nothing_and_shows_a_fresh_one",
    ),
    "desk.passphrase_say": SHUT,
    "desk.closed": SHUT,
    "desk.too_often": (WINDOWS + "test_a_code_works_once_and_a_wrong_one_says_nothing",),
    "desk.protocol.0": (OVER_HTTP, THIEVES),
    "desk.protocol.1": HELP_CARD,
    "desk.protocol.2": ROUND,
    "desk.protocol.3": GONE_AT_ONCE,
    "desk.away": (WINDOWS + "test_a_coach_who_is_away_is_not_asked",),
    "desk.holiday_say": (WINDOWS + "test_a_coach_who_is_away_is_not_asked",),
    "desk.ends_soon": ENDED,
    "desk.answer_say": (
        *ROUND,
        "adapters/test_coach_windows.py::test_words_of_people_are_shown_letter_by_letter_and_link_and_ping_nothing",
    ),
    "desk.answered": ROUND,
    "desk.offered": ROUND,
    "desk.too_long": (WINDOWS + "test_an_answer_that_is_too_long_is_not_sent",),
    "desk.help_say": HELP_CARD,
    "desk.hand_back_say": HANDED_BACK,
    "desk.notice": FIXED,
    "desk.answer_notice": FIXED,
}

NO_PROMISE = {
    "coach.labels", "coach.parts", "coach.slots", "coach.hints", "coach.ways", "coach.notes",
    "coach.alias_first", "coach.alias_last", "coach.reads_at", "coach.language_names",
    "coach.internal", "coach.external", "coach.explain.0", "coach.explain.2", "coach.explain_ask",
    "coach.choose", "coach.choose_ask", "coach.coach_line", "coach.line_filled", "coach.card_title",
    "coach.card_ask", "coach.card_empty", "coach.parts_ask", "coach.not_for_employer",
    "coach.scores", "coach.conflict", "coach.name_ask", "coach.route_ask", "coach.preview_title", "coach.preview_ask",
    "coach.alias_label", "coach.name_label", "coach.organisation_label", "coach.language_label",
    "coach.case_title", "coach.case_ask", "coach.case_ask_closed", "coach.you",
    "coach.times_label", "coach.chosen_label", "coach.calling", "coach.letter_ask",
    "coach.letter_title", "coach.letter_preview_ask", "coach.reveal_ask", "coach.withdraw_ask",
    "coach.take_back.closed", "coach.take_back.withdrawn", "coach.take_back.ended",
    "coach.mydata_case", "coach.mydata_draft",
    "desk.labels", "desk.open_desk", "desk.in_window", "desk.waits", "desk.ask_code",
    "desk.registered_title", "desk.passphrase_label", "desk.fingerprint_label",
    "desk.registered_ask", "desk.renew_ask", "desk.renewed", "desk.ask_passphrase", "desk.not_open",
    "desk.protocol_ask",
    "desk.list_say", "desk.list_empty", "desk.gone", "desk.list_ask", "desk.states", "desk.legend",
    "desk.case_say", "desk.name_label", "desk.case_ask", "desk.you", "desk.answer_ask",
    "desk.ways_ask", "desk.offer_ask", "desk.offer_say", "desk.offer_bad", "desk.help_ask",
    "desk.help_short", "desk.hand_back_ask", "desk.handed_back", "desk.close_ask",
    "desk.note_labels", "desk.closed_case", "desk.claimed", "desk.taken", "desk.refused",
    "desk.holiday_ask", "desk.holiday_set", "desk.holiday_over", "desk.look_here",
}  # fmt: skip
"""Texts that ask, name or warn, or say what was done; "cannot be undone" takes a promise back."""

PART_BY_PART = ("coach.states", "coach.take_back")


def texts(scripts: Scripts) -> set[str]:
    """The place of every text of both files; of lists and of what is told in each state, each one."""
    places = set()
    for file, content in (("coach", scripts.coach), ("desk", scripts.desk)):
        for name, value in content:
            place = f"{file}.{name}"
            if isinstance(value, tuple):
                places |= {f"{place}.{number}" for number in range(len(value))}
            elif place in PART_BY_PART:
                places |= {f"{place}.{part}" for part in value}
            else:
                places.add(place)
    return places
