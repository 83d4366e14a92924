"""What the leadership of an organisation published about these conversations, in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from conversations.script import Language
    from conversations.scripts import Scripts

MONTHS: dict[Language, str] = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
}


def own_words(scripts: Scripts, language: Language) -> tuple[str, ...]:
    """One paragraph: the words, and below them who published them and when; nothing when not set."""
    leadership = scripts.organisation.leadership
    if leadership is None:
        return ()
    published = _written(leadership.date, language)
    return (f"“{leadership.words[language]}”\n({leadership.role[language]}, {published})",)


def _written(day: date, language: Language) -> str:
    return f"{day.day} {MONTHS[language].split()[day.month - 1]} {day.year}"
