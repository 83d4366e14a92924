"""`[organisations.LABEL.leadership]`: what the leadership published about these conversations."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bot.errors import SettingsError
from conversations.checks.banned import PROMISES
from conversations.organisation import Leadership
from conversations.phrasing import normal, says
from conversations.script import LANGUAGES

if TYPE_CHECKING:
    from conversations.script import Language

LONGEST_WORDS, LONGEST_ROLE = 400, 60
"""Characters: one paragraph, and who wrote it."""


def published(table: Any, where: str) -> Leadership:
    """Raises SettingsError for anything missing, unknown or too long, and for a promise nobody can keep."""
    if not isinstance(table, dict) or set(table) != {"words", "role", "date"}:
        raise SettingsError(f"{where}: words, role and date are needed, and nothing else")
    day = table["date"]
    if not isinstance(day, date) or isinstance(day, datetime):
        raise SettingsError(f"{where}: date is a day, without quotes, such as 2026-01-31")
    words = _texts(table["words"], f"{where} words", LONGEST_WORDS)
    role = _texts(table["role"], f"{where} role", LONGEST_ROLE)
    for language, text in words.items():
        for promise in PROMISES[language]:
            if says(promise, normal(text)):
                raise SettingsError(f"{where}: “{promise}” promises more than anyone can keep")
    return Leadership(words, role, day)


def _texts(value: Any, where: str, longest: int) -> dict[Language, str]:
    if not isinstance(value, dict) or set(value) != set(LANGUAGES):
        raise SettingsError(f'{where}: write {{ nl = "…", en = "…" }}')
    for text in value.values():
        if not isinstance(text, str) or not text.strip() or len(text) > longest:
            raise SettingsError(f"{where}: a text of at most {longest} characters, in quotes")
    return {language: value[language].strip() for language in LANGUAGES}
