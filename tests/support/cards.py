"""The tests that prove what is said about safety, and the texts there that promise nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conversations.scripts import Scripts

NO_ALERT = "privacy/test_promises.py::test_help_is_told_to_nobody"
NOT_KEPT = (
    "conversations/test_care.py::test_what_was_typed_stands_nowhere_once_the_person_went_on",
)
NUMBERS_STAY = ("conversations/test_care.py::test_later_ends_nothing_and_help_now_stays_in_reach",)

PROVED: dict[str, tuple[str, ...]] = {
    "care.false_alarm": (
        "conversations/test_care.py::test_after_a_false_alarm_the_open_question_is_there_again",
    ),
    **{
        f"care.{card}": NOT_KEPT
        for card in (
            "harassment.2",
            "burnout.2",
            "addiction.1",
            "dismissal.1",
            "wrongdoing.0",
        )
    },
    "care.known": (NO_ALERT,),
    "care.message.0": (NO_ALERT,),
    "care.later": NUMBERS_STAY,
    "care.cost": ("conversations/test_care.py::test_the_line_on_the_card_is_free",),
}

NO_PROMISE = {
    "care.labels", "care.ask", "care.ask_past", "care.ask_other", "care.acute", "care.other",
    "care.harm_other", "care.harassment.0", "care.harassment.1", "care.burnout.0", "care.burnout.1",
    "care.addiction.0", "care.dismissal.0", "care.wrongdoing.1", "care.contacts",
    "care.ask_further", "care.ask_stuck", "care.bother", "care.chat", "care.message.1",
    "care.quiet.0", "care.quiet.1",
}  # fmt: skip
"""Texts that ask, point the way or comfort."""


def texts(scripts: Scripts) -> set[str]:
    """The place of every text about safety."""
    places = set()
    for name, value in scripts.safety.care:
        several = isinstance(value, tuple)
        places |= {f"care.{name}.{n}" for n in range(len(value))} if several else {f"care.{name}"}
    return places
