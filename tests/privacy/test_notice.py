"""Every paragraph of the privacy notice has a test that proves it; none goes without, in either language.

A paragraph begins with its key, `<!-- p:erase -->`. `PROVED` maps the keys to tests. The threat
model repeats the figures of `storage/README.md`, which are counted elsewhere.
"""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conversations.script import LANGUAGES
from conversations.session import Answer, Session
from tests.privacy.test_promises import (
    ALL_OF_IT,
    CHANGES,
    CODE_NOWHERE,
    DATES,
    ERASED,
    EXPIRES,
    LOCKED,
    NO_ALERT,
    NOBODY_ELSE,
    NOT_KEPT,
    NOTHING_LEFT,
    ON_THIS_COMPUTER,
    OPERATOR,
    PRIVATE,
    SAID_FIRST,
)
from tests.support import handoffs
from tests.support.answers import NO_MODEL, RULES, SKIP

if TYPE_CHECKING:
    from conversations.script import Language

TESTS = Path(__file__).parents[1]
STORAGE = TESTS.parent / "storage"
NOTICES = {language: STORAGE / f"PRIVACY.{language}.md" for language in LANGUAGES}
DOCUMENTS = (TESTS.parent / "README.md", *sorted(STORAGE.glob("*.md")))

THIEVES = (
    "privacy/test_thieves.py::test_the_numbers_of_the_documents_are_those_that_are_counted",
    "privacy/test_thieves.py::test_keys_without_the_list_and_the_list_without_the_keys_open_nothing",
)
DESTROYED = (
    "storage/test_months.py::test_a_secret_goes_a_week_after_its_third_further_month",
    "storage/test_months.py::test_the_person_is_told_the_day_on_which_it_happens",
    "storage/test_destruction.py::test_every_organisations_secret_goes_on_its_date_and_no_younger_one",
)

PROVED: dict[str, tuple[str, ...]] = {
    "program": (NO_MODEL, RULES),
    "free": (
        SKIP,
        "conversations/test_engine.py::test_stop_ends_at_once_without_a_question_and_the_next_word_leads_back",
    ),
    "bureau": (*OPERATOR, *THIEVES),
    "employer": (*OPERATOR, *THIEVES, *LOCKED),
    "terminal": (
        *ON_THIS_COMPUTER,
        "privacy/test_thieves.py::test_in_a_terminal_the_folder_alone_opens_the_notes_and_a_lock_keeps_it_out",
        "journeys/test_terminal_expiry.py::test_what_has_expired_is_erased_when_the_next_talk_begins",
        "journeys/test_terminal_expiry.py::test_a_talk_in_the_terminal_opens_no_connection",
    ),
    "kept": (*ALL_OF_IT, *NOTHING_LEFT),
    "no-name": (
        *NOTHING_LEFT,
        "privacy/test_logs.py::test_our_own_code_logs_listed_events_and_fields_and_nothing_else",
        "privacy/test_logs.py::test_no_logger_of_any_library_lets_a_word_through",
        "bot/audit/test_datamap.py::test_there_are_few_columns_and_none_sounds_like_a_person_or_a_time",
    ),
    "how-found": (*NOTHING_LEFT, *THIEVES),
    "feelings": (
        *ALL_OF_IT,
        "privacy/test_notice.py::test_no_number_in_a_session_says_how_somebody_feels",
    ),
    "first": (
        "conversations/test_engine.py::test_reading_the_promise_writes_nothing",
        "conversations/test_engine.py::test_the_first_answer_is_the_first_thing_that_is_kept_and_the_person_is_told",
        "privacy/test_promises.py::test_a_file_reaches_no_conversation",
    ),
    "left-open": EXPIRES,
    "long": (
        *EXPIRES,
        "bot/test_settings.py::test_half_a_configuration_is_refused_with_what_to_do",
    ),
    "copies": (*DESTROYED, *DATES, *THIEVES),
    "hr": NOBODY_ELSE,
    "keys": THIEVES,
    "chat": PRIVATE,
    "administrator": (
        *SAID_FIRST,
        "adapters/test_locker.py::test_while_locked_nothing_is_known_of_the_person",
    ),
    "lock": (*LOCKED, "adapters/test_locker.py::test_while_locked_nothing_is_known_of_the_person"),
    "lock-lost": (
        *CODE_NOWHERE,
        "conversations/test_locking.py::test_the_offer_says_that_a_lost_code_is_final",
    ),
    "coach": (*handoffs.PREVIEW, handoffs.OVER_HTTP),
    "coach-reads": (
        handoffs.EVERYBODY,
        handoffs.STORE + "test_a_case_for_one_coach_is_seen_by_nobody_else",
        handoffs.STORE
        + "test_of_two_coaches_one_gets_the_case_and_the_other_sees_that_it_is_taken",
    ),
    "coach-server": (handoffs.THIEVES, *THIEVES),
    "coach-told": (*handoffs.FIXED, *handoffs.PROVED["coach.route_say.0"]),
    "coach-back": handoffs.GONE_AT_ONCE,
    "coach-long": (
        *handoffs.ENDED,
        handoffs.ENDS + "test_a_case_ends_eighty_days_after_the_persons_own_last_message",
        *handoffs.TWELVE_WEEKS,
    ),
    "coach-data": (
        "bot/audit/test_datamap.py::test_schema_and_map_agree",
        handoffs.STORE + "test_a_removed_coach_has_no_desk_and_the_case_goes_on",
    ),
    "see": (
        *ALL_OF_IT,
        "conversations/test_mydata.py::test_the_rest_is_told_too_what_how_long_and_for_whose_eyes",
        "journeys/test_lock.py::test_in_slack_my_data_opens_in_a_window_and_is_no_message",
    ),
    "take": (
        "conversations/test_mydata.py::test_what_is_long_comes_in_pages_that_together_hold_everything",
        "adapters/test_terminal_own.py::test_it_is_written_to_a_file_only_after_that_was_said_and_agreed_to",
    ),
    "correct": (
        "conversations/test_engine.py::test_back_asks_the_question_before_and_a_new_answer_takes_the_old_ones_place",
    ),
    "erase": (*ERASED, *DATES),
    "erase-postgresql": (
        "bot/test_keys.py::test_on_postgresql_the_page_says_what_erasing_means_there",
        *DESTROYED,
    ),
    "erase-locked": (
        "adapters/test_locker.py::test_forget_without_the_code_erases_what_it_reaches_and_says_when_the_rest_dies",
        "adapters/test_locker.py::test_forget_with_the_code_erases_both_and_the_window_holds_no_ticket",
    ),
    "rights": (*NOBODY_ELSE, *THIEVES),
    "help": (
        "conversations/test_engine.py::test_help_now_shows_the_lines_of_the_country_and_then_the_open_question",
        NOT_KEPT,
        NO_ALERT,
    ),
    "changes": (
        *CHANGES,
        "conversations/test_changes.py::test_a_change_is_told_once_and_before_the_question",
    ),
    "check": ("bot/test_attest.py::test_the_same_hash_stands_under_about",),
    "no-decision": (*NOBODY_ELSE, RULES),
}

NO_PROMISE = {"responsible", "platform", "contact"}
"""Whom to ask, and what others do."""

FORBIDDEN = re.compile(
    r"100\s?% anon|nobody can ever know|niemand kan (dit )?ooit weten|niemand komt (dit )?ooit te weten"
    r"|your employer sees nothing|je werkgever ziet niets|end[- ]to[- ]end[- ](en|ver)"
    r"|gdpr does( not|n't) apply|(avg|gdpr) (is niet van toepassing|geldt( hier)? niet)"
)
"""What no text may say, since it is not true."""

LONGEST = 20
"""Words in a sentence at level B1."""

FIELD = re.compile(r"\*\*\[(?:VUL IN|FILL IN): [^\]]+\]\*\*")
PARAGRAPH = re.compile(r"<!-- p:([a-z-]+) -->\n(.+)")


def paragraphs(language: Language) -> dict[str, str]:
    found = PARAGRAPH.findall(NOTICES[language].read_text(encoding="utf-8"))
    assert len(found) == len(dict(found)), "a key stands twice"
    return dict(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paragraph_is_either_proved_or_promises_nothing(language: Language) -> None:
    assert paragraphs(language).keys() == PROVED.keys() | NO_PROMISE
    assert not PROVED.keys() & NO_PROMISE


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_paragraph_stands_without_a_key(language: Language) -> None:
    text = PARAGRAPH.sub("", NOTICES[language].read_text(encoding="utf-8"))
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    rest = [line for line in text.splitlines() if line and not line.startswith("#")]

    assert len(rest) == 1
    assert FIELD.search(rest[0])


def test_both_languages_say_the_same_in_the_same_order() -> None:
    dutch, english = paragraphs("nl"), paragraphs("en")

    assert list(dutch) == list(english)
    fields_of = [[len(FIELD.findall(text)) for text in each.values()] for each in (dutch, english)]
    assert fields_of[0] == fields_of[1]


@pytest.mark.parametrize("key", PROVED)
def test_the_tests_behind_a_paragraph_exist(key: str) -> None:
    assert PROVED[key]
    for proof in PROVED[key]:
        file, name = proof.split("::")
        tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
        functions = (ast.FunctionDef, ast.AsyncFunctionDef)
        assert name in {node.name for node in ast.walk(tree) if isinstance(node, functions)}, proof


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short_and_nobody_is_addressed_formally(language: Language) -> None:
    plain = [FIELD.sub("x", text).replace("**", "") for text in paragraphs(language).values()]
    sentences = [each for text in plain for each in re.split(r"(?<=[.?!:])\s+", text)]

    assert [each for each in sentences if len(each.split()) > LONGEST] == []
    assert [each for each in sentences if re.search(r"\b(u|uw)\b", each, re.IGNORECASE)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_document_says_what_may_not_be_said(document: Path) -> None:
    text = " ".join(document.read_text(encoding="utf-8").lower().replace("*", "").split())

    assert FORBIDDEN.search(text) is None


def test_what_may_not_be_said_would_be_noticed() -> None:
    lies = (
        "100% anonymous", "100 % anoniem", "your employer sees nothing", "je werkgever ziet niets",
        "end-to-end encrypted", "end-to-end versleuteld", "the gdpr does not apply",
        "de avg is niet van toepassing", "nobody can ever know",
    )  # fmt: skip

    assert [each for each in lies if FORBIDDEN.search(each) is None] == []


@pytest.mark.parametrize(
    "figures",
    [
        r"of \d+ rows and a list of [\d ]+ ids: the database alone links \d+, with the keys \d+ open",
        r"with the keys \d+ open, and after the month's secret is destroyed \d+",
        r"with the database, every key and the staff list: \d+ of \d+ locked rows open",
        r"\+0\.\d{3}\S* by `ctid`",
        r"\d+ of 40 erased rows",
    ],
)
def test_the_threat_model_gives_the_figures_of_the_readme(figures: str) -> None:
    said = [
        " ".join((STORAGE / name).read_text(encoding="utf-8").lower().replace("*", "").split())
        for name in ("README.md", "THREAT-MODEL.md")
    ]
    plain = [set(re.findall(figures, text)) for text in said]

    assert plain[0]
    assert plain[0] == plain[1]


def test_the_row_of_the_operator_is_in_bold_with_the_figures_that_are_counted() -> None:
    text = (STORAGE / "THREAT-MODEL.md").read_text(encoding="utf-8")
    (row,) = [line for line in text.splitlines() if line.startswith("| **the operator")]

    assert all(re.fullmatch(r"\*\*.+\*\*", cell.strip()) for cell in row.strip("|").split("|"))
    assert [tuple(map(int, each)) for each in re.findall(r"(\d+) of (\d+) rows", row)] == [
        (200, 200), (0, 10), (0, 200),
    ]  # fmt: skip


def test_the_threat_model_counts_what_opens_in_a_terminal() -> None:
    text = (STORAGE / "THREAT-MODEL.md").read_text(encoding="utf-8")
    (row,) = [line for line in text.splitlines() if line.startswith("| whoever can read the data")]

    assert [tuple(map(int, each)) for each in re.findall(r"(\d+) of (\d+) rows", row)] == [
        (1, 1), (0, 1),
    ]  # fmt: skip


def test_no_number_in_a_session_says_how_somebody_feels() -> None:
    """The numbers are counts, weeks and a clock; the one about a person is the one they chose."""
    numbers = {field.name for field in fields(Session) if field.type == "int"}
    assert numbers == {
        "turn", "probes", "expires", "asked", "looking", "week", "talks", "quiet_talk",
        "quiet_week", "typed", "misses", "replied",
    }  # fmt: skip
    assert "float" not in {field.type for field in fields(Session)}
    assert {field.name for field in fields(Answer)} == {"words", "option", "number"}
